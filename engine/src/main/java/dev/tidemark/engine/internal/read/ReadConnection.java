package dev.tidemark.engine.internal.read;

import dev.tidemark.engine.internal.sql.SqlFunction;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One connection of the pool with its prepared statements. Used by one thread at a time. */
final class ReadConnection {
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

    /** SQLite ends a transaction by itself after some errors; that it cannot be ended once more must not hide them. */
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
     * The first read of a transaction, which fixes the state that it sees. SQLite prepares statements anew when the
     * schema has changed, but JDBC's would keep the columns that {@code SELECT *} had before.
     */
    private void refreshIfSchemaChanged() throws SQLException {
        int current = reader.schemaVersion();
        if (current != schemaVersion) {
            statements.clear();
            // EXPLAIN does not look whether the connection's idea of the schema still holds; running a query does.
            reader.rows("SELECT 1 FROM sqlite_schema LIMIT 1", List.of());
            schemaVersion = current;
        }
    }
}
