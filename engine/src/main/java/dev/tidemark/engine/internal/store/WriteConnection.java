package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.internal.sql.SqliteUrl;
import dev.tidemark.engine.internal.sql.Statements;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** A connection that writes, one transaction at a time. Not thread-safe. */
final class WriteConnection implements AutoCloseable {
    private final Connection connection;
    private final Statements statements;

    private WriteConnection(Connection connection) {
        this.connection = connection;
        this.statements = new Statements(connection);
    }

    /**
     * Opens a connection for the application's transactions. It enforces foreign keys, and REPLACE fires delete
     * triggers.
     */
    static WriteConnection forApplication(Path file, Duration busyTimeout) throws SQLException {
        return open(file, busyTimeout, "PRAGMA foreign_keys = ON", "PRAGMA recursive_triggers = ON");
    }

    /**
     * Opens a connection for merges, migrations and maintenance, which enforces neither foreign keys nor CHECK
     * constraints.
     */
    static WriteConnection forEngine(Path file, Duration busyTimeout) throws SQLException {
        return open(
                file,
                busyTimeout,
                "PRAGMA foreign_keys = OFF",
                "PRAGMA ignore_check_constraints = ON",
                // 8,000 KiB. A batch exceeds SQLite's default cache of 2 MB, and would spill its pages to the WAL
                // repeatedly.
                "PRAGMA cache_size = -8000");
    }

    private static WriteConnection open(Path file, Duration busyTimeout, String... pragmas) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(Math.toIntExact(busyTimeout.toMillis()));
        // Otherwise the driver queries the last row id after every INSERT.
        config.setGetGeneratedKeys(false);
        Connection connection = config.createConnection(SqliteUrl.of(file));
        try (Statement statement = connection.createStatement()) {
            enableIncrementalVacuum(statement);
            useWal(statement, System.nanoTime() + busyTimeout.toNanos());
            // With NORMAL, SQLite leaves the sync of a commit to GroupCommit, but syncs in the order that a checkpoint
            // needs.
            statement.execute("PRAGMA synchronous = NORMAL");
            // WalCheckpointer runs the checkpoints. This limit, in pages, is for computers on which its thread cannot
            // keep up.
            statement.execute("PRAGMA wal_autocheckpoint = 16000");
            statement.execute("PRAGMA temp_store = MEMORY");
            // Overwrites deleted content with zeros, so that the file has no bytes of a text that was deleted.
            statement.execute("PRAGMA secure_delete = ON");
            for (String pragma : pragmas) {
                statement.execute(pragma);
            }
            return new WriteConnection(connection);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Enables incremental vacuum in a new file. A file with content stays as it is. */
    private static void enableIncrementalVacuum(Statement statement) throws SQLException {
        try (ResultSet pages = statement.executeQuery("PRAGMA page_count")) {
            if (pages.getLong(1) > 0) {
                return;
            }
        }
        statement.execute("PRAGMA auto_vacuum = INCREMENTAL");
    }

    /** Switches to WAL mode. Retries, because SQLite does not wait while another connection switches a new file. */
    private static void useWal(Statement statement, long deadline) throws SQLException {
        while (true) {
            try {
                statement.execute("PRAGMA journal_mode = WAL");
                return;
            } catch (SQLiteException e) {
                if (e.getResultCode() != SQLiteErrorCode.SQLITE_BUSY || System.nanoTime() > deadline) {
                    throw e;
                }
                LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
            }
        }
    }

    Connection connection() {
        return connection;
    }

    Statements statements() {
        return statements;
    }

    void begin() throws SQLException {
        statements.update("BEGIN IMMEDIATE");
    }

    void commit() throws SQLException {
        statements.update("COMMIT");
    }

    /** Rolls back, unless SQLite has already rolled back the transaction. */
    void rollback() throws SQLException {
        if (isInTransaction()) {
            statements.update("ROLLBACK");
        }
    }

    /** Returns whether a transaction is open. SQLite ends a transaction by itself after some errors. */
    boolean isInTransaction() throws SQLException {
        return statements.isInTransaction();
    }

    /** Returns a number that changes when another connection commits. */
    long dataVersion() throws SQLException {
        return statements.number("PRAGMA data_version");
    }

    @Override
    public void close() throws SQLException {
        statements.close();
        connection.close();
    }
}
