package dev.tidemark.engine.internal.sql;

import dev.tidemark.engine.internal.problem.ErrorText;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.TransactionException;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Converts SQLite's errors to problems and exceptions. */
public final class SqlErrors {
    private static final int EXCERPT = 300;

    private SqlErrors() {}

    /** Returns the beginning of a statement on one line, for messages. */
    public static String excerpt(String sql) {
        String line = sql.strip().replaceAll("\\s+", " ");
        return line.length() <= EXCERPT ? line : line.substring(0, EXCERPT) + " …";
    }

    /**
     * Returns the exception for a failure that can happen to any statement, such as a full disk or a damaged file.
     *
     * @param problem the problem, whose only argument is the reason
     */
    public static TransactionException unexpected(Problem problem, SQLException cause) {
        return new TransactionException(cause, problem, reason(cause));
    }

    /** Returns the reason of a failure: a problem that a user can act on, or SQLite's own message. */
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
