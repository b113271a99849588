package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.SyncException;
import dev.tidemark.engine.problem.TidemarkException;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.storage.FolderStorage;
import dev.tidemark.engine.storage.MemoryStorage;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.storage.RemoteStorage.StoredObject;
import dev.tidemark.engine.sync.SyncReport;
import dev.tidemark.proof.Proof;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Faults of storages and sync clients, with two or more real databases (docs/acceptance-map.md). */
class StorageFaultsTest extends RemoteLibraryFixture {
    private final FaultyStorage bad = new FaultyStorage(storage);
    private Instant now = Instant.parse("2026-11-21T08:00:00Z");
    private final InstantSource clock = () -> now;

    private SyncReport syncOver(RemoteStorage remote, Database device) {
        return RemoteLibrary.open(device, remote, "", clock).sync();
    }

    private void settle(Database... devices) {
        for (int round = 0; round < 3; round++) {
            for (Database device : devices) {
                syncOver(storage, device);
            }
        }
        for (Database device : devices) {
            assertThat(syncOver(storage, device).isComplete()).isTrue();
        }
        assertEqual(devices);
    }

    private static byte[] flipped(byte[] content) {
        byte[] damaged = content.clone();
        damaged[damaged.length / 2] ^= 0x55;
        return damaged;
    }

    @Test
    void aListingThatRepeatsAPageDoesNoHarm() {
        Database ann = device("ann");
        Database bob = device("bob");
        bad.listing(all -> {
            List<StoredObject> twice = new ArrayList<>(all);
            twice.addAll(all.subList(all.size() / 3, all.size()));
            return twice;
        });
        for (int round = 0; round < 5; round++) {
            add(ann, "by Ann " + round);
            add(bob, "by Bob " + round);
            assertThat(syncOver(bad, ann).isComplete()).isTrue();
            assertThat(syncOver(bad, bob).isComplete()).isTrue();
        }
        settle(ann, bob);
        assertThat(ann.changelog().vector().heads().values()).containsExactly(5L, 5L);
    }

    @Test
    void aListingThatSkipsFilesLosesNothingAndPublishesNoSecondContent() {
        Database ann = device("ann");
        Database bob = device("bob");
        for (int skip = 0; skip < 6; skip++) {
            add(ann, "by Ann " + skip);
            add(bob, "by Bob " + skip);
            int every = skip % 3;
            bad.listing(all -> {
                List<StoredObject> some = new ArrayList<>();
                for (int index = 0; index < all.size(); index++) {
                    if (index % 3 != every || all.get(index).name().startsWith("v1/library/")) {
                        some.add(all.get(index));
                    }
                }
                return some;
            });
            syncOver(bad, ann);
            syncOver(bad, bob);
        }
        settle(ann, bob);
        // Neither took the other, or itself, for a twin.
        assertThat(ann.changelog().vector().heads()).hasSize(2);
    }

    @Test
    void aListingThatShowsNothingAnyMoreIsNotTakenForAnEmptyRemote() {
        Database ann = device("ann");
        Database bob = device("bob");
        add(ann, "a");
        settle(ann, bob);
        String before = ann.dump();
        bad.listing(all -> List.of());
        assertThatThrownBy(() -> syncOver(bad, ann))
                .isInstanceOfSatisfying(
                        TidemarkException.class,
                        e -> assertThat(e.problem()).isEqualTo(Problem.STORAGE_LISTING_BEHIND));
        assertThat(ann.dump()).isEqualTo(before);
        settle(ann, bob);
    }

    @Test
    void aGetThatReturnsYesterdaysStateOnlyDelaysWhatIsNew() {
        Database ann = device("ann");
        Database bob = device("bob");
        add(ann, "yesterday");
        settle(ann, bob);
        bad.giveYesterday(true);
        add(ann, "today");
        syncOver(storage, ann);
        add(bob, "today, too");
        SyncReport report = syncOver(bad, bob);
        assertThat(report.isComplete()).isFalse();
        assertThat(report.blocked()).isEqualTo(1);
        settle(ann, bob);
    }

    @Test
    void aPutThatFailsAfterItTookEffectIsNoForkAndDuplicatesNothing() {
        Database ann = device("ann");
        Database bob = device("bob");
        settle(ann, bob);
        for (int round = 0; round < 5; round++) {
            add(ann, "by Ann " + round);
            bad.failPutsAfterwards(true);
            assertThatThrownBy(() -> syncOver(bad, ann)).isInstanceOf(TidemarkException.class);
            bad.failPutsAfterwards(false);
            assertThat(syncOver(bad, ann).isComplete()).isTrue();
        }
        settle(ann, bob);
        assertThat(ann.changelog().vector().heads()).hasSize(1);
        assertThat(segments().stream().distinct().count()).isLessThanOrEqualTo(5);
    }

    @Test
    void deletesThatNeverHappenLeaveOnlyFiles() {
        Database ann = device("ann");
        Database bob = device("bob");
        bad.deleteNothing(true);
        for (int round = 0; round < 10; round++) {
            add(ann, "by Ann " + round);
            syncOver(bad, ann);
            add(bob, "by Bob " + round);
            syncOver(bad, bob);
        }
        assertThat(bad.sizes().keySet().stream().filter(name -> name.startsWith("v1/devices/")))
                .hasSizeGreaterThan(10);
        bad.deleteNothing(false);
        add(ann, "one more by Ann");
        add(bob, "one more by Bob");
        settle(ann, bob);
        assertThat(names().stream().filter(name -> name.startsWith("v1/devices/")))
                .hasSizeLessThanOrEqualTo(4);
    }

    @Test
    void copiesAndHalfWrittenFilesOfFolderToolsDoNoHarm() throws Exception {
        Path shared = Files.createDirectory(folder.resolve("shared"));
        Database ann = device("ann");
        Database bob = device("bob");
        try (RemoteStorage remote = FolderStorage.open(shared)) {
            add(ann, "a");
            syncOver(remote, ann);
            add(ann, "b");
            syncOver(remote, ann);
            List<Path> files;
            try (Stream<Path> found = Files.walk(shared)) {
                files = found.filter(Files::isRegularFile).toList();
            }
            for (Path file : files) {
                String name = file.getFileName().toString();
                String stem = name.substring(0, name.lastIndexOf('.'));
                String end = name.substring(name.lastIndexOf('.'));
                byte[] content = Files.readAllBytes(file);
                for (String copy : List.of(
                        stem + " (conflicted copy 2026-11-21)" + end,
                        stem + " (1)" + end,
                        stem + ".sync-conflict-20261121-080000-ABCDEF1" + end,
                        name + "~",
                        "~$" + name,
                        "." + name + ".Xyz123",
                        ".syncthing." + name + ".tmp",
                        name + ".tmp",
                        name + ".crdownload")) {
                    Files.write(file.resolveSibling(copy), flipped(content));
                }
            }
            add(bob, "c");
            for (int round = 0; round < 3; round++) {
                for (Database device : List.of(ann, bob)) {
                    SyncReport report = syncOver(remote, device);
                    assertThat(report.isComplete()).isTrue();
                    assertThat(report.quarantined()).isEmpty();
                }
            }
            assertEqual(ann, bob);
            assertThat(ann.changelog().vector().heads()).hasSize(2);
            try (Stream<Path> found = Files.walk(shared)) {
                assertThat(found.filter(file -> file.toString().contains("conflicted copy")))
                        .hasSizeGreaterThanOrEqualTo(files.size());
            }
        }
    }

    @Test
    void aFileThatIsStillBeingWrittenIsTakenOnceItIsWhole() {
        Database ann = device("ann");
        Database bob = device("bob");
        add(ann, "a");
        settle(ann, bob);
        add(ann, "b");
        List<String> before = segments();
        syncOver(storage, ann);
        String fresh = segments().stream()
                .filter(name -> !before.contains(name))
                .findFirst()
                .orElseThrow();
        byte[] whole = storage.get(fresh);
        add(bob, "goes on");
        RemoteLibrary library = RemoteLibrary.open(bob, storage, "", clock);
        for (int length : new int[] {0, 1, 30, whole.length - 1}) {
            storage.put(fresh, Arrays.copyOf(whole, length));
            SyncReport report = library.sync();
            assertThat(report.isComplete()).isFalse();
            assertThat(report.quarantined())
                    .extracting(SyncReport.QuarantinedFile::name)
                    .containsExactly(fresh);
        }
        storage.put(fresh, whole);
        assertThat(library.sync().isComplete()).isTrue();
        settle(ann, bob);
    }

    @Test
    void theOwnerPutsADamagedFileAgainWhenAnotherDeviceSaysSo() {
        Database ann = device("ann");
        Database bob = device("bob");
        add(ann, "a");
        syncOver(storage, ann);
        add(ann, "b");
        syncOver(storage, ann);
        String segment = segments().getFirst();
        // Of the same length, so that no listing tells.
        storage.put(segment, flipped(storage.get(segment)));
        assertThat(syncOver(storage, ann).pushed()).isZero();
        SyncReport report = syncOver(storage, bob);
        assertThat(report.isComplete()).isFalse();
        assertThat(report.quarantined())
                .extracting(SyncReport.QuarantinedFile::name)
                .containsExactly(segment);
        assertThat(syncOver(storage, ann).pushed()).isPositive();
        assertThat(syncOver(storage, bob).isComplete()).isTrue();
        settle(ann, bob);
        assertThat(syncOver(storage, ann).requests()).isEqualTo(1);
    }

    @Proof
    @Test
    void whoHoldsADamagedFilesChangesPutsThemAgainWhenItsOwnerHasNotInADay() {
        Database ann = device("ann");
        Database bob = device("bob");
        Database cid = device("cid");
        add(ann, "a");
        settle(ann, bob);
        ann.close();
        String segment = segments().getFirst();
        storage.put(segment, flipped(storage.get(segment)));
        add(cid, "goes on");
        assertThat(syncOver(storage, cid).isComplete()).isFalse();
        assertThat(syncOver(storage, bob).pushed()).isZero();
        now = now.plus(RemoteRepair.OWNER_GRACE.minus(Duration.ofMinutes(1)));
        syncOver(storage, cid);
        assertThat(syncOver(storage, bob).pushed()).isZero();
        now = now.plus(Duration.ofMinutes(2));
        assertThat(syncOver(storage, bob).pushed()).isEqualTo(1);
        assertThat(syncOver(storage, cid).isComplete()).isTrue();
        settle(bob, cid);
        // And its owner, who comes back, takes nobody for a twin.
        Database back = device("ann");
        settle(back, bob, cid);
        assertThat(back.changelog().vector().heads()).hasSize(2);
    }

    @Proof
    @Test
    void threeDevicesThatSetUpTheSameRemoteThroughALaggingFolderToolEndAsOneLibrary() {
        assertThat(foundThroughALaggingTool(3)).isTrue();
    }

    @Proof
    @Test
    void fiveDevicesEndAsOneLibraryOrSayThatAChoiceIsNeededAndNothingIsOverwritten() {
        foundThroughALaggingTool(5);
    }

    /**
     * Each device sets up its own folder; a tool carries files from each to the next. Whether they became one library.
     */
    private boolean foundThroughALaggingTool(int count) {
        List<RemoteStorage> folders = new ArrayList<>();
        List<Database> devices = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            folders.add(new MemoryStorage());
            devices.add(device("device" + number));
            add(devices.get(number), "by device " + number);
            syncOver(folders.get(number), devices.get(number));
        }
        boolean asked = false;
        for (int round = 0; round < 4 * count; round++) {
            carry(folders.get(round % count), folders.get((round + 1) % count));
            for (int number = 0; number < count; number++) {
                try {
                    syncOver(folders.get(number), devices.get(number));
                } catch (SyncException e) {
                    assertThat(e.problem()).isEqualTo(Problem.SYNC_TWO_LIBRARIES);
                    asked = true;
                }
                assertThat(devices.get(number).dump()).contains("by device " + number);
            }
        }
        if (!asked) {
            assertEqual(devices.toArray(Database[]::new));
            for (int number = 0; number < count; number++) {
                assertThat(devices.getFirst().dump()).contains("by device " + number);
            }
        }
        return !asked;
    }
}
