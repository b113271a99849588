package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.problem.SyncException;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.storage.FolderStorage;
import dev.tidemark.engine.storage.MemoryStorage;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.sync.SyncReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Real databases that sync through a storage. */
class RemoteLibraryTest extends RemoteLibraryFixture {
    @Test
    void threeDevicesConvergeThroughAFolder() throws Exception {
        Path shared = Files.createDirectory(folder.resolve("shared"));
        Database ann = device("ann");
        Database bob = device("bob");
        Database cid = device("cid");
        UUID shown = add(ann, "from Ann");
        add(bob, "from Bob");
        try (RemoteStorage remote = FolderStorage.open(shared)) {
            for (Database device : List.of(ann, bob, ann)) {
                assertThat(RemoteLibrary.open(device, remote).sync().isComplete())
                        .isTrue();
            }
            assertEqual(ann, bob);
            ann.write(tx -> tx.execute("UPDATE todo SET title = 'Ann again' WHERE id = ?", shown));
            bob.write(tx -> tx.execute("UPDATE todo SET note = 'by Bob' WHERE id = ?", shown));
            for (Database device : List.of(ann, bob, cid, ann)) {
                assertThat(RemoteLibrary.open(device, remote).sync().isComplete())
                        .isTrue();
            }
            assertEqual(ann, bob, cid);
            assertThat(cid.replicaNames().values()).contains("ann", "bob", "cid");
        }
        try (Stream<Path> files = Files.walk(shared)) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.startsWith("."));
        }
    }

    @Test
    void warnsOfAClockThatIsWrongThoughTheSyncSucceeds() {
        Database ann = device("ann");
        RemoteLibrary right = RemoteLibrary.open(ann, storage);
        assertThat(right.sync().isComplete()).isTrue();
        assertThat(right.warning()).isEmpty();
        RemoteLibrary wrong = RemoteLibrary.open(ann, new OverridableStorage(storage) {
            @Override
            public Optional<Duration> clockAhead() {
                return Optional.of(Duration.ofMinutes(-7));
            }
        });
        assertThat(wrong.sync().isComplete()).isTrue();
        assertThat(wrong.warning())
                .hasValueSatisfying(trouble -> assertThat(trouble).hasMessageContaining("7 minutes behind"));
    }

    @Test
    void refusesAnotherLibraryAndChangesNothing() {
        Database ann = device("ann");
        Database bob = device("bob");
        add(ann, "a");
        add(bob, "b");
        sync(ann);
        MemoryStorage other = new MemoryStorage();
        RemoteLibrary.open(bob, new Named(other, "elsewhere")).sync();
        String dump = bob.dump();
        List<String> names = names();
        assertThatThrownBy(() -> sync(bob))
                .isInstanceOf(SyncException.class)
                .hasMessageContaining("holds another library");
        assertThat(bob.dump()).isEqualTo(dump);
        assertThat(names()).isEqualTo(names);
    }

    @Test
    void aWipedRemoteIsNotTakenForANewOne() {
        Database ann = device("ann");
        add(ann, "a");
        sync(ann);
        names().forEach(storage::delete);
        assertThatThrownBy(() -> sync(ann))
                .isInstanceOf(SyncException.class)
                .hasMessageContaining("is empty, although");
        assertThat(names()).isEmpty();
        assertThat(ann.dump()).contains("a");
    }

    @Test
    void movesItsLibraryToAnotherStorageWithEverybodysChanges() {
        Database ann = device("ann");
        Database bob = device("bob");
        add(ann, "a");
        add(bob, "b");
        for (Database device : List.of(ann, bob, ann)) {
            sync(device);
        }
        MemoryStorage other = new MemoryStorage();
        RemoteStorage moved = new Named(other, "new place");
        RemoteLibrary.open(ann, moved).sync();
        Database cid = device("cid");
        RemoteLibrary.open(cid, moved).sync();
        assertEqual(ann, cid);
        add(bob, "b2");
        SyncReport report = RemoteLibrary.open(bob, moved).sync();
        assertThat(report.isComplete()).isTrue();
        RemoteLibrary.open(ann, moved).sync();
        assertEqual(ann, bob);
    }

    @Test
    void garbageUnderOurOwnIdCostsAnIdAndNothingElse() {
        Database ann = device("ann");
        add(ann, "a");
        sync(ann);
        String name = "v1/log/" + ann.replica()
                + "/000000000001-000000999999-ffeeddccbbaa99887766554433221100-00112233445566778899aabbccddeeff.seg";
        storage.put(name, new byte[] {1, 2, 3});
        add(ann, "b");
        ReplicaId before = ann.replica();
        SyncReport report = sync(ann);
        assertThat(report.pushed()).isEqualTo(1);
        assertThat(report.quarantined())
                .extracting(SyncReport.QuarantinedFile::name)
                .containsExactly(name);
        // It might have been a twin's.
        assertThat(ann.replica()).isNotEqualTo(before);
    }

    @Test
    void aDamagedFileOfOurOwnIsPutAgain() {
        Database ann = device("ann");
        add(ann, "a");
        sync(ann);
        String segment = segments().getFirst();
        byte[] good = storage.get(segment);
        storage.put(segment, Arrays.copyOf(good, 10));
        Database bob = device("bob");
        SyncReport report = sync(bob);
        assertThat(report.isComplete()).isFalse();
        assertThat(report.quarantined()).hasSize(1);
        assertThat(report.quarantined().getFirst().name()).isEqualTo(segment);
        assertThat(report.blocked()).isEqualTo(1);
        assertThat(sync(ann).pushed()).isEqualTo(1);
        assertThat(sync(bob).isComplete()).isTrue();
        assertEqual(ann, bob);
    }

    @Test
    void aNewerFormatIsReadOnly() throws Exception {
        Database ann = device("ann");
        Database bob = device("bob");
        add(ann, "a");
        sync(ann);
        String segment = segments().getFirst();
        byte[] newer = storage.get(segment);
        newer[9] = 2;
        byte[] content = Arrays.copyOf(newer, newer.length - 32);
        byte[] checksum = java.security.MessageDigest.getInstance("SHA-256").digest(content);
        System.arraycopy(checksum, 0, newer, content.length, 32);
        storage.put(segment, newer);
        add(bob, "b");
        SyncReport report = sync(bob);
        assertThat(report.readOnly()).isTrue();
        assertThat(report.isComplete()).isFalse();
        assertThat(report.pushed()).isZero();
        assertThat(segments()).hasSize(1);
    }

    @Test
    void deviceRecordsAreReplacedAndSayWhatWasApplied() {
        Database ann = device("ann");
        Database bob = device("bob");
        for (int round = 0; round < 5; round++) {
            add(bob, "b" + round);
            sync(bob);
            add(ann, "a" + round);
            sync(ann);
        }
        assertThat(names().stream().filter(name -> name.startsWith("v1/devices/" + ann.replica())))
                .hasSize(2);
        sync(bob);
        RemoteStateStore memory =
                new RemoteStateStore((dev.tidemark.engine.internal.store.SqliteDatabase) bob, storage.description());
        DeviceRecord record = memory.devices().get(ann.replica());
        assertThat(record.name()).isEqualTo("ann");
        assertThat(record.vector().heads()).isEqualTo(Map.of(ann.replica(), 5L, bob.replica(), 5L));
    }

    @Test
    void oneSyncOfADatabaseAtATime() {
        Database ann = device("ann");
        try (SyncLock lock = SyncLock.acquire(ann.file(), java.time.Duration.ZERO, () -> false)) {
            Thread other = new Thread(() -> assertThatThrownBy(() -> RemoteLibrary.open(ann, storage)
                            .sync(dev.tidemark.engine.sync.SyncOptions.DEFAULT.withLockTimeout(
                                    java.time.Duration.ofMillis(50))))
                    .isInstanceOf(SyncException.class)
                    .hasMessageContaining("still running"));
            List<Throwable> failures = new ArrayList<>();
            other.setUncaughtExceptionHandler((thread, failure) -> failures.add(failure));
            other.start();
            other.join();
            assertThat(failures).isEmpty();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        assertThat(sync(ann).isComplete()).isTrue();
    }

    /** Another storage under another description: another place. */
    private static final class Named extends OverridableStorage {
        private final String name;

        Named(RemoteStorage storage, String name) {
            super(storage);
            this.name = name;
        }

        @Override
        public String description() {
            return name;
        }
    }
}
