package dev.tidemark.engine.internal.read;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.Reader;
import dev.tidemark.engine.internal.problem.ErrorText;
import dev.tidemark.engine.internal.sql.SqlErrors;
import dev.tidemark.engine.internal.sql.SqlFunction;
import dev.tidemark.engine.internal.sql.SqliteUrl;
import dev.tidemark.engine.internal.sql.Statements;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.QueryException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;

/**
 * A pool of read-only connections to a database in WAL mode, which the pool's creator keeps open for writing. A reader
 * waits for a free connection, but never for a writer. Thread-safe.
 */
public final class ReadPool implements AutoCloseable {
    private static final Duration MAX_WAIT = Duration.ofSeconds(30);

    private final HikariDataSource connections;

    /**
     * The prepared statements of each physical connection. They are not prepared through the pool's wrapper of a
     * connection, because the wrapper would close them.
     */
    private final Map<SQLiteConnection, ReadConnection> readConnections = new HashMap<>();

    private final int readers;
    private final boolean textIds;

    /** Opens a pool that binds ids as 16 bytes; see {@link #ReadPool(Path, int, Duration, boolean)}. */
    public ReadPool(Path file, int readers, Duration busyTimeout) {
        this(file, readers, busyTimeout, false);
    }

    /**
     * Opens the first connection. The pool opens further connections when they are needed.
     *
     * @param readers the maximal number of connections
     * @param busyTimeout how long a read waits in the rare moments when SQLite itself locks readers out, such as the
     *     recovery of a WAL
     * @param textIds whether ids in parameters are bound as text
     * @throws Database.OpenException if the file cannot be read
     */
    public ReadPool(Path file, int readers, Duration busyTimeout, boolean textIds) {
        this.readers = readers;
        this.textIds = textIds;
        try {
            connections = new HikariDataSource(settings(file, readers, busyTimeout));
        } catch (PoolInitializationException exception) {
            throw new Database.OpenException(exception, Problem.DATABASE_NOT_OPENED, file, ErrorText.of(exception));
        }
    }

    private static HikariConfig settings(Path file, int readers, Duration busyTimeout) {
        SQLiteConfig sqlite = new SQLiteConfig();
        sqlite.setReadOnly(true);
        sqlite.setBusyTimeout(Math.toIntExact(busyTimeout.toMillis()));
        // EXPLAIN lists the tables that a delete cascades to only if foreign keys are on.
        sqlite.enforceForeignKeys(true);
        SQLiteDataSource source = new SQLiteDataSource(sqlite);
        source.setUrl(SqliteUrl.of(file));
        HikariConfig pool = new HikariConfig();
        pool.setDataSource(source);
        pool.setPoolName("tidemark-readers");
        pool.setReadOnly(true);
        pool.setConnectionInitSql("PRAGMA query_only = 1");
        pool.setMaximumPoolSize(readers);
        pool.setMinimumIdle(1);
        pool.setConnectionTimeout(MAX_WAIT.toMillis());
        pool.setInitializationFailTimeout(1);
        // Connections to a file do not expire.
        pool.setMaxLifetime(0);
        pool.setKeepaliveTime(0);
        pool.setRegisterMbeans(false);
        return pool;
    }

    /**
     * Runs the work in one read transaction: all its queries see one state of the database.
     *
     * @throws QueryException if no connection becomes free within 30 seconds, or if the work throws it
     */
    public <T extends @Nullable Object> T read(Function<Reader, T> work) {
        return inTransaction(reader -> work.apply(reader));
    }

    /** Like {@link #read}, with the engine's own reader. */
    public <T extends @Nullable Object> T inTransaction(SqlFunction<SqlReader, T> work) {
        try (Connection borrowed = borrow()) {
            return readConnection(borrowed.unwrap(SQLiteConnection.class)).read(work);
        } catch (SQLException exception) {
            throw new QueryException(exception, Problem.DATABASE_NOT_READ, SqlErrors.reason(exception));
        }
    }

    /** Like {@link #read}, for the engine's own statements. */
    public <T extends @Nullable Object> T query(SqlFunction<Statements, T> work) {
        return inTransaction(reader -> {
            try (Statements statements = new Statements(reader.connection())) {
                return work.apply(statements);
            }
        });
    }

    private Connection borrow() {
        try {
            return connections.getConnection();
        } catch (SQLException exception) {
            throw connections.isClosed()
                    ? new QueryException(exception, Problem.DATABASE_CLOSED)
                    : new QueryException(exception, Problem.QUERY_NO_CONNECTION, readers);
        }
    }

    private synchronized ReadConnection readConnection(SQLiteConnection connection) throws SQLException {
        ReadConnection known = readConnections.get(connection);
        if (known == null) {
            for (SQLiteConnection other : java.util.List.copyOf(readConnections.keySet())) {
                if (other.isClosed()) {
                    readConnections.remove(other);
                }
            }
            known = new ReadConnection(connection, textIds);
            readConnections.put(connection, known);
        }
        return known;
    }

    /** Closes all connections. Reads that are running fail. */
    @Override
    public void close() {
        connections.close();
    }

    /** One connection of the pool with its prepared statements. Used by one thread at a time. */
    private static final class ReadConnection {
        private final StatementCache statements;
        private final SqlReader reader;
        private int schemaVersion = -1;

        ReadConnection(Connection connection, boolean textIds) {
            statements = new StatementCache(connection);
            reader = new SqlReader(connection, statements, () -> textIds);
        }

        <T extends @Nullable Object> T read(SqlFunction<SqlReader, T> work) throws SQLException {
            execute("BEGIN");
            T result;
            try {
                refreshIfSchemaChanged();
                result = work.apply(reader);
            } catch (Throwable failure) {
                rollBackAfter(failure);
                throw failure;
            }
            execute("ROLLBACK");
            return result;
        }

        /**
         * Rolls back after a failure. The rollback may fail, too, because SQLite ends a transaction after some errors.
         */
        private void rollBackAfter(Throwable failure) {
            try {
                execute("ROLLBACK");
            } catch (SQLException exception) {
                failure.addSuppressed(exception);
            }
        }

        private void execute(String sql) throws SQLException {
            try {
                statements.prepared(sql).execute();
            } catch (SQLException exception) {
                statements.discard(sql, exception);
                throw exception;
            }
        }

        /**
         * Reads the schema version, which also fixes the state that the transaction sees. After a schema change, closes
         * the cached statements, because JDBC keeps the old columns of {@code SELECT *}.
         */
        private void refreshIfSchemaChanged() throws SQLException {
            int current = reader.schemaVersion();
            if (current != schemaVersion) {
                statements.clear();
                // Unlike EXPLAIN, running a query makes SQLite check whether the connection's cached schema is current.
                reader.rows("SELECT 1 FROM sqlite_schema LIMIT 1", List.of());
                schemaVersion = current;
            }
        }
    }
}
