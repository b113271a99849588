package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.Snapshot;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.segment.PartFile;
import dev.tidemark.engine.internal.store.SqliteDatabase;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.sync.SyncReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A snapshot counts as verified only after this device has written, applied or read it and found its own rows in it
 * (docs/correctness.md#r16).
 */
class PlantedSnapshotTest extends RemoteSnapshotFixture {
    private static final ReplicaId INVENTED = new ReplicaId(1L << 61);

    /** A snapshot of exactly what the device holds, by its manifest. */
    private String plant(Database claimed, List<Snapshot.Part> parts) {
        VersionVector vector = claimed.changelog().vector();
        long clock = now.toEpochMilli() << 12;
        PartFile.Owner owner = new PartFile.Owner(claimed.library(), 1, clock, INVENTED);
        List<SnapshotManifest.Part> put = new ArrayList<>();
        for (Snapshot.Part part : parts) {
            PartFile file = PartFile.encode(owner, put.size(), part);
            storage.put(file.name().toString(), file.content());
            put.add(new SnapshotManifest.Part(file.name(), file.content().length));
        }
        byte[] content = new SnapshotManifest(
                        owner, vector, chains(claimed, vector), put, now.minus(Duration.ofDays(60)))
                .toBytes();
        String name = SnapshotManifest.nameOf(owner, content).toString();
        storage.put(name, content);
        return name;
    }

    private static List<Snapshot.Part> partsOf(Database database) {
        List<Snapshot.Part> parts = new ArrayList<>();
        try (Snapshot snapshot = ((SqliteDatabase) database).snapshot()) {
            for (Snapshot.Part part = snapshot.next(); part != null; part = snapshot.next()) {
                parts.add(part);
            }
        }
        return parts;
    }

    /** Hours in which files that nothing needs any more would go. */
    private void syncForHours(Database... devices) {
        for (int round = 0; round < 3; round++) {
            for (Database device : devices) {
                syncNow(device);
            }
            now = now.plus(Duration.ofHours(2));
        }
    }

    @Test
    void aPlantedManifestWithoutPartsTakesNoLogAndNoRowsFromNewDevices() {
        Database ann = device("ann");
        Database bob = device("bob");
        add(ann, "by Ann");
        syncNow(ann);
        syncNow(bob);
        add(bob, "by Bob");
        syncNow(bob);
        syncNow(ann);
        syncNow(bob);
        List<String> log = segments();
        String planted = plant(ann, List.of());
        SyncReport report = syncNow(ann);
        assertThat(report.quarantined())
                .containsExactly(new SyncReport.QuarantinedFile(planted, Problem.FILE_DROPS_ROWS));
        syncForHours(bob, ann);
        assertThat(segments()).containsExactlyElementsOf(log);
        Database cid = device("cid");
        syncNow(cid);
        assertEqual(ann, bob, cid);
        assertThat(cid.dump()).contains("by Ann").contains("by Bob");
    }

    /** Its parts are sound, and hold older values of the same rows. */
    @Test
    void aPlantedSnapshotOfOlderValuesTakesNoLogAndNoOlderSnapshot() {
        Database ann = device("ann");
        Database bob = device("bob");
        typeALot(ann);
        syncNow(ann);
        syncNow(bob);
        List<Snapshot.Part> old = partsOf(ann);
        ann.write(tx -> tx.execute("UPDATE todo SET title = 'latest'"));
        syncNow(ann);
        syncNow(bob);
        List<String> sound = manifests();
        assertThat(sound).hasSize(1);
        plant(ann, old);
        syncForHours(bob, ann);
        assertThat(manifests()).containsAll(sound);
        assertThat(segments()).as("what the sound one does not hold").isNotEmpty();
        Database cid = device("cid");
        syncNow(cid);
        assertEqual(ann, bob, cid);
    }

    @Test
    void aSoundSnapshotIsVerifiedByWhoMadeAppliedOrReadIt() {
        Database ann = device("ann");
        Database bob = device("bob");
        add(bob, "by Bob");
        syncNow(bob);
        syncNow(ann);
        syncNow(bob);
        typeALot(ann);
        syncNow(ann);
        assertThat(manifests()).hasSize(1);
        Database cid = device("cid");
        syncNow(cid);
        syncForHours(bob, ann, cid);
        for (Database device : List.of(bob, ann, cid)) {
            boolean isWhole = new RemoteObjectCache((SqliteDatabase) device, storage.description())
                    .all(RemoteNames.SNAPSHOTS).values().stream().allMatch(RemoteObjectCache.Entry::whole);
            assertThat(isWhole).isTrue();
        }
        assertEqual(ann, bob, cid);
    }
}
