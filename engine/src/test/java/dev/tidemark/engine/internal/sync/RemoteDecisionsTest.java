package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.TidemarkException;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.storage.MemoryStorage;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.storage.RemoteStorage.StoredObject;
import dev.tidemark.engine.sync.Device;
import dev.tidemark.engine.sync.StorageUsage;
import dev.tidemark.engine.sync.SyncOptions;
import dev.tidemark.engine.sync.SyncReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Decisions of a user about a storage: retiring devices, uploading afresh, and joining an existing library. */
class RemoteDecisionsTest extends RemoteLibraryFixture {
    private Instant now = Instant.parse("2026-11-21T08:00:00Z");

    private RemoteLibrary library(Database database) {
        return library(database, storage);
    }

    private RemoteLibrary library(Database database, RemoteStorage through) {
        return RemoteLibrary.open(database, through, "Tidemark 9", () -> now);
    }

    private void syncAll(Database... devices) {
        for (Database device : devices) {
            assertThat(library(device).sync().isComplete()).isTrue();
        }
    }

    private static void assertProblem(Problem problem, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        TidemarkException.class, e -> assertThat(e.problem()).isEqualTo(problem));
    }

    private void wipe() {
        names().forEach(storage::delete);
    }

    @Test
    void devicesSayWhoTheyAreHowFarTheyAreAndWhenTheyWereLastSeen() {
        Database ann = device("ann");
        Database bob = device("bob");
        syncAll(ann, bob);
        now = now.plus(Duration.ofDays(91));
        add(ann, "a");
        syncAll(ann);
        List<Device> devices = library(ann).devices();
        assertThat(devices).extracting(Device::name).containsExactly("ann", "bob");
        assertThat(devices).extracting(Device::status).containsExactly(Device.Status.ACTIVE, Device.Status.QUIET);
        assertThat(devices).extracting(Device::behind).containsExactly(0L, 1L);
        assertThat(devices.getLast().lastSeen()).isEqualTo(now.minus(Duration.ofDays(91)));
        assertThat(devices.getLast().program()).isEqualTo("Tidemark 9");
        syncAll(bob);
        assertThat(library(ann).devices()).extracting(Device::status).containsOnly(Device.Status.ACTIVE);
        assertThat(library(ann).devices()).extracting(Device::behind).containsExactly(0L, 0L);
    }

    @Test
    void useCountsWhatLiesThereByKindAndByDevice() {
        Database ann = device("ann");
        Database bob = device("bob");
        add(ann, "a");
        syncAll(ann, bob);
        storage.put("v1/blobs/00", new byte[10]);
        storage.put("holiday.jpg", new byte[20]);
        StorageUsage use = library(ann).storageUsage();
        assertThat(use.library()).isEqualTo(ann.library());
        assertThat(use.epoch()).isEqualTo(1);
        assertThat(use.kinds().get(StorageUsage.Kind.ATTACHMENT)).isEqualTo(new StorageUsage.Size(1, 10));
        assertThat(use.kinds().get(StorageUsage.Kind.OTHER)).isEqualTo(new StorageUsage.Size(1, 20));
        assertThat(use.kinds().get(StorageUsage.Kind.CHANGES).objects()).isEqualTo(1);
        assertThat(use.kinds().get(StorageUsage.Kind.DEVICE).objects()).isEqualTo(2);
        assertThat(use.devices().get(ann.replica()).objects()).isEqualTo(2);
        assertThat(use.devices().get(bob.replica()).objects()).isEqualTo(1);
        long bytes =
                storage.list("", null).stream().mapToLong(StoredObject::size).sum();
        assertThat(use.total()).isEqualTo(new StorageUsage.Size(names().size(), bytes));
    }

    @Test
    void aRetiredDeviceBlocksNoOtherDevice() {
        Database ann = device("ann");
        Database bob = device("bob");
        Database cid = device("cid");
        add(cid, "by Cid");
        syncAll(cid, ann, bob);
        library(ann).retire(cid.replica(), SyncOptions.DEFAULT);
        syncAll(bob);
        for (Database device : List.of(ann, bob)) {
            assertThat(device.changelog().acknowledgements())
                    .noneMatch(each -> each.replica().equals(cid.replica()));
            assertThat(library(device).devices().getLast().status()).isEqualTo(Device.Status.RETIRED);
            assertThat(device.dump()).contains("by Cid");
        }
        assertThat(names()).filteredOn(name -> name.startsWith("v1/retired/")).hasSize(1);
    }

    @Test
    void devicesNeverExpireAutomatically() {
        Database ann = device("ann");
        Database bob = device("bob");
        syncAll(ann, bob);
        now = now.plus(Duration.ofDays(3_000));
        syncAll(ann);
        assertThat(library(ann).devices().getLast().status()).isEqualTo(Device.Status.QUIET);
        assertThat(names()).noneMatch(name -> name.startsWith("v1/retired/"));
    }

    @Test
    void aDeviceCannotRetireItselfOrAnUnknownDevice() {
        Database ann = device("ann");
        syncAll(ann);
        assertProblem(Problem.CHANGELOG_RETIRES_ITSELF, () -> library(ann).retire(ann.replica(), SyncOptions.DEFAULT));
        assertProblem(Problem.SYNC_DEVICE_UNKNOWN, () -> library(ann).retire(new ReplicaId(77), SyncOptions.DEFAULT));
        assertThat(names()).noneMatch(name -> name.startsWith("v1/retired/"));
    }

    @Test
    void changesPushedByARetiredDeviceAreNotMerged() {
        Database ann = device("ann");
        Database bob = device("bob");
        Database cid = device("cid");
        add(cid, "before");
        syncAll(cid, ann, bob);
        MemoryStorage cidsView = new MemoryStorage();
        carry(storage, cidsView);
        library(ann).retire(cid.replica(), SyncOptions.DEFAULT);
        add(cid, "after");
        library(cid, cidsView).sync();
        for (StoredObject object : cidsView.list("v1/log/" + cid.replica(), null)) {
            storage.put(object.name(), cidsView.get(object.name()));
        }
        syncAll(ann, bob, ann);
        assertThat(ann.dump()).contains("before").doesNotContain("after");
        assertEqual(ann, bob);
    }

    @Test
    void whoMergedMoreBeforeHearingOfItRaisesTheEndForAll() {
        Database ann = device("ann");
        Database bob = device("bob");
        Database cid = device("cid");
        add(cid, "first");
        syncAll(cid, ann, bob);
        MemoryStorage bobsView = new MemoryStorage();
        carry(storage, bobsView);
        add(cid, "second");
        library(cid, bobsView).sync();
        library(bob, bobsView).sync();
        library(ann).retire(cid.replica(), SyncOptions.DEFAULT);
        for (StoredObject object : bobsView.list("", null)) {
            storage.put(object.name(), bobsView.get(object.name()));
        }
        syncAll(ann);
        assertThat(ann.dump()).doesNotContain("second");
        syncAll(bob, ann);
        assertThat(ann.dump()).contains("second");
        assertEqual(ann, bob);
        assertThat(names()).filteredOn(name -> name.startsWith("v1/retired/")).hasSize(2);
    }

    @Test
    void aRetiredDeviceThatComesBackIsANewOneWithAllThatItHad() {
        Database ann = device("ann");
        Database bob = device("bob");
        Database cid = device("cid");
        UUID shared = add(cid, "before");
        syncAll(cid, ann, bob);
        ReplicaId former = cid.replica();
        cid.write(tx -> tx.execute("UPDATE todo SET note = 'not published' WHERE id = ?", shared));
        add(cid, "nor this");
        library(ann).retire(former, SyncOptions.DEFAULT);
        ann.write(tx -> tx.execute("UPDATE todo SET title = 'by Ann' WHERE id = ?", shared));
        syncAll(ann, bob, cid, ann, bob, cid);
        assertEqual(ann, bob, cid);
        assertThat(cid.replica()).isNotEqualTo(former);
        assertThat(ann.dump()).contains("not published", "nor this", "by Ann");
        add(cid, "later");
        syncAll(cid, ann, bob);
        assertEqual(ann, bob, cid);
        assertThat(library(ann).devices())
                .filteredOn(device -> device.replica().equals(former))
                .extracting(Device::status)
                .containsExactly(Device.Status.RETIRED);
    }

    @Test
    void afterAWipeEverythingIsPublishedAgainAndOthersRejoinWithWhatTheyHad() {
        Database ann = device("ann");
        Database bob = device("bob");
        add(ann, "a");
        add(bob, "b");
        syncAll(ann, bob, ann);
        add(bob, "not published yet");
        wipe();
        assertProblem(Problem.SYNC_EMPTIED, () -> library(ann).sync());
        assertThat(library(ann).startNewEpoch(SyncOptions.DEFAULT).isComplete()).isTrue();
        assertThat(library(ann).storageUsage().epoch()).isEqualTo(2);
        assertThat(names()).anyMatch(name -> name.startsWith("v1/snapshots/"));
        assertProblem(Problem.SYNC_PUBLISHED_ANEW, () -> library(bob).sync());
        assertThat(bob.dump()).contains("not published yet");
        assertThat(library(bob)
                        .connect(RemoteLibrary.JoinMode.MERGE, SyncOptions.DEFAULT)
                        .isComplete())
                .isTrue();
        syncAll(ann);
        assertEqual(ann, bob);
        assertThat(ann.dump()).contains("not published yet", "'a'", "'b'");
        Database cid = device("cid");
        syncAll(cid, ann);
        assertEqual(ann, cid);
    }

    @Test
    void publishingAgainThatIsInterruptedGoesOnByItself() {
        Database ann = device("ann");
        add(ann, "a");
        syncAll(ann);
        wipe();
        for (int puts = 0; puts < 4; puts++) {
            FailingStorage failing = new FailingStorage(storage);
            failing.failPutsAfter(puts);
            assertThatThrownBy(() -> library(ann, failing).startNewEpoch(SyncOptions.DEFAULT))
                    .isInstanceOf(TidemarkException.class);
            syncAll(ann);
            assertThat(library(ann).storageUsage().epoch()).isEqualTo(puts + 2);
            Database bob = device("bob" + puts);
            syncAll(bob);
            assertThat(bob.dump()).contains("'a'");
            assertThat(names()).anyMatch(name -> name.startsWith("v1/snapshots/"));
            wipe();
        }
    }

    @Test
    void aStoragePutBackToAnEarlierEpochIsNoticed() {
        Database ann = device("ann");
        add(ann, "a");
        syncAll(ann);
        MemoryStorage yesterday = new MemoryStorage();
        carry(storage, yesterday);
        library(ann).startNewEpoch(SyncOptions.DEFAULT);
        wipe();
        carry(yesterday, storage);
        List<String> names = names();
        assertProblem(Problem.SYNC_PUT_BACK, () -> library(ann).sync());
        assertThat(names()).isEqualTo(names);
        library(ann).startNewEpoch(SyncOptions.DEFAULT);
        syncAll(ann);
        assertThat(library(ann).storageUsage().epoch()).isEqualTo(3);
    }

    /** Ann and Bob share a library, and Dan, who is alone, puts his where theirs was. */
    private Database anotherLibrary(Database ann, Database bob) {
        add(ann, "a");
        add(bob, "b");
        syncAll(ann, bob, ann);
        wipe();
        Database dan = device("dan");
        add(dan, "d");
        syncAll(dan);
        add(ann, "a2");
        assertProblem(Problem.SYNC_OTHER_LIBRARY, () -> library(ann).sync());
        assertProblem(Problem.SYNC_OTHER_LIBRARY, () -> library(ann).startNewEpoch(SyncOptions.DEFAULT));
        return dan;
    }

    @Test
    void twoLibrariesBecomeOneWhenTheirPersonSaysSoAndOtherDevicesFollow() {
        Database ann = device("ann");
        Database bob = device("bob");
        Database dan = anotherLibrary(ann, bob);
        assertThat(library(ann)
                        .connect(RemoteLibrary.JoinMode.MERGE, SyncOptions.DEFAULT)
                        .isComplete())
                .isTrue();
        syncAll(bob, dan, ann, bob);
        assertEqual(ann, bob, dan);
        assertThat(dan.dump()).contains("'a'", "'a2'", "'b'", "'d'");
    }

    @Test
    void theStoragesLibraryTakesThePlaceOfTheDevicesAndACopyStays() throws Exception {
        Database ann = device("ann");
        Database bob = device("bob");
        Database dan = anotherLibrary(ann, bob);
        ReplicaId before = ann.replica();
        String dump = ann.dump();
        SyncReport report = library(ann).connect(RemoteLibrary.JoinMode.REPLACE, SyncOptions.DEFAULT);
        assertThat(report.isComplete()).isTrue();
        assertThat(ann.replica()).isNotEqualTo(before);
        syncAll(dan, ann);
        assertEqual(ann, dan);
        assertThat(ann.dump()).contains("'d'").doesNotContain("'a'", "'b'");
        UUID later = add(ann, "later");
        ann.write(tx -> tx.execute("UPDATE todo SET note = 'edited' WHERE title = 'd'"));
        syncAll(ann, dan, ann);
        assertEqual(ann, dan);
        assertThat(dan.list(Query.of("SELECT title FROM todo WHERE id = ?", later)))
                .hasSize(1);
        Path backup;
        try (Stream<Path> files = Files.list(folder)) {
            backup = files.filter(file -> file.getFileName().toString().startsWith("ann.db.before-"))
                    .findFirst()
                    .orElseThrow();
        }
        Files.copy(backup, folder.resolve("copy.db"));
        assertThat(device("copy").dump()).isEqualTo(dump);
    }

    @Test
    void aDatabaseThatIsOpenTwiceIsStartedAfreshForBoth() {
        Database ann = device("ann");
        Database alsoAnn = device("ann");
        add(ann, "a");
        add(alsoAnn, "a2");
        syncAll(ann);
        wipe();
        Database dan = device("dan");
        add(dan, "d");
        syncAll(dan);
        library(ann).connect(RemoteLibrary.JoinMode.REPLACE, SyncOptions.DEFAULT);
        add(alsoAnn, "through the other");
        add(ann, "through the one");
        syncAll(alsoAnn, dan, ann);
        assertEqual(ann, dan, alsoAnn);
        assertThat(dan.dump()).contains("through the other", "through the one").doesNotContain("'a2'");
    }

    @Test
    void thereHasToBeALibraryToConnectTo() {
        Database ann = device("ann");
        add(ann, "a");
        for (RemoteLibrary.JoinMode joining : RemoteLibrary.JoinMode.values()) {
            assertProblem(Problem.SYNC_EMPTIED, () -> library(ann).connect(joining, SyncOptions.DEFAULT));
        }
        assertThat(ann.dump()).contains("'a'");
    }
}
