package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.encryption.Encryption;
import dev.tidemark.engine.storage.FolderStorage;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.storage.RemoteStorage.StoredObject;
import dev.tidemark.engine.storage.StorageException;
import dev.tidemark.engine.sync.RemoteLibrary;
import dev.tidemark.engine.sync.SyncOptions;
import dev.tidemark.engine.sync.SyncReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Snapshots in a storage: when they are made, used, passed over and removed. */
class RemoteSnapshotTest extends RemoteLibraryFixture {
    private final Random random = new Random(24);
    private Instant now = Instant.parse("2026-11-21T12:00:00Z");

    private SyncReport syncNow(Database database) {
        return syncNow(database, storage, SyncOptions.DEFAULT);
    }

    private SyncReport syncNow(Database database, RemoteStorage through, SyncOptions options) {
        return RemoteLibrary.open(database, through, "", () -> now).sync(options);
    }

    /** So much typing into few notes that the log outgrows what it leads to. */
    private void typeALot(Database database) {
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

    private List<String> manifests() {
        return named("v1/snapshots/");
    }

    private List<String> parts() {
        return named("v1/base/");
    }

    private List<String> named(String folder) {
        return names().stream().filter(name -> name.startsWith(folder)).toList();
    }

    /** As if everybody had acknowledged everything: the log goes, the snapshot stays. */
    private void removeLog() {
        segments().forEach(storage::delete);
    }

    @Test
    void aSnapshotIsMadeWhenTheLogOutgrowsTheStateAndNotBefore() {
        Database ann = device("ann");
        add(ann, "one");
        syncNow(ann);
        assertThat(manifests()).isEmpty();
        typeALot(ann);
        SyncReport report = syncNow(ann);
        assertThat(manifests()).hasSize(1);
        assertThat(parts()).hasSize(1);
        assertThat(report.requests()).as("making it is maintenance").isLessThanOrEqualTo(3);
        syncNow(ann);
        assertThat(manifests()).as("one is enough").hasSize(1);
    }

    /** Else the write-ahead log grows for as long as a slow line takes. */
    @Test
    void whileASnapshotIsPutNothingHoldsTheWriteAheadLog() {
        Database ann = device("ann");
        typeALot(ann);
        AtomicInteger looked = new AtomicInteger();
        RemoteStorage slow = new ForwardingStorage(storage) {
            @Override
            public void put(String name, byte[] content) {
                if (name.startsWith("v1/base/")) {
                    add(ann, "while it is put");
                    assertThat(couldStartOver(ann)).isTrue();
                    looked.incrementAndGet();
                }
                super.put(name, content);
            }
        };
        syncNow(ann, slow, SyncOptions.DEFAULT);
        assertThat(looked).hasPositiveValue();
        assertThat(manifests()).hasSize(1);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.endsWith(".tmp"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Database bob = device("bob");
        syncNow(bob);
        syncNow(ann);
        syncNow(bob);
        assertEqual(ann, bob);
    }

    /** Whether all of the write-ahead log can go into the database, and it can begin anew: nobody reads an older state. */
    private static boolean couldStartOver(Database database) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database.file());
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 5000");
            try (ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
                return row.next() && row.getInt(1) == 0;
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

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

    @Test
    void aDamagedMissingOrSwappedPartMakesReadersTakeTheLog() {
        Database ann = device("ann");
        typeALot(ann);
        syncNow(ann);
        String part = parts().getFirst();
        byte[] whole = storage.get(part);
        int number = 0;
        for (byte[] bad :
                List.of(new byte[0], damaged(whole), storage.get(segments().getFirst()))) {
            storage.delete(part);
            if (bad.length > 0) {
                storage.put(part, bad);
            }
            Database reader = device("reader" + number++);
            // Else it would make another one by itself.
            SyncReport report = syncNow(reader, storage, SyncOptions.DEFAULT.publishingIf(() -> false));
            assertThat(report.isComplete()).isTrue();
            assertThat(reader.dump()).isEqualTo(ann.dump());
            assertThat(reader.changelog().floor()).isEqualTo(VersionVector.EMPTY);
            assertThat(report.quarantined())
                    .anySatisfy(file ->
                            assertThat(file.name()).isEqualTo(manifests().getFirst()));
        }
    }

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

    @Test
    void whatIsHalfPutIsNoSnapshotAndIsClearedAway() {
        Database ann = device("ann");
        typeALot(ann);
        FailingStorage failing = new FailingStorage(storage);
        failing.failPutsOf("v1/snapshots/");
        assertThatThrownBy(() -> syncNow(ann, failing, SyncOptions.DEFAULT)).isInstanceOf(StorageException.class);
        assertThat(manifests()).isEmpty();
        List<String> left = parts();
        assertThat(left).isNotEmpty();
        add(ann, "more");
        syncNow(ann);
        assertThat(manifests()).hasSize(1);
        assertThat(parts()).hasSize(1).doesNotContainAnyElementsOf(left);
        Database bob = device("bob");
        syncNow(bob);
        assertEqual(ann, bob);
    }

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

    @Test
    void anEncryptedLibraryHasSnapshotsToo() {
        Encryption encryption = Encryption.passphrase("correct horse battery staple"::toCharArray, code -> {});
        Database ann = device("ann");
        typeALot(ann);
        RemoteLibrary.open(ann, storage, "", () -> now, encryption).sync();
        assertThat(manifests()).hasSize(1).allSatisfy(name -> assertThat(name).endsWith(".age"));
        assertThat(parts()).isNotEmpty().allSatisfy(name -> assertThat(name).endsWith(".age"));
        removeLog();
        Database bob = device("bob");
        assertThat(RemoteLibrary.open(bob, storage, "", () -> now, encryption)
                        .sync()
                        .isComplete())
                .isTrue();
        assertEqual(ann, bob);
    }

    @Test
    void theLogGoesWhereASnapshotCoversItAndEverybodyHasAcknowledgedIt() {
        Database ann = device("ann");
        typeALot(ann);
        syncNow(ann);
        assertThat(segments()).isNotEmpty();
        now = now.plus(Duration.ofHours(2));
        syncNow(ann);
        assertThat(segments()).isEmpty();
        add(ann, "later");
        syncNow(ann);
        assertThat(segments()).hasSize(1);
        Database bob = device("bob");
        assertThat(syncNow(bob).isComplete()).isTrue();
        assertEqual(ann, bob);
        now = now.plus(Duration.ofHours(2));
        syncNow(ann);
        assertThat(segments()).as("no snapshot covers it").hasSize(1);
    }

    @Test
    void anOldSnapshotGoesAWeekAfterAnotherHasTakenItsPlace() {
        Database ann = device("ann");
        typeALot(ann);
        syncNow(ann);
        String older = manifests().getFirst();
        typeALot(ann);
        typeALot(ann);
        syncNow(ann);
        assertThat(manifests()).hasSize(2).contains(older);
        now = now.plus(Duration.ofDays(6));
        add(ann, "six days later");
        syncNow(ann);
        assertThat(manifests()).contains(older);
        now = now.plus(Duration.ofDays(2));
        add(ann, "eight days later");
        syncNow(ann);
        assertThat(manifests()).hasSize(1).doesNotContain(older);
        String left = manifests().getFirst().substring("v1/snapshots/".length()).substring(0, 33);
        assertThat(parts()).allSatisfy(part -> assertThat(part).contains(left));
    }

    private static byte[] damaged(byte[] file) {
        byte[] damaged = file.clone();
        damaged[damaged.length / 2] ^= 1;
        return damaged;
    }
}
