package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.changelog.Maintenance;
import dev.tidemark.engine.sync.SyncEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Three devices that acknowledge changes, with a clock that the test advances. */
abstract class TombstoneCollectionFixture {
    @TempDir
    Path folder;

    long now = 1_800_000_000_000L;
    final InstantSource clock = () -> Instant.ofEpochMilli(now++);
    Replicas replicas;
    SqliteDatabase a;
    SqliteDatabase b;
    SqliteDatabase c;
    final UUID id = Replicas.id();

    @BeforeEach
    void open() {
        replicas = new Replicas(folder, Replicas.TASKS);
        a = replicas.open("a", Replicas.TASKS, clock);
        b = replicas.open("b", Replicas.TASKS, clock);
        c = replicas.open("c", Replicas.TASKS, clock);
        Replicas.run(a, "INSERT INTO note VALUES (?, 'first')", id);
        Replicas.run(b, "INSERT INTO note VALUES (?, 'of b')", Replicas.id());
        Replicas.run(c, "INSERT INTO note VALUES (?, 'of c')", Replicas.id());
        syncAll();
    }

    @AfterEach
    void close() {
        replicas.close();
    }

    void sync(SqliteDatabase one, SqliteDatabase other) {
        SyncEngine.sync(one.changelog(), other.changelog());
    }

    void syncAll() {
        for (int round = 0; round < 2; round++) {
            sync(a, b);
            sync(b, c);
            sync(a, c);
        }
    }

    /** Within two days, all replicas acknowledge what they have applied, and read the acknowledgements of the others. */
    void acknowledgeAll() {
        syncAll();
        aDayPasses();
        syncAll();
        aDayPasses();
        syncAll();
        syncAll();
    }

    void acknowledge(SqliteDatabase one, SqliteDatabase other) {
        for (int day = 0; day < 2; day++) {
            sync(one, other);
            aDayPasses();
        }
        sync(one, other);
        sync(one, other);
    }

    void aDayPasses() {
        now += Acknowledgements.EDIT_FORM_LIFETIME.toMillis();
    }

    static Maintenance.Report tidy(SqliteDatabase database) {
        return database.maintenance().run(Duration.ofMinutes(1), () -> false);
    }

    /** Whether anything is known of the row. A database that is left alone for a moment forgets it by itself. */
    boolean isTracked(SqliteDatabase database) {
        return StateDump.of(database).contains(id.toString());
    }

    static long count(SqliteDatabase database, String table) {
        return java.util.Objects.requireNonNull(database.query(
                statements -> statements.<Long>first("SELECT count(*) FROM " + table, row -> row.getLong(1))));
    }
}
