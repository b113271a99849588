package dev.tidemark.engine.internal.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Prepares and runs the engine's own statements on one connection. Each statement is prepared once and never evicted,
 * so this class is not for the statements of applications. Not thread-safe.
 */
public final class Statements implements AutoCloseable {
    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    public Statements(Connection connection) {
        this.connection = connection;
    }

    public interface RowReader<T extends @Nullable Object> {
        T read(ResultSet row) throws SQLException;
    }

    public Connection connection() {
        return connection;
    }

    /** Returns the texts of all statements prepared so far. */
    public Set<String> texts() {
        return Set.copyOf(prepared.keySet());
    }

    public PreparedStatement bound(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        for (int index = 0; index < values.length; index++) {
            bind(statement, index + 1, values[index]);
        }
        return statement;
    }

    private static void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        if (value instanceof Integer number) {
            statement.setInt(index, number);
        } else {
            Values.bindStored(statement, index, value);
        }
    }

    public int update(String sql, @Nullable Object... values) throws SQLException {
        try {
            return bound(sql, values).executeUpdate();
        } catch (SQLException e) {
            throw discardAfter(sql, e);
        }
    }

    public <T> @Nullable T first(String sql, RowReader<T> reader, @Nullable Object... values) throws SQLException {
        try (ResultSet rows = bound(sql, values).executeQuery()) {
            return rows.next() ? reader.read(rows) : null;
        } catch (SQLException e) {
            throw discardAfter(sql, e);
        }
    }

    public boolean exists(String sql, @Nullable Object... values) throws SQLException {
        try (ResultSet rows = bound(sql, values).executeQuery()) {
            return rows.next();
        } catch (SQLException e) {
            throw discardAfter(sql, e);
        }
    }

    /** Returns the number in the first column of the first row; 0 if there is no row, or it contains NULL. */
    public long number(String sql, @Nullable Object... values) throws SQLException {
        try (ResultSet rows = bound(sql, values).executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0;
        } catch (SQLException e) {
            throw discardAfter(sql, e);
        }
    }

    public <T extends @Nullable Object> List<T> list(String sql, RowReader<T> reader, @Nullable Object... values)
            throws SQLException {
        try (ResultSet rows = bound(sql, values).executeQuery()) {
            List<T> all = new ArrayList<>();
            while (rows.next()) {
                all.add(reader.read(rows));
            }
            return all;
        } catch (SQLException e) {
            throw discardAfter(sql, e);
        }
    }

    /** Returns all rows of a query. The statement is prepared only for this call. */
    public static <T extends @Nullable Object> List<T> rows(
            Connection connection, String sql, RowReader<T> reader, @Nullable Object... values) throws SQLException {
        try (Statements statements = new Statements(connection)) {
            return statements.list(sql, reader, values);
        }
    }

    /**
     * Drops a statement that failed, because JDBC finalizes statements after some errors, and every later use would
     * fail.
     */
    public SQLException discardAfter(String sql, SQLException failure) {
        PreparedStatement failed = prepared.remove(sql);
        if (failed != null) {
            try {
                failed.close();
            } catch (SQLException e) {
                failure.addSuppressed(e);
            }
        }
        return failure;
    }

    /** Returns whether a transaction is open. After some errors, SQLite itself ends the transaction. */
    public boolean isInTransaction() throws SQLException {
        // A BEGIN that fails would make a cached statement unusable: see discardAfter.
        try (Statement probe = connection.createStatement()) {
            probe.executeUpdate("BEGIN");
            probe.executeUpdate("COMMIT");
            return false;
        } catch (SQLiteException e) {
            if (e.getResultCode() == SQLiteErrorCode.SQLITE_ERROR) {
                return true;
            }
            throw e;
        }
    }

    @Override
    public void close() throws SQLException {
        for (PreparedStatement statement : prepared.values()) {
            statement.close();
        }
        prepared.clear();
    }
}
