package dev.tidemark.engine.internal.subscribe;

import dev.tidemark.engine.Query;
import dev.tidemark.engine.internal.read.PlainDatabase;
import dev.tidemark.engine.internal.read.ReadPool;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A hub over a plain database of items. The test writes to the database and notifies the hub. */
abstract class HubFixture {
    record Item(long id, String title, long n) {}

    static final Query<Item> ITEMS =
            Query.of("SELECT id, title, n FROM item ORDER BY n, id").as(Item.class);

    @TempDir
    Path folder;

    final ExecutorService executor = Executors.newSingleThreadExecutor();
    PlainDatabase database;
    ReadPool pool;
    SubscriptionHub hub;

    @BeforeEach
    final void open() throws SQLException {
        database = PlainDatabase.create(folder);
        database.run("CREATE TABLE item(id INTEGER PRIMARY KEY, title TEXT, n INTEGER)");
        database.run("CREATE TABLE other(x)");
        pool = database.pool(4);
        hub = new SubscriptionHub(pool);
    }

    @AfterEach
    final void close() throws SQLException {
        hub.close();
        executor.shutdownNow();
        pool.close();
        database.close();
    }

    final <T> Recorder<T> subscribe(Query<T> query) {
        return subscribe(query, executor);
    }

    final <T> Recorder<T> subscribe(Query<T> query, Executor where) {
        Recorder<T> recorder = new Recorder<>();
        hub.subscribe(query, where, recorder::result, recorder::error);
        return recorder;
    }

    /** Commits the statements, and tells the hub that they changed the table. */
    final void commit(String table, String... statements) {
        try {
            database.commit(statements);
        } catch (SQLException exception) {
            throw new AssertionError(exception);
        }
        hub.committed(Set.of(table));
    }
}
