package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.sync.SyncOptions;
import dev.tidemark.engine.sync.SyncReport;
import dev.tidemark.log.ExpectLog;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Files with damaged bytes: the devices that need them report them, and devices that have the content upload it again.
 */
class DamagedFilesTest extends RemoteSnapshotFixture {
    private byte[] damage(String name) {
        byte[] whole = storage.get(name);
        byte[] damaged = whole.clone();
        damaged[damaged.length / 2] ^= 1;
        storage.put(name, damaged);
        return whole;
    }

    private void putsAgainWhatASnapshotHeld(String folder) {
        Database ann = device("ann");
        typeALot(ann);
        syncNow(ann);
        removeLog();
        String bad = named(folder).getFirst();
        damage(bad);
        Database bob = device("bob");
        SyncReport lost = syncNow(bob);
        assertThat(lost.quarantined())
                .extracting(SyncReport.QuarantinedFile::name)
                .contains(manifests().getFirst());
        assertThat(bob.dump()).isNotEqualTo(ann.dump());

        syncNow(ann);
        assertThat(names()).as("nobody can read it").doesNotContain(bad);
        SyncReport found = syncNow(bob);
        assertThat(found.isComplete()).isTrue();
        assertThat(found.quarantined()).isEmpty();
        assertEqual(ann, bob);
        syncNow(bob);
        syncNow(ann);
        assertThat(syncNow(ann).requests()).isEqualTo(1);
    }

    @ExpectLog("snapshot cannot be used")
    @Test
    void aSnapshotWithADamagedPartIsReplacedWhenItsLogIsGone() {
        putsAgainWhatASnapshotHeld("v1/base/");
    }

    @Test
    void aSnapshotWithADamagedManifestIsReplacedWhenItsLogIsGone() {
        putsAgainWhatASnapshotHeld("v1/snapshots/");
    }

    @Test
    void aDamagedRetirementIsSaidAgainAndRemoved() {
        Database ann = device("ann");
        Database bob = device("bob");
        add(bob, "b");
        syncNow(bob);
        syncNow(ann);
        RemoteLibrary.open(ann, storage, "", () -> now).retire(bob.replica(), SyncOptions.DEFAULT);
        String bad = named("v1/retired/").getFirst();
        damage(bad);
        Database cid = device("cid");
        syncNow(cid);
        assertThat(new RemoteStateStore(SyncHistoryReader.require(cid), storage.description()).retired())
                .isEmpty();
        // Said in other words, which its name shows: at another time.
        now = now.plusSeconds(1);
        syncNow(ann);
        assertThat(named("v1/retired/")).hasSize(1).doesNotContain(bad);
        syncNow(cid);
        assertThat(new RemoteStateStore(SyncHistoryReader.require(cid), storage.description()).retired())
                .containsOnlyKeys(bob.replica());
    }

    private String recordOf(Database device) {
        return named("v1/devices/" + device.replica()).getLast();
    }

    @Test
    void aDamagedRecordIsWrittenAnewByItsDevice() {
        Database ann = device("ann");
        Database cid = device("cid");
        add(ann, "a");
        syncNow(ann);
        damage(recordOf(ann));
        syncNow(cid);
        syncNow(ann);
        assertThat(syncNow(cid).quarantined()).isEmpty();
        assertThat(RemoteLibrary.open(cid, storage, "", () -> now).devices()).hasSize(2);
    }

    @Test
    void theDamagedRecordOfADeviceThatIsGoneIsPutAgainByOneThatHasReadIt() {
        Database ann = device("ann");
        Database bob = device("bob");
        add(bob, "b");
        syncNow(bob);
        syncNow(ann);
        String record = recordOf(bob);
        byte[] whole = damage(record);
        Database cid = device("cid");
        syncNow(cid);
        syncNow(ann);
        assertThat(storage.get(record)).isEqualTo(whole);
        assertThat(syncNow(cid).quarantined()).isEmpty();
    }

    /** It may hold an edit of what would be forgotten (docs/correctness.md#r3). */
    @Test
    void filesThatAnUnreadDeviceMayNeedAreNotRemoved() {
        Database eve = device("eve");
        syncNow(eve);
        String record = recordOf(eve);
        byte[] whole = damage(record);
        Database cid = device("cid");
        typeALot(cid);
        for (int day = 0; day < 3; day++) {
            now = now.plus(Duration.ofDays(1));
            syncNow(cid);
        }
        assertThat(segments()).isNotEmpty();
        storage.put(record, whole);
        assertThat(syncNow(cid).quarantined()).isEmpty();
    }

    @ExpectLog("snapshot cannot be used")
    @Test
    void whatIsSoundAllTheSameIsNotReadByEverySync() {
        Database ann = device("ann");
        typeALot(ann);
        syncNow(ann);
        String part = parts().getFirst();
        byte[] whole = damage(part);
        // It has the log, too, and is kept from making another one.
        syncNow(device("bob"), storage, SyncOptions.DEFAULT.pushingIf(() -> false));
        storage.put(part, whole);
        RemoteLibrary anns = RemoteLibrary.open(ann, storage, "", () -> now);
        anns.sync();
        SyncReport idle = anns.sync();
        assertThat(idle.requests() + idle.maintenanceRequests()).isEqualTo(1);
        assertThat(manifests()).hasSize(1);
    }
}
