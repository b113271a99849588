package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.encryption.Encryption;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.storage.FolderStorage;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.storage.RemoteStorage.StoredObject;
import dev.tidemark.engine.sync.SyncOptions;
import dev.tidemark.engine.sync.SyncReport;
import dev.tidemark.log.ExpectLog;
import dev.tidemark.proof.Proof;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Devices start from a snapshot of the storage, and skip unusable snapshots. */
class RemoteSnapshotTest extends RemoteSnapshotFixture {
    @Test
    void aNewDeviceBeginsWithTheSnapshotAndGoesOnWithChanges() {
        Database ann = device("ann");
        typeALot(ann);
        syncNow(ann);
        add(ann, "after the snapshot");
        syncNow(ann);
        Database bob = device("bob");
        SyncReport report = syncNow(bob);
        assertThat(report.isComplete()).isTrue();
        assertEqual(ann, bob);
        assertThat(bob.changelog().floor()).isNotEqualTo(VersionVector.EMPTY);
        assertThat(report.bytesReceived()).isLessThan(700_000);
        add(bob, "from bob");
        syncNow(bob);
        syncNow(ann);
        assertEqual(ann, bob);
    }

    @Test
    void aNewDeviceAndOneThatWasAwayFindTheirWayWhenTheLogIsGone() {
        Database ann = device("ann");
        Database bob = device("bob");
        add(bob, "of bob");
        syncNow(bob);
        add(ann, "of ann");
        syncNow(ann);
        add(bob, "not published for a year");
        typeALot(ann);
        syncNow(ann);
        assertThat(manifests()).hasSize(1);
        removeLog();
        now = now.plus(Duration.ofDays(365));
        assertThat(syncNow(bob).isComplete()).isTrue();
        syncNow(ann);
        Database cid = device("cid");
        syncNow(cid);
        assertEqual(ann, bob, cid);
        assertThat(cid.list(Query.of("SELECT * FROM todo"))).hasSize(5);
        assertThat(ann.conflicts()).isEmpty();
    }

    @Test
    void aDeviceThatBeganWithASnapshotPublishesEverythingInAnEmptyStorage() throws IOException {
        Database ann = device("ann");
        typeALot(ann);
        syncNow(ann);
        Database bob = device("bob");
        syncNow(bob);
        add(bob, "of bob");
        RemoteStorage other = FolderStorage.open(Files.createDirectory(folder.resolve("other")));
        assertThat(syncNow(bob, other, SyncOptions.DEFAULT).isComplete()).isTrue();
        Database cid = device("cid");
        assertThat(syncNow(cid, other, SyncOptions.DEFAULT).isComplete()).isTrue();
        assertEqual(bob, cid);
        assertThat(syncNow(ann, other, SyncOptions.DEFAULT).isComplete()).isTrue();
        assertEqual(ann, bob, cid);
    }

    @ExpectLog("snapshot cannot be used")
    @Test
    void aDamagedMissingOrSwappedPartMakesReadersTakeTheLog() {
        Database ann = device("ann");
        typeALot(ann);
        syncNow(ann);
        String part = parts().getFirst();
        byte[] whole = storage.get(part);
        String manifest = manifests().getFirst();
        byte[] says = storage.get(manifest);
        int number = 0;
        for (byte[] bad :
                List.of(new byte[0], damaged(whole), storage.get(segments().getFirst()))) {
            // Whoever hears from the reader before that it is no good removes it.
            storage.put(manifest, says);
            storage.delete(part);
            if (bad.length > 0) {
                storage.put(part, bad);
            }
            Database reader = device("reader" + number++);
            // Else it would make another one by itself.
            SyncReport report = syncNow(reader, storage, SyncOptions.DEFAULT.pushingIf(() -> false));
            assertThat(report.isComplete()).isTrue();
            assertThat(reader.dump()).isEqualTo(ann.dump());
            assertThat(reader.changelog().floor()).isEqualTo(VersionVector.EMPTY);
            assertThat(report.quarantined())
                    .anySatisfy(file -> assertThat(file.name()).isEqualTo(manifest));
        }
    }

    @Proof
    @ExpectLog("snapshot cannot be used")
    @Test
    void anOlderSnapshotServesWhereTheNewestIsDamaged() {
        Database ann = device("ann");
        typeALot(ann);
        syncNow(ann);
        String older = manifests().getFirst();
        removeLog();
        typeALot(ann);
        typeALot(ann);
        syncNow(ann);
        assertThat(manifests()).hasSize(2);
        List<String> newest = parts().stream()
                .filter(part ->
                        !part.contains(older.substring("v1/snapshots/".length()).substring(0, 33)))
                .toList();
        assertThat(newest).isNotEmpty();
        newest.forEach(storage::delete);
        Database bob = device("bob");
        assertThat(syncNow(bob).isComplete()).isTrue();
        assertEqual(ann, bob);
        assertThat(bob.changelog().floor()).isNotEqualTo(VersionVector.EMPTY);
    }

    @Proof
    @Test
    void aSyncThatIsCancelledGoesOnWithThePartsItHas() {
        Database ann = device("ann");
        List<UUID> ids = new ArrayList<>();
        for (int edit = 0; edit < 640; edit++) {
            byte[] noise = new byte[48 << 10];
            random.nextBytes(noise);
            UUID id = edit < 320 ? add(ann, "row " + edit) : ids.get(edit - 320);
            ids.add(id);
            ann.write(tx -> tx.execute("UPDATE todo SET note = ? WHERE id = ?", noise, id));
        }
        syncNow(ann);
        removeLog();
        assertThat(parts()).hasSizeGreaterThan(2);
        Database bob = device("bob");
        AtomicInteger asked = new AtomicInteger();
        SyncReport first = syncNow(bob, storage, SyncOptions.DEFAULT.cancelledWhen(() -> asked.incrementAndGet() > 3));
        assertThat(first.cancelled()).isTrue();
        assertThat(bob.list(Query.of("SELECT count(*) AS c FROM todo"))
                        .getFirst()
                        .integer("c"))
                .as("nothing half is shown")
                .isZero();
        long size = storage.list("v1/base/", null).stream()
                .mapToLong(StoredObject::size)
                .sum();
        SyncReport second = syncNow(bob);
        assertThat(second.isComplete()).isTrue();
        assertThat(second.bytesReceived()).isLessThan(size);
        assertEqual(ann, bob);
    }

    @Proof
    @Test
    void anEncryptedLibraryHasSnapshotsToo() {
        Encryption encryption = Encryption.passphrase("correct horse battery staple"::toCharArray, code -> {});
        Database ann = device("ann");
        typeALot(ann);
        RemoteLibrary.open(ann, encryption.wrap(storage), "", () -> now).sync();
        assertThat(manifests()).hasSize(1).allSatisfy(name -> assertThat(name).endsWith(".age"));
        assertThat(parts()).isNotEmpty().allSatisfy(name -> assertThat(name).endsWith(".age"));
        removeLog();
        Database bob = device("bob");
        assertThat(RemoteLibrary.open(bob, encryption.wrap(storage), "", () -> now)
                        .sync()
                        .isComplete())
                .isTrue();
        assertEqual(ann, bob);
    }

    private static byte[] damaged(byte[] file) {
        byte[] damaged = file.clone();
        damaged[damaged.length / 2] ^= 1;
        return damaged;
    }
}
