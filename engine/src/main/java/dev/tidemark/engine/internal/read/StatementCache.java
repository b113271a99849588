package dev.tidemark.engine.internal.read;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Caches prepared statements of one connection by their text, and closes the least recently used when there are too
 * many. A statement stays open at least until {@code capacity} others have been requested. Not thread-safe.
 */
public final class StatementCache implements AutoCloseable {
    /** The default number of cached statements, enough for all that an application runs often. */
    public static final int DEFAULT_CAPACITY = 128;

    private final Connection connection;
    private final int capacity;
    private final LinkedHashMap<String, PreparedStatement> statements = new LinkedHashMap<>(16, 0.75f, true);

    public StatementCache(Connection connection) {
        this(connection, DEFAULT_CAPACITY);
    }

    /** @param capacity the maximal number of cached statements, at least 1 */
    public StatementCache(Connection connection, int capacity) {
        this.connection = connection;
        this.capacity = capacity;
    }

    /**
     * Returns the statement with this text, ready to be bound. Callers must close the result sets, but never the
     * statement.
     *
     * @throws SQLException if SQLite refuses the text
     */
    public PreparedStatement prepared(String sql) throws SQLException {
        PreparedStatement known = statements.get(sql);
        if (known != null) {
            return known;
        }
        PreparedStatement created = connection.prepareStatement(sql);
        statements.put(sql, created);
        if (statements.size() > capacity) {
            Map.Entry<String, PreparedStatement> eldest = statements.firstEntry();
            statements.remove(eldest.getKey());
            eldest.getValue().close();
        }
        return created;
    }

    /**
     * Drops a statement that failed, because JDBC finalizes statements after some errors, and every later use would
     * fail.
     */
    public void discard(String sql, SQLException failure) {
        PreparedStatement failed = statements.remove(sql);
        if (failed != null) {
            try {
                failed.close();
            } catch (SQLException exception) {
                failure.addSuppressed(exception);
            }
        }
    }

    /** Closes all statements, for instance because the schema changed. The cache stays usable. */
    public void clear() throws SQLException {
        for (PreparedStatement statement : statements.values()) {
            statement.close();
        }
        statements.clear();
    }

    int size() {
        return statements.size();
    }

    @Override
    public void close() throws SQLException {
        clear();
    }
}
