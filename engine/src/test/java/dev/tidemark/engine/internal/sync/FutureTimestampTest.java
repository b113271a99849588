package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.CausalContext;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.ChangelogQuery;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.HlcTimestamp;
import dev.tidemark.engine.changelog.Maintenance;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.segment.PartFile;
import dev.tidemark.engine.internal.segment.SegmentEncoder;
import dev.tidemark.engine.internal.segment.SegmentFixture;
import dev.tidemark.engine.internal.store.StateDump;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.TransactionException;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.sync.SyncOptions;
import dev.tidemark.engine.sync.SyncReport;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A file with a timestamp more than a year ahead moves no clock: it is quarantined. */
class FutureTimestampTest extends RemoteLibraryFixture {
    private static final long END = (1L << (47 + HlcTimestamp.COUNTER_BITS)) - 1;
    private static final ReplicaId INVENTED = new ReplicaId(1L << 61);

    private String plantSegment(Database library, long time) {
        Change change = new Change(
                new Dot(INVENTED, 1),
                time,
                0,
                CausalContext.EMPTY,
                Change.Kind.INSERT,
                "todo",
                new UUID(5, 5),
                Map.of("title", "from the end of time"));
        SegmentEncoder.Encoded file = new SegmentEncoder(library.library(), 1).encode(List.of(change));
        storage.put(file.name().toString(), file.content());
        return file.name().toString();
    }

    @Test
    void aSegmentWithATimestampMoreThanAYearAheadIsQuarantinedAndEverybodyGoesOnWriting() {
        Database ann = device("ann");
        add(ann, "of ann");
        sync(ann);
        String planted = plantSegment(ann, END);
        Database bob = device("bob");
        for (Database device : List.of(ann, bob)) {
            SyncReport report = sync(device);
            assertThat(report.quarantined())
                    .containsExactly(new SyncReport.QuarantinedFile(planted, Problem.FILE_FROM_FUTURE));
            add(device, "later");
            sync(device);
        }
        sync(ann);
        assertEqual(ann, bob);
        assertThat(ann.list(Query.of("SELECT id FROM todo"))).hasSize(3);
    }

    @Test
    void aTimestampAFewMonthsAheadIsAppliedAsAlways() {
        Database ann = device("ann");
        add(ann, "of ann");
        sync(ann);
        plantSegment(ann, Instant.now().plus(Duration.ofDays(300)).toEpochMilli() << HlcTimestamp.COUNTER_BITS);
        assertThat(sync(ann).quarantined()).isEmpty();
        assertThat(ann.list(Query.of("SELECT id FROM todo"))).hasSize(2);
    }

    private static void applyFromTheEndOfTime(Database database) {
        applyAt(database, END);
    }

    private static void applyAt(Database database, long time) {
        UUID row = database.list(Query.of("SELECT id FROM todo ORDER BY title"))
                .getFirst()
                .uuid("id");
        Change change = new Change(
                new Dot(INVENTED, 1),
                time,
                0,
                new CausalContext(database.changelog().vector(), Set.of()),
                Change.Kind.UPDATE,
                "todo",
                row,
                Map.of("title", "from the end of time"));
        database.changelog().append(new Batch(List.of(change)));
    }

    @Test
    void aLibraryThatHasATimestampFromTheEndOfTimeIsRepairedAndEverybodyGoesOn() {
        Database ann = device("ann");
        Database bob = device("bob");
        for (int number = 0; number < 10; number++) {
            add(ann, "row " + number);
        }
        sync(ann);
        sync(bob);
        // As a device of an earlier version took it in, and passed it on.
        applyFromTheEndOfTime(ann);
        applyFromTheEndOfTime(bob);
        assertThatThrownBy(() -> add(ann, "refused")).isInstanceOf(TransactionException.class);
        String before = ann.dump();
        Maintenance.RepairReport repair = ann.maintenance().repair();
        assertThat(repair.restamped()).isEqualTo(1);
        assertThat(repair.inserted() + repair.changed() + repair.deleted()).isZero();
        assertThat(repair.backup()).isNotNull().exists();
        assertThat(ann.dump()).isEqualTo(before);
        assertThat(ann.maintenance().repair().backup())
                .as("nothing is left to repair")
                .isNull();
        add(ann, "written again");
        assertThat(ann.changelog().list(ChangelogQuery.ALL))
                .allSatisfy(change -> assertThat(change.timestamp().millis())
                        .isLessThan(Instant.now().plusSeconds(60).toEpochMilli()));
        RemoteLibrary.open(ann, storage).startNewEpoch(SyncOptions.DEFAULT);
        Database cid = device("cid");
        assertThat(sync(cid).isComplete()).isTrue();
        add(cid, "of a new device");
        sync(cid);
        RemoteLibrary.open(bob, storage).connect(RemoteLibrary.JoinMode.REPLACE, SyncOptions.DEFAULT);
        add(bob, "of the other device");
        sync(bob);
        sync(ann);
        sync(cid);
        assertEqual(ann, bob, cid);
        assertThat(ann.list(Query.of("SELECT id FROM todo"))).hasSize(13);
        assertThat(ann.conflicts()).isEmpty();
    }

    /** A manifest of the device's own with this clock value; returns its name. */
    private String plantManifest(Database owner, long clock) {
        PartFile.Owner parts = new PartFile.Owner(owner.library(), 1, clock, owner.replica());
        VersionVector vector = owner.changelog().vector();
        byte[] content = new SnapshotManifest(
                        parts, vector, SegmentFixture.chains(vector.heads().keySet()), List.of(), Instant.now())
                .toBytes();
        String planted = SnapshotManifest.nameOf(parts, content).toString();
        storage.put(planted, content);
        return planted;
    }

    /** As before it was repaired. While it lies there, nobody can tell which attachments are still referred to. */
    @Test
    void aDeviceRemovesItsOwnSnapshotFromTheFutureAndOthersLeaveIt() {
        Database ann = device("ann");
        Database bob = device("bob");
        add(ann, "of ann");
        sync(ann);
        String planted = plantManifest(ann, END);
        assertThat(sync(bob).quarantined())
                .containsExactly(new SyncReport.QuarantinedFile(planted, Problem.FILE_FROM_FUTURE));
        assertThat(names()).contains(planted);
        sync(ann);
        assertThat(names()).doesNotContain(planted);
        assertThat(sync(bob).quarantined()).isEmpty();
    }

    /** A clock that has lost its time makes sound snapshots look so. */
    @Test
    void aDeviceWhoseClockIsFarBehindRemovesNoSnapshotOfItsOwn() {
        Database ann = device("ann");
        add(ann, "of ann");
        sync(ann);
        long clock = Instant.now().plus(Duration.ofDays(1_000)).toEpochMilli() << HlcTimestamp.COUNTER_BITS;
        applyAt(ann, clock);
        String planted = plantManifest(ann, clock);
        sync(ann);
        assertThat(names()).contains(planted);
    }

    @Test
    void devicesThatEachRepairTheirCopyEndEqual() {
        Database ann = device("ann");
        Database bob = device("bob");
        add(ann, "row");
        sync(ann);
        sync(bob);
        for (Database device : List.of(ann, bob)) {
            applyFromTheEndOfTime(device);
            assertThat(device.maintenance().repair().restamped()).isEqualTo(1);
            add(device, "not yet published");
        }
        sync(ann);
        sync(bob);
        sync(ann);
        assertEqual(ann, bob);
        assertThat(ann.list(Query.of("SELECT id FROM todo"))).hasSize(3);
        assertThat(ann.conflicts()).isEmpty();
    }

    private SyncReport sync(Database database, InstantSource clock) {
        return RemoteLibrary.open(database, storage, "", clock).sync();
    }

    /** Its clock runs two years ahead until it is repaired. */
    @Test
    void aRepairedDeleteReachesDevicesThatNeverAppliedIt() {
        AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
        InstantSource clock = () -> Instant.now().plus(ahead.get());
        Database ann = device("ann", clock);
        Database bob = device("bob");
        List<UUID> rows = new ArrayList<>();
        for (int number = 0; number < 5; number++) {
            rows.add(add(ann, "row " + number));
        }
        sync(ann, clock);
        sync(bob);
        sync(ann, clock);
        ahead.set(Duration.ofDays(730));
        ann.write(tx -> tx.execute("DELETE FROM todo WHERE id = ?", rows.get(0)));
        ann.write(tx -> tx.execute("UPDATE todo SET title = 'edited' WHERE id = ?", rows.get(1)));
        sync(ann, clock);
        assertThat(sync(bob).quarantined())
                .extracting(SyncReport.QuarantinedFile::reason)
                .contains(Problem.FILE_FROM_FUTURE);
        add(bob, "of bob");
        sync(bob);
        ahead.set(Duration.ZERO);
        String before = ann.dump();
        assertThat(ann.maintenance().repair().restamped()).isEqualTo(2);
        assertThat(ann.dump()).isEqualTo(before);
        sync(ann, clock);
        SyncReport report = sync(bob);
        assertThat(report.firstMissing()).isEmpty();
        assertThat(report.isComplete()).isTrue();
        Database cid = device("cid");
        assertThat(sync(cid).isComplete()).isTrue();
        sync(ann, clock);
        assertEqual(ann, bob, cid);
        assertThat(bob.list(Query.of("SELECT title FROM todo")))
                .extracting(row -> row.text("title"))
                .containsExactlyInAnyOrder("edited", "row 2", "row 3", "row 4", "of bob");
        int files = names().size();
        sync(ann, clock);
        assertThat(names()).as("one snapshot is enough").hasSize(files);
        RemoteLibrary.open(ann, storage, "", clock).startNewEpoch(SyncOptions.DEFAULT);
        RemoteLibrary.open(bob, storage).connect(RemoteLibrary.JoinMode.MERGE, SyncOptions.DEFAULT);
        assertThat(sync(bob).quarantined())
                .extracting(SyncReport.QuarantinedFile::reason)
                .doesNotContain(Problem.FILE_DROPS_ROWS);
        sync(ann, clock);
        assertEqual(ann, bob);
        assertThat(ann.conflicts()).isEmpty();
    }

    @Test
    void aRepairRefusesWhereTheClockOfThisComputerIsBehind() {
        AtomicReference<Duration> behind = new AtomicReference<>(Duration.ZERO);
        Database ann = device("ann", () -> Instant.now().minus(behind.get()));
        for (int number = 0; number < 5; number++) {
            add(ann, "row " + number);
        }
        for (Duration wrong : List.of(Duration.ofDays(3 * 365), Duration.ofDays(30 * 365))) {
            behind.set(wrong);
            String before = StateDump.of(ann);
            assertThatThrownBy(() -> ann.maintenance().repair())
                    .isInstanceOfSatisfying(
                            TransactionException.class,
                            refused -> assertThat(refused.problem()).isEqualTo(Problem.DATABASE_CLOCK_BEHIND));
            assertThat(StateDump.of(ann)).isEqualTo(before);
            assertThat(folder).isDirectoryNotContaining("glob:**.before-*");
        }
        behind.set(Duration.ZERO);
        assertThat(ann.maintenance().repair().restamped()).isZero();
    }
}
