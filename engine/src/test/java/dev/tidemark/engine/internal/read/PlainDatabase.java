package dev.tidemark.engine.internal.read;

import dev.tidemark.engine.internal.sql.Values;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** A plain SQLite file with the settings of the engine's writer, for tests that need only the reading side. */
public final class PlainDatabase implements AutoCloseable {
    private final Path file;
    private final Connection writer;

    private PlainDatabase(Path file, Connection writer) {
        this.file = file;
        this.writer = writer;
    }

    public static PlainDatabase create(Path folder) throws SQLException {
        Path file = folder.resolve("plain.db");
        PlainDatabase database = new PlainDatabase(file, connect(file));
        database.run("CREATE TABLE tm_replica(no INTEGER PRIMARY KEY, id INTEGER NOT NULL UNIQUE,"
                + " head INTEGER NOT NULL DEFAULT 0, name TEXT NOT NULL DEFAULT '')");
        database.run("INSERT INTO tm_replica(id, head) VALUES (7, 0), (8, 0)");
        return database;
    }

    public static Connection connect(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.OFF);
        config.setBusyTimeout(10_000);
        config.enforceForeignKeys(true);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source.getConnection();
    }

    public Path file() {
        return file;
    }

    public Connection writer() {
        return writer;
    }

    public ReadPool pool(int readers) {
        return new ReadPool(file, readers, Duration.ofSeconds(5));
    }

    public synchronized void run(String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = writer.prepareStatement(sql)) {
            for (int index = 0; index < parameters.length; index++) {
                Values.bind(statement, index + 1, parameters[index]);
            }
            statement.execute();
        }
    }

    /** One transaction that takes the next sequence number of replica 7. */
    public synchronized void commit(String... statements) throws SQLException {
        try (Statement statement = writer.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            for (String sql : statements) {
                statement.execute(sql);
            }
            statement.execute("UPDATE tm_replica SET head = head + 1 WHERE id = 7");
            statement.execute("COMMIT");
        }
    }

    @Override
    public void close() throws SQLException {
        writer.close();
    }
}
