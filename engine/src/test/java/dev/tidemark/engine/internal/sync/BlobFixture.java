package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.engine.Durability;
import dev.tidemark.engine.Ids;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.Schema;
import dev.tidemark.engine.blob.BlobId;
import dev.tidemark.engine.internal.encryption.ScryptCost;
import dev.tidemark.engine.internal.store.SqliteDatabase;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.sync.SyncOptions;
import dev.tidemark.engine.sync.SyncReport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;

/** Devices whose rows refer to blobs. */
abstract class BlobFixture extends EncryptedRemoteFixture {
    static final Schema SCHEMA = Schema.builder()
            .migration("create", """
                CREATE TABLE todo(id BLOB PRIMARY KEY NOT NULL, title TEXT, note TEXT);
                CREATE TABLE picture(id BLOB PRIMARY KEY NOT NULL, name TEXT, content BLOB, trashed INTEGER)\
                """)
            .synced("todo", "picture")
            .blobs("picture", "content")
            .build();

    private final List<Database> opened = new java.util.ArrayList<>();
    Instant now = Instant.parse("2026-11-21T08:00:00Z");

    @Override
    Database device(String name) {
        return device(name, SCHEMA);
    }

    Database device(String name, Schema schema) {
        Database database = Database.open(
                folder.resolve(name + ".db"),
                schema,
                DatabaseOptions.DEFAULT.with(Durability.NONE).with(() -> now).named(name));
        opened.add(database);
        return database;
    }

    @AfterEach
    void closeOpened() {
        opened.forEach(Database::close);
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    static byte[] bytes(int size, int seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    static BlobId attach(Database database, byte[] content) {
        BlobId id = database.blobs().add(new ByteArrayInputStream(content));
        refer(database, id);
        return id;
    }

    static UUID refer(Database database, BlobId content) {
        UUID row = Ids.next();
        database.write(tx -> tx.execute(
                "INSERT INTO picture(id, name, content, trashed) VALUES (?, 'p.png', ?, 0)", row, content.bytes()));
        return row;
    }

    static void remove(Database database, BlobId content) {
        for (UUID row : database.list(Query.of("SELECT id FROM picture WHERE content = ?", content.bytes())
                .map(found -> found.uuid("id")))) {
            database.write(tx -> {
                tx.delete("picture", row);
                return null;
            });
        }
    }

    /** A session of a program that was just started. */
    RemoteSession session(Database database, RemoteStorage through) {
        return new RemoteSession(
                database, through, "", () -> now, dev.tidemark.engine.encryption.Encryption.NONE, ScryptCost.MIN);
    }

    SyncReport syncNow(Database database) {
        return syncThrough(database, storage);
    }

    SyncReport syncThrough(Database database, RemoteStorage through) {
        SyncReport report = session(database, through).sync(SyncOptions.DEFAULT);
        assertThat(report.isComplete()).isTrue();
        return report;
    }

    void fetch(Database database, BlobId id) {
        session(database, storage).downloadBlob(id, bytes -> {});
    }

    static byte[] read(Database database, BlobId id) {
        try (InputStream content = database.blobs().open(id)) {
            return content.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> blobs() {
        return names("v1/blobs/");
    }

    /** These devices sync, forget and acknowledge in the first five days and in the last five. */
    void daysPass(int days, Database... devices) {
        for (int day = 0; day < days; day++) {
            pass(Duration.ofDays(1).plusMinutes(5));
            if (day < 5 || day >= days - 5) {
                for (Database device : devices) {
                    syncNow(device);
                    device.maintenance().run(Duration.ofSeconds(10), () -> false);
                }
            }
        }
    }

    static SqliteDatabase inside(Database database) {
        return (SqliteDatabase) database;
    }
}
