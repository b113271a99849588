package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.engine.Durability;
import dev.tidemark.engine.Ids;
import dev.tidemark.engine.Schema;
import dev.tidemark.engine.storage.FolderStorage;
import dev.tidemark.engine.storage.MemoryStorage;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.storage.RemoteStorage.StoredObject;
import dev.tidemark.engine.storage.StorageException;
import dev.tidemark.engine.sync.QuarantinedFile;
import dev.tidemark.engine.sync.RemoteLibrary;
import dev.tidemark.engine.sync.SyncException;
import dev.tidemark.engine.sync.SyncReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real databases and a storage between them. */
class RemoteLibraryTest {
    private static final Schema SCHEMA = Schema.builder()
            .migration("create", "CREATE TABLE todo(id BLOB PRIMARY KEY NOT NULL, title TEXT, note TEXT)")
            .synced("todo")
            .build();

    @TempDir
    Path folder;

    private final List<Database> open = new ArrayList<>();
    private final RemoteStorage storage = new MemoryStorage();

    private Database device(String name) {
        Database database = Database.open(
                folder.resolve(name + ".db"),
                SCHEMA,
                DatabaseOptions.DEFAULT.with(Durability.NONE).named(name));
        open.add(database);
        return database;
    }

    @AfterEach
    void closeAll() {
        open.forEach(Database::close);
    }

    private static UUID add(Database database, String title) {
        UUID id = Ids.next();
        database.write(tx -> tx.execute("INSERT INTO todo(id, title) VALUES (?, ?)", id, title));
        return id;
    }

    private SyncReport sync(Database database) {
        return RemoteLibrary.open(database, storage).sync();
    }

    private static void assertEqual(Database... devices) {
        for (Database device : devices) {
            assertThat(device.dump()).isEqualTo(devices[0].dump());
            assertThat(device.library()).isEqualTo(devices[0].library());
        }
    }

    private List<String> names() {
        return storage.list("", null).stream().map(StoredObject::name).toList();
    }

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
    void fortySyncsWithoutChangesLeaveNoTraceAndCostOneRequestEach() {
        Database ann = device("ann");
        Database bob = device("bob");
        add(ann, "a");
        RemoteLibrary anns = RemoteLibrary.open(ann, storage);
        RemoteLibrary bobs = RemoteLibrary.open(bob, storage);
        for (RemoteLibrary library : List.of(anns, bobs, anns, bobs)) {
            library.sync();
        }
        List<StoredObject> before = storage.list("", null);
        for (int round = 0; round < 20; round++) {
            for (RemoteLibrary library : List.of(anns, bobs)) {
                SyncReport report = library.sync();
                assertThat(report.requests()).isEqualTo(1);
                assertThat(report.maintenanceRequests()).isZero();
                assertThat(report.bytesSent() + report.bytesReceived()).isZero();
                assertThat(report.isComplete()).isTrue();
            }
        }
        assertThat(storage.list("", null)).isEqualTo(before);
    }

    @Test
    void oneChangeCostsTwoRequestsEitherWay() {
        Database ann = device("ann");
        Database bob = device("bob");
        for (Database device : List.of(ann, bob, ann)) {
            sync(device);
        }
        add(ann, "a");
        assertThat(sync(ann).requests()).isEqualTo(2);
        SyncReport pulled = sync(bob);
        assertThat(pulled.requests()).isEqualTo(2);
        assertThat(pulled.pulled()).isEqualTo(1);
    }

    @Test
    void aDeviceThatHasDataJoinsTheLibraryThatItFinds() {
        Database ann = device("ann");
        Database bob = device("bob");
        add(ann, "a");
        add(bob, "b");
        sync(ann);
        assertThat(bob.library()).isNotEqualTo(ann.library());
        sync(bob);
        sync(ann);
        assertEqual(ann, bob);
        assertThat(ann.dump()).contains("a", "b");
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
    void twoDevicesThatFoundAtOnceBecomeOneLibraryWithAllData() {
        for (boolean annFirst : new boolean[] {true, false}) {
            Database ann = device("ann" + annFirst);
            Database bob = device("bob" + annFirst);
            add(ann, "a");
            add(bob, "b");
            MemoryStorage annsView = new MemoryStorage();
            MemoryStorage bobsView = new MemoryStorage();
            RemoteLibrary.open(ann, annsView).sync();
            RemoteLibrary.open(bob, bobsView).sync();
            Database late = device("late" + annFirst);
            for (int round = 0; round < 4; round++) {
                carry(annsView, bobsView);
                List<Database> order = annFirst ? List.of(ann, bob) : List.of(bob, ann);
                for (Database device : order) {
                    RemoteLibrary.open(device, device.equals(ann) ? annsView : bobsView)
                            .sync();
                }
            }
            carry(annsView, bobsView);
            RemoteLibrary.open(late, annsView).sync();
            assertEqual(ann, bob, late);
            assertThat(late.list(dev.tidemark.engine.Query.of("SELECT title FROM todo")))
                    .hasSize(2);
            UUID smaller = Stream.of(annsView.list("v1/library/", null))
                    .flatMap(List::stream)
                    .map(file -> RemoteNames.LibraryName.parse(file.name())
                            .orElseThrow()
                            .library())
                    .min(Comparator.comparing(RemoteNames::hex))
                    .orElseThrow();
            assertThat(ann.library()).isEqualTo(smaller);
        }
    }

    private static void carry(RemoteStorage one, RemoteStorage other) {
        for (StoredObject object : one.list("", null)) {
            other.put(object.name(), one.get(object.name()));
        }
        for (StoredObject object : other.list("", null)) {
            one.put(object.name(), other.get(object.name()));
        }
    }

    @Test
    void asksWhenTwoLibrariesWithMoreThanOneDeviceMeet() {
        Database ann = device("ann");
        Database cid = device("cid");
        MemoryStorage other = new MemoryStorage();
        for (Database device : List.of(ann, device("bob"))) {
            add(device, "x");
            sync(device);
        }
        for (Database device : List.of(cid, device("dan"))) {
            add(device, "y");
            RemoteLibrary.open(device, other).sync();
        }
        carry(storage, other);
        boolean annIsLarger = RemoteNames.hex(ann.library()).compareTo(RemoteNames.hex(cid.library())) > 0;
        Database larger = annIsLarger ? ann : cid;
        RemoteStorage itsStorage = annIsLarger ? storage : other;
        assertThatThrownBy(() -> RemoteLibrary.open(larger, itsStorage).sync())
                .isInstanceOf(SyncException.class)
                .hasMessageContaining("two libraries");
    }

    @Test
    void aLoneFounderGivesWayToALibraryThatSeveralDevicesShare() {
        for (int round = 0; round < 4; round++) {
            MemoryStorage shared = new MemoryStorage();
            MemoryStorage empty = new MemoryStorage();
            Database ann = device("ann" + round);
            Database bob = device("bob" + round);
            Database late = device("late" + round);
            for (Database device : List.of(ann, bob, late)) {
                add(device, "x");
                RemoteLibrary.open(device, device.equals(late) ? empty : shared).sync();
            }
            UUID library = ann.library();
            carry(shared, empty);
            RemoteLibrary.open(ann, shared).sync();
            for (Database device : List.of(late, ann, bob, late, ann)) {
                RemoteLibrary.open(device, device.equals(late) ? empty : shared).sync();
                carry(shared, empty);
            }
            assertEqual(ann, bob, late);
            assertThat(late.library()).isEqualTo(library);
        }
    }

    @Test
    void aCopiedDatabaseIsNoticedAndUploadsNothing() throws Exception {
        Database ann = device("ann");
        add(ann, "a");
        sync(ann);
        ann.close();
        for (String end : List.of("", "-wal", "-shm")) {
            Path file = folder.resolve("ann.db" + end);
            if (Files.exists(file)) {
                Files.copy(file, folder.resolve("twin.db" + end));
            }
        }
        Database original = device("ann");
        Database twin = device("twin");
        add(original, "by the original");
        sync(original);
        add(twin, "by the twin");
        List<String> names = names();
        assertThatThrownBy(() -> sync(twin))
                .isInstanceOf(SyncException.class)
                .hasMessageContaining("looks like a copy");
        assertThat(names()).isEqualTo(names);
        assertThat(sync(original).isComplete()).isTrue();
    }

    @Test
    void aDatabaseRestoredFromABackupIsNoticed() throws Exception {
        Database ann = device("ann");
        add(ann, "a");
        sync(ann);
        ann.close();
        Files.copy(folder.resolve("ann.db"), folder.resolve("backup.db"));
        Database later = device("ann");
        add(later, "after the backup");
        sync(later);
        later.close();
        for (String end : List.of("", "-wal", "-shm")) {
            Files.deleteIfExists(folder.resolve("ann.db" + end));
        }
        Files.copy(folder.resolve("backup.db"), folder.resolve("ann.db"));
        Database restored = device("ann");
        List<String> names = names();
        assertThatThrownBy(() -> sync(restored))
                .isInstanceOf(SyncException.class)
                .hasMessageContaining("restored from a backup");
        assertThat(names()).isEqualTo(names);
    }

    @Test
    void aLibraryFileThatWasLostIsPutBack() {
        Database ann = device("ann");
        add(ann, "a");
        sync(ann);
        List<String> names = names();
        names.stream().filter(name -> name.startsWith("v1/library/")).forEach(storage::delete);
        sync(ann);
        assertThat(names()).containsAll(names);
        Database bob = device("bob");
        sync(bob);
        assertEqual(ann, bob);
    }

    @Test
    void aFreshDeviceWaitsForALibraryFileThatHasNotArrived() {
        Database ann = device("ann");
        add(ann, "a");
        sync(ann);
        names().stream().filter(name -> name.startsWith("v1/library/")).forEach(storage::delete);
        Database bob = device("bob");
        assertThatThrownBy(() -> sync(bob))
                .isInstanceOf(SyncException.class)
                .hasMessageContaining("not the file that names it");
    }

    @Test
    void garbageUnderOurOwnIdIsNotTakenForATwin() {
        Database ann = device("ann");
        add(ann, "a");
        sync(ann);
        String name = "v1/log/" + ann.replica() + "/000000000001-000000999999-00112233445566778899aabbccddeeff.seg";
        storage.put(name, new byte[] {1, 2, 3});
        add(ann, "b");
        SyncReport report = sync(ann);
        assertThat(report.pushed()).isEqualTo(1);
        assertThat(report.quarantined()).extracting(QuarantinedFile::name).containsExactly(name);
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

    private List<String> segments() {
        return names().stream().filter(name -> name.startsWith("v1/log/")).toList();
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
    void foundingIsTakenUpAfterItFailed() {
        Database ann = device("ann");
        add(ann, "a");
        FailingStorage failing = new FailingStorage(storage);
        for (int puts = 0; puts < 4; puts++) {
            failing.failPutsAfter(puts);
            try {
                RemoteLibrary.open(ann, failing).sync();
            } catch (StorageException expected) {
                assertThat(expected).hasMessageContaining("network is down");
            }
        }
        failing.failPutsAfter(Integer.MAX_VALUE);
        RemoteLibrary.open(ann, failing).sync();
        Database bob = device("bob");
        sync(bob);
        assertEqual(ann, bob);
        assertThat(names().stream().filter(name -> name.contains("library"))).hasSize(1);
    }

    @Test
    void deviceRecordsAreReplacedAndSayWhatWasApplied() {
        Database ann = device("ann");
        for (int round = 0; round < 5; round++) {
            add(ann, "a" + round);
            sync(ann);
        }
        assertThat(names().stream().filter(name -> name.startsWith("v1/devices/")))
                .hasSize(2);
        Database bob = device("bob");
        sync(bob);
        RemoteMemory memory =
                new RemoteMemory((dev.tidemark.engine.internal.store.SqliteDatabase) bob, storage.description());
        DeviceRecord record = memory.devices().get(ann.replica());
        assertThat(record.name()).isEqualTo("ann");
        assertThat(record.vector().heads()).isEqualTo(Map.of(ann.replica(), 5L));
    }

    @Test
    void oneSyncOfADatabaseAtATime() {
        Database ann = device("ann");
        try (SyncLock lock = SyncLock.acquire(ann.file(), java.time.Duration.ZERO)) {
            Thread other = new Thread(() -> assertThatThrownBy(() -> RemoteLibrary.open(ann, storage)
                            .sync(dev.tidemark.engine.sync.SyncOptions.DEFAULT.waiting(
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
    private static final class Named implements RemoteStorage {
        private final RemoteStorage storage;
        private final String name;

        Named(RemoteStorage storage, String name) {
            this.storage = storage;
            this.name = name;
        }

        @Override
        public List<StoredObject> list(String prefix, String after) {
            return storage.list(prefix, after);
        }

        @Override
        public byte[] get(String object) {
            return storage.get(object);
        }

        @Override
        public void put(String object, byte[] content) {
            storage.put(object, content);
        }

        @Override
        public void delete(String object) {
            storage.delete(object);
        }

        @Override
        public String description() {
            return name;
        }

        @Override
        public void close() {}
    }
}
