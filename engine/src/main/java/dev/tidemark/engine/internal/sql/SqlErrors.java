package dev.tidemark.engine.internal.sql;

import dev.tidemark.engine.Problem;
import dev.tidemark.engine.TransactionException;
import dev.tidemark.engine.internal.problem.ErrorText;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Makes problems of what SQLite reports. */
public final class SqlErrors {
    private static final int EXCERPT = 300;

    private SqlErrors() {}

    /** The beginning of a statement on one line, for messages. */
    public static String excerpt(String sql) {
        String line = sql.strip().replaceAll("\\s+", " ");
        return line.length() <= EXCERPT ? line : line.substring(0, EXCERPT) + " …";
    }

    /**
     * For failures that no caller can mend by asking differently: a full disk, a broken file, a lock held too long.
     *
     * @param what has one place, for why
     */
    public static TransactionException unexpected(Problem what, SQLException cause) {
        return new TransactionException(cause, what, reason(cause));
    }

    /** Why: a problem that a person can act on, or what SQLite says in its words. */
    public static Object reason(SQLException cause) {
        if (!(cause instanceof SQLiteException sqlite)) {
            return ErrorText.of(cause);
        }
        SQLiteErrorCode code = sqlite.getResultCode();
        if (code == SQLiteErrorCode.SQLITE_IOERR_SHMSIZE) {
            return Problem.DISK_FULL_SHARED_FILE;
        }
        return switch (SQLiteErrorCode.getErrorCode(code.code & 0xff)) {
            case SQLITE_FULL -> Problem.DISK_FULL;
            case SQLITE_READONLY -> Problem.DISK_READ_ONLY;
            case SQLITE_BUSY, SQLITE_LOCKED -> Problem.FILE_HELD;
            case SQLITE_CORRUPT -> Problem.FILE_CORRUPT;
            case SQLITE_NOTADB -> Problem.FILE_NOT_SQLITE;
            case SQLITE_CANTOPEN -> Problem.FILE_NOT_OPENED;
            case SQLITE_IOERR -> Problem.DISK_ERROR;
            case SQLITE_PERM, SQLITE_AUTH -> Problem.FILE_NOT_ALLOWED;
            default -> ErrorText.of(sqlite);
        };
    }
}
