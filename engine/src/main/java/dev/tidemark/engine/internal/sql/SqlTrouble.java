package dev.tidemark.engine.internal.sql;

import dev.tidemark.engine.TransactionException;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Makes sentences of what SQLite reports. */
public final class SqlTrouble {
    private SqlTrouble() {}

    /** For failures that no caller can mend by asking differently: a full disk, a broken file, a lock held too long. */
    public static TransactionException unexpected(String what, SQLException cause) {
        return new TransactionException(what + ": " + reason(cause), cause);
    }

    /** Why, in words that a person can act on, where we have such. */
    public static String reason(SQLException cause) {
        if (!(cause instanceof SQLiteException sqlite)) {
            return String.valueOf(cause.getMessage());
        }
        SQLiteErrorCode code = sqlite.getResultCode();
        if (code == SQLiteErrorCode.SQLITE_IOERR_SHMSIZE) {
            return "there is no room on the disk for the file beside the database that its readers share.";
        }
        return switch (SQLiteErrorCode.getErrorCode(code.code & 0xff)) {
            case SQLITE_FULL -> "the disk is full.";
            case SQLITE_READONLY -> "the file or its folder is read-only.";
            case SQLITE_BUSY, SQLITE_LOCKED -> "another program holds the file for too long.";
            case SQLITE_CORRUPT -> "the file is damaged.";
            case SQLITE_NOTADB -> "the file is not a SQLite database.";
            case SQLITE_CANTOPEN -> "the file cannot be opened.";
            case SQLITE_IOERR -> "the disk reported an error (" + code.name() + ").";
            case SQLITE_PERM, SQLITE_AUTH -> "access to the file is not allowed.";
            default -> String.valueOf(sqlite.getMessage());
        };
    }
}
