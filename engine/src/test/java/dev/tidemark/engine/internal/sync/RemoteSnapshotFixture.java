package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.changelog.ChainHash;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.segment.SegmentFixture;
import dev.tidemark.engine.internal.store.SqliteDatabase;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.sync.SyncOptions;
import dev.tidemark.engine.sync.SyncReport;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** Devices, one of which edits enough that a snapshot is written. */
abstract class RemoteSnapshotFixture extends RemoteLibraryFixture {
    final Random random = new Random(24);
    Instant now = Instant.parse("2026-11-21T12:00:00Z");

    SyncReport syncNow(Database database) {
        return syncNow(database, storage, SyncOptions.DEFAULT);
    }

    SyncReport syncNow(Database database, RemoteStorage through, SyncOptions options) {
        return RemoteLibrary.open(database, through, "", () -> now).sync(options);
    }

    /** So much typing into few notes that the log outgrows what it leads to. */
    void typeALot(Database database) {
        List<UUID> notes = List.of(add(database, "one"), add(database, "two"));
        for (int edit = 0; edit < 40; edit++) {
            byte[] noise = new byte[48 << 10];
            random.nextBytes(noise);
            UUID note = notes.get(edit % 2);
            database.write(tx -> tx.execute("UPDATE todo SET note = ? WHERE id = ?", noise, note));
            // A long text that was not published would be emptied by the next version of it.
            database.write(tx -> tx.execute("UPDATE todo SET title = title || '.' WHERE id = ?", note));
        }
    }

    List<String> manifests() {
        return named("v1/snapshots/");
    }

    List<String> parts() {
        return named("v1/base/");
    }

    List<String> named(String folder) {
        return names().stream().filter(name -> name.startsWith(folder)).toList();
    }

    /** As if everybody had acknowledged everything: the log goes, the snapshot stays. */
    void removeLog() {
        segments().forEach(storage::delete);
    }

    /** The chain hashes of what a database holds; of replicas that it does not know, any. */
    static Map<ReplicaId, ChainHash> chains(Database database, VersionVector vector) {
        Map<ReplicaId, ChainHash> chains =
                new HashMap<>(SegmentFixture.chains(vector.heads().keySet()));
        chains.putAll(((SqliteDatabase) database).chains().at(vector));
        return chains;
    }
}
