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

    /** For applications' transactions: foreign keys are checked, replaced rows fire delete triggers. */
    static WriteConnection forApplication(Path file, Duration busyTimeout) throws SQLException {
        return open(file, busyTimeout, "PRAGMA foreign_keys = ON", "PRAGMA recursive_triggers = ON");
    }

    /** For merges, migrations and upkeep: whatever the cell state says can be shown, in any order. */
    static WriteConnection forEngine(Path file, Duration busyTimeout) throws SQLException {
        return open(
                file,
                busyTimeout,
                "PRAGMA foreign_keys = OFF",
                "PRAGMA ignore_check_constraints = ON",
                // KiB. In SQLite's own 2 MB a batch does not fit: its pages would go to the log more than once.
                "PRAGMA cache_size = -8000");
    }

    private static WriteConnection open(Path file, Duration busyTimeout, String... pragmas) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(Math.toIntExact(busyTimeout.toMillis()));
        // Else the driver prepares and runs a SELECT of the last row id after every single INSERT.
        config.setGetGeneratedKeys(false);
        Connection connection = config.createConnection(SqliteUrl.of(file));
        try (Statement statement = connection.createStatement()) {
            enableIncrementalVacuum(statement);
            useWal(statement, System.nanoTime() + busyTimeout.toNanos());
            // NORMAL never syncs at a commit, which GroupCommit does, but keeps the order that a checkpoint needs.
            statement.execute("PRAGMA synchronous = NORMAL");
            // Checkpoints does them; this is for a machine so busy that it does not get to it.
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

    /** Has a new file take notes by which free pages can be given back later; one with anything in it stays as it is. */
    private static void enableIncrementalVacuum(Statement statement) throws SQLException {
        try (ResultSet pages = statement.executeQuery("PRAGMA page_count")) {
            if (pages.getLong(1) > 0) {
                return;
            }
        }
        statement.execute("PRAGMA auto_vacuum = INCREMENTAL");
    }

    /** SQLite does not wait by itself while another connection changes the journal mode of a new file. */
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

    /** Rolls back; a transaction that SQLite has rolled back by itself already is fine. */
    void rollback() throws SQLException {
        if (isInTransaction()) {
            statements.update("ROLLBACK");
        }
    }

    /** Whether a transaction is open: SQLite ends it by itself after some errors. */
    boolean isInTransaction() throws SQLException {
        return statements.isInTransaction();
    }

    /** Changes when another connection has committed. */
    long dataVersion() throws SQLException {
        return statements.number("PRAGMA data_version");
    }

    @Override
    public void close() throws SQLException {
        statements.close();
        connection.close();
    }
}
