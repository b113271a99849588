package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.engine.Durability;
import dev.tidemark.engine.Schema;
import dev.tidemark.engine.storage.MemoryStorage;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Devices with a common storage, and a clock that the test advances by days. */
abstract class DevicesOverDays {
    static final Schema SCHEMA = Schema.builder()
            .migration("create", "CREATE TABLE todo(id BLOB PRIMARY KEY NOT NULL, title TEXT NOT NULL, note TEXT)")
            .synced("todo")
            .build();
    static final UUID ROW = new UUID(7, 7);

    @TempDir
    Path folder;

    final MemoryStorage storage = new MemoryStorage();
    final Map<String, Database> open = new HashMap<>();
    final SetClock clock = new SetClock("2026-01-01T00:00:00Z");

    @AfterEach
    void closeAll() {
        open.values().forEach(Database::close);
    }

    Database device(String name) {
        return open.computeIfAbsent(
                name,
                each -> Database.open(
                        folder.resolve(each + ".db"),
                        SCHEMA,
                        DatabaseOptions.DEFAULT
                                .with(Durability.NONE)
                                .with(clock)
                                .named(each)));
    }
}
