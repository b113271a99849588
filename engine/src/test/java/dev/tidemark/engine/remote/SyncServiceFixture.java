package dev.tidemark.engine.remote;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.engine.Durability;
import dev.tidemark.engine.Ids;
import dev.tidemark.engine.Schema;
import dev.tidemark.engine.storage.MemoryStorage;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.sync.SyncStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Two devices. The first has a background sync with a manual timer. */
abstract class SyncServiceFixture {
    private static final Schema SCHEMA = Schema.builder()
            .migration("create", "CREATE TABLE todo(id BLOB PRIMARY KEY NOT NULL, title TEXT)")
            .synced("todo")
            .build();
    static final Duration INTERVAL = Duration.ofMinutes(5);

    @TempDir
    Path folder;

    final MemoryStorage storage = new MemoryStorage();
    final ManualTimer timer = new ManualTimer();
    final List<SyncStatus> seen = new ArrayList<>();
    Database ann;
    Database bob;
    SyncService service;

    @BeforeEach
    void open() {
        ann = device("ann");
        bob = device("bob");
        service = SyncService.start(ann, "test", timer, new Random(1));
        service.listen(seen::add);
    }

    @AfterEach
    void close() {
        service.close();
        ann.close();
        bob.close();
    }

    private Database device(String name) {
        return Database.open(
                folder.resolve(name + ".db"),
                SCHEMA,
                DatabaseOptions.DEFAULT.with(Durability.NONE).named(name));
    }

    static void add(Database database, String title) {
        database.write(tx -> tx.execute("INSERT INTO todo(id, title) VALUES (?, ?)", Ids.next(), title));
    }

    SyncService.Target target(Supplier<RemoteStorage> supplier) {
        return new SyncService.Target("memory", supplier, INTERVAL);
    }

    /** As far as an edit needs to be counted, published, and looked at once more. */
    void settle() {
        timer.pass(Duration.ofSeconds(3));
    }

    /** Does not say at no cost what has changed. */
    static class CountingCalls implements RemoteStorage {
        private final RemoteStorage storage;
        int lists;

        CountingCalls(RemoteStorage storage) {
            this.storage = storage;
        }

        @Override
        public List<StoredObject> list(String prefix, String after) {
            lists++;
            return storage.list(prefix, after);
        }

        @Override
        public byte[] get(String name) {
            return storage.get(name);
        }

        @Override
        public void put(String name, byte[] content) {
            storage.put(name, content);
        }

        @Override
        public void delete(String name) {
            storage.delete(name);
        }

        @Override
        public String description() {
            return storage.description();
        }

        @Override
        public void close() {}
    }
}
