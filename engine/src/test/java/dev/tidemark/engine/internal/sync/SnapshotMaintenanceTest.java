package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.changelog.Snapshot;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.sync.SyncOptions;
import dev.tidemark.engine.sync.SyncReport;
import dev.tidemark.proof.Proof;
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
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Devices write snapshots to a storage and remove superseded ones. */
class SnapshotMaintenanceTest extends RemoteSnapshotFixture {
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
        RemoteStorage slow = new OverridableStorage(storage) {
            @Override
            public void put(String name, byte[] content) {
                if (name.startsWith("v1/base/")) {
                    add(ann, "while it is put");
                    assertThat(canTruncateWal(ann)).isTrue();
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

    /** Whether SQLite can truncate the WAL: no connection reads an older state. */
    private static boolean canTruncateWal(Database database) {
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

    /** No attachment is removed while there is a manifest that cannot be read. */
    @Test
    void aManifestThatWasCutOffIsRemovedByItsMaker() {
        Database ann = device("ann");
        typeALot(ann);
        syncNow(ann);
        String whole = manifests().getFirst();
        String half = whole.replaceFirst("-[0-9a-f]{32}\\.json", "-" + "7".repeat(32) + ".json");
        storage.put(half, Arrays.copyOf(storage.get(whole), 100));
        syncNow(device("bob"));
        assertThat(manifests()).contains(half);
        syncNow(ann);
        assertThat(manifests()).containsExactly(whole);
    }

    /** A snapshot that is being put now looks just the same: only time tells. */
    @Test
    void whatADeviceThatIsGoneHasHalfPutIsRemovedAfterAMonth() {
        Database ann = device("ann");
        Database bob = device("bob");
        typeALot(ann);
        FailingStorage failing = new FailingStorage(storage);
        failing.failPutsOf("v1/snapshots/");
        assertThatThrownBy(() -> syncNow(ann, failing, SyncOptions.DEFAULT)).isInstanceOf(StorageException.class);
        List<String> left = parts();
        assertThat(left).isNotEmpty();
        now = now.plus(Duration.ofDays(3));
        syncNow(bob);
        assertThat(manifests()).as("another one makes it").hasSize(1);
        assertThat(parts()).containsAll(left);
        // The manifest comes after all, as from a folder tool: then they are parts of a snapshot, and another month
        // begins.
        String manifest = "v1/snapshots/"
                + left.getFirst().substring("v1/base/".length()).substring(0, 33) + "-" + "0".repeat(32) + ".json";
        storage.put(manifest, new byte[0]);
        now = now.plus(Duration.ofDays(40));
        syncNow(bob);
        storage.delete(manifest);
        now = now.plus(Duration.ofDays(2));
        syncNow(bob);
        now = now.plus(Duration.ofDays(29));
        syncNow(bob);
        assertThat(parts()).containsAll(left);
        now = now.plus(Duration.ofDays(2));
        syncNow(bob);
        assertThat(parts()).isNotEmpty().doesNotContainAnyElementsOf(left);
        Database cid = device("cid");
        syncNow(cid);
        assertEqual(bob, cid);
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

    @Proof
    @Test
    void theSnapshotOfADeviceThatIsAwayStaysForAMonth() {
        Database ann = device("ann");
        Database bob = device("bob");
        typeALot(ann);
        syncNow(ann);
        String anns = manifests().getFirst();
        syncNow(bob);
        typeALot(bob);
        typeALot(bob);
        syncNow(bob);
        assertThat(manifests()).hasSize(2).contains(anns);
        now = now.plus(Duration.ofDays(29));
        syncNow(bob);
        assertThat(manifests()).contains(anns);
        now = now.plus(Duration.ofDays(2));
        syncNow(bob);
        assertThat(manifests()).hasSize(1).doesNotContain(anns);
    }

    @Test
    void aPartThatDoesNotComeBackAsItWasPutMakesNoSnapshot() {
        Database ann = device("ann");
        typeALot(ann);
        RemoteStorage forgetful = new OverridableStorage(storage) {
            @Override
            public byte[] get(String name) {
                byte[] content = super.get(name);
                return name.startsWith("v1/base/") ? Arrays.copyOf(content, content.length - 1) : content;
            }
        };
        assertThatThrownBy(() -> syncNow(ann, forgetful, SyncOptions.DEFAULT))
                .isInstanceOf(Snapshot.UnusableException.class);
        assertThat(manifests()).isEmpty();
        assertThat(segments()).as("the changes are published").isNotEmpty();
    }

    /** Buckets and folder tools list a page twice now and then. */
    @Test
    void aListingThatNamesAPartTwiceIsNoTrouble() {
        FaultyStorage repeating = new FaultyStorage(storage);
        repeating.listing(found -> {
            found.addAll(List.copyOf(found));
            return found;
        });
        Database ann = device("ann");
        typeALot(ann);
        syncNow(ann);
        // A day later its parts are looked for again, before the log goes because of them.
        now = now.plus(Duration.ofDays(2));
        syncNow(ann, repeating, SyncOptions.DEFAULT);
        now = now.plus(Duration.ofDays(2));
        syncNow(ann, repeating, SyncOptions.DEFAULT);
        assertThat(segments()).isEmpty();
    }
}
