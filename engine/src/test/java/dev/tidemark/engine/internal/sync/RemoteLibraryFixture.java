package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.engine.Durability;
import dev.tidemark.engine.Ids;
import dev.tidemark.engine.Schema;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.storage.MemoryStorage;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.storage.RemoteStorage.StoredObject;
import dev.tidemark.engine.sync.SyncReport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Real databases, a common storage, and the steps that tests share. */
abstract class RemoteLibraryFixture {
    private static final Schema SCHEMA = Schema.builder()
            .migration("create", "CREATE TABLE todo(id BLOB PRIMARY KEY NOT NULL, title TEXT, note TEXT)")
            .synced("todo")
            .build();

    @TempDir
    Path folder;

    private final List<Database> open = new ArrayList<>();
    final RemoteStorage storage = new MemoryStorage();

    Database device(String name) {
        return device(name, InstantSource.system());
    }

    Database device(String name, InstantSource clock) {
        return device(name, SCHEMA, clock);
    }

    Database device(String name, Schema schema, InstantSource clock) {
        Database database = Database.open(
                folder.resolve(name + ".db"),
                schema,
                DatabaseOptions.DEFAULT.with(Durability.NONE).with(clock).named(name));
        open.add(database);
        return database;
    }

    @AfterEach
    void closeAll() {
        open.forEach(Database::close);
    }

    static UUID add(Database database, String title) {
        UUID id = Ids.next();
        database.write(tx -> tx.execute("INSERT INTO todo(id, title) VALUES (?, ?)", id, title));
        return id;
    }

    SyncReport sync(Database database) {
        return RemoteLibrary.open(database, storage).sync();
    }

    static void assertEqual(Database... devices) {
        for (Database device : devices) {
            assertThat(device.dump()).isEqualTo(devices[0].dump());
            assertThat(device.library()).isEqualTo(devices[0].library());
        }
    }

    List<String> names() {
        return storage.list("", null).stream().map(StoredObject::name).toList();
    }

    static void carry(RemoteStorage one, RemoteStorage other) {
        for (StoredObject object : one.list("", null)) {
            other.put(object.name(), one.get(object.name()));
        }
        for (StoredObject object : other.list("", null)) {
            one.put(object.name(), other.get(object.name()));
        }
    }

    /** A library file that says something else, and is whole. */
    static byte[] saying(byte[] libraryFile, UnaryOperator<String> edit) {
        String text = new String(libraryFile, StandardCharsets.UTF_8);
        return LibraryFile.withChecksum(edit.apply(text.substring(0, text.indexOf(",\"checksum\"")) + "}"));
    }

    List<String> segments() {
        return names().stream().filter(name -> name.startsWith("v1/log/")).toList();
    }
}
