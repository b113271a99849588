package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Ids;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.internal.segment.SegmentName;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.storage.FolderStorage;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.sync.SyncReport;
import dev.tidemark.proof.Proof;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Devices killed at random times lose nothing that they acknowledged. */
class KilledSyncIT {
    @TempDir
    Path folder;

    @Test
    void killedOnce() throws Exception {
        // This seed lets it work for 485 ms.
        survive(1, KilledDevice.Work.SAVE, new Random(1));
    }

    @Proof
    @Test
    void killedWhileSaving() throws Exception {
        survive(8, KilledDevice.Work.SAVE, new Random(1));
    }

    @Proof
    @Test
    void killedWhilePublishing() throws Exception {
        survive(8, KilledDevice.Work.PUSH, new Random(2));
    }

    @Proof
    @Test
    void killedWhileMerging() throws Exception {
        survive(8, KilledDevice.Work.PULL, new Random(3));
    }

    @Proof
    @Test
    void killedWhileMergingAndRemovingSegments() throws Exception {
        survive(8, KilledDevice.Work.KEEP_HOUSE, new Random(4));
        try (Stream<Path> files = Files.walk(folder.resolve("shared"))) {
            long segments =
                    files.filter(file -> file.toString().endsWith(".seg")).count();
            System.out.println("Segments in the end: " + segments);
            // Those of the last merge may be there still, and what was put since.
            assertThat(segments).isLessThanOrEqualTo(3L * SegmentTiers.MAX_FILES);
        }
    }

    private void survive(int kills, KilledDevice.Work work, Random random) throws Exception {
        Path file = folder.resolve("killed.db");
        Path shared = Files.createDirectory(folder.resolve("shared"));
        int busy = 0;
        Set<UUID> acknowledged = new HashSet<>();
        try (Database other = Database.open(folder.resolve("other.db"), KilledDevice.SCHEMA);
                RemoteStorage storage = FolderStorage.open(shared)) {
            RemoteLibrary others = RemoteLibrary.open(other, storage);
            for (int kill = 1; kill <= kills; kill++) {
                if (work == KilledDevice.Work.PULL) {
                    addMany(other, acknowledged);
                    others.sync();
                }
                KilledDevice.LastWords words = KilledDevice.killDuring(work, file, shared, random);
                busy += words.wasBusy() ? 1 : 0;
                acknowledged.addAll(words.acknowledged());
                if (Files.exists(file)) {
                    reopen(file, storage, others, other, acknowledged);
                    if (work == KilledDevice.Work.KEEP_HOUSE) {
                        fillUp(file, storage);
                    }
                }
            }
        }
        System.out.printf(
                "%s: %d of %d kills hit an open transaction or a running sync; %d rows acknowledged%n",
                work, busy, kills, acknowledged.size());
        assertThat(busy).isGreaterThanOrEqualTo(kills / 2);
        assertThat(acknowledged).isNotEmpty();
    }

    /** So many segments that the next few syncs merge, and an hour later remove. */
    private static void fillUp(Path file, RemoteStorage storage) {
        try (Database database = Database.open(file, KilledDevice.SCHEMA)) {
            RemoteLibrary library = RemoteLibrary.open(
                    database, storage, "", () -> KilledDevice.now(database, KilledDevice.Work.KEEP_HOUSE));
            while (live(storage) < SegmentTiers.MAX_FILES - 1) {
                database.write(tx -> tx.execute("INSERT INTO todo(id, title) VALUES (?, 'filling')", Ids.next()));
                library.sync();
            }
        }
    }

    private static int live(RemoteStorage storage) {
        return SegmentCompaction.live(storage.list(SegmentName.FOLDER, null).stream()
                        .map(object -> new SegmentIndex.Entry(
                                SegmentName.parse(object.name()).orElseThrow(), object.size()))
                        .sorted(SegmentIndex.BY_RANGE)
                        .toList())
                .size();
    }

    private static void addMany(Database database, Set<UUID> acknowledged) {
        for (int part = 0; part < 20; part++) {
            Set<UUID> ids = new HashSet<>();
            database.write(tx -> {
                for (int number = 0; number < 200; number++) {
                    UUID id = Ids.next();
                    ids.add(id);
                    tx.execute("INSERT INTO todo(id, title) VALUES (?, ?)", id, "x");
                }
                return null;
            });
            acknowledged.addAll(ids);
        }
    }

    private static void reopen(
            Path file, RemoteStorage storage, RemoteLibrary others, Database other, Set<UUID> acknowledged) {
        try (Database database = Database.open(file, KilledDevice.SCHEMA)) {
            SyncReport report = RemoteLibrary.open(database, storage).sync();
            assertThat(report.isComplete()).isTrue();
            Set<UUID> there = new HashSet<>(database.list(Query.of("SELECT id FROM todo")).stream()
                    .map(row -> row.uuid("id"))
                    .toList());
            assertThat(there).containsAll(acknowledged);
            assertThat(others.sync().isComplete()).isTrue();
            assertThat(database.dump()).isEqualTo(other.dump());
        }
    }
}
