package dev.tidemark.engine.bench;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.sqlite.SQLiteConfig;

/** The baseline: the same table through the same driver without the engine. */
final class PlainTodos implements AutoCloseable {
    /** How the driver is set up. */
    enum Driver {
        /** As it comes, and as a program has it that asks {@code DriverManager} for a connection. */
        AS_IT_COMES(true),
        /** Spared the {@code SELECT} by which it looks up the generated key after each insert. */
        LEAN(false);

        private final boolean generatedKeys;

        Driver(boolean generatedKeys) {
            this.generatedKeys = generatedKeys;
        }
    }

    private final Connection connection;
    private final PreparedStatement insert;
    private final PreparedStatement update;

    PlainTodos(Path file, String synchronous, Driver driver) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setGetGeneratedKeys(driver.generatedKeys);
        connection = config.createConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = " + synchronous);
            statement.execute("PRAGMA temp_store = MEMORY");
            statement.execute(TodoTable.CREATE);
        }
        insert = connection.prepareStatement(TodoTable.INSERT);
        update = connection.prepareStatement(TodoTable.UPDATE);
    }

    Connection connection() {
        return connection;
    }

    /** Inserts the rows, so many a transaction. */
    void insert(List<Todo> rows, int each) throws SQLException {
        connection.setAutoCommit(false);
        for (int from = 0; from < rows.size(); from += each) {
            for (Todo row : rows.subList(from, Math.min(rows.size(), from + each))) {
                insert(row);
            }
            connection.commit();
        }
        connection.setAutoCommit(true);
    }

    /** Inserts one row; outside of {@link #insert(List, int)} that is a transaction of its own. */
    void insert(Todo row) throws SQLException {
        insert.setBytes(1, bytes(row.id()));
        insert.setString(2, row.title());
        insert.setString(3, row.note());
        insert.setInt(4, row.done());
        insert.setInt(5, row.priority());
        insert.setString(6, row.due());
        insert.setLong(7, row.created());
        insert.executeUpdate();
    }

    /** Sets the title of one row in a transaction of its own. */
    void update(UUID id, String title) throws SQLException {
        update.setString(1, title);
        update.setBytes(2, bytes(id));
        update.executeUpdate();
    }

    static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    @Override
    public void close() throws SQLException {
        insert.close();
        update.close();
        connection.close();
    }
}
