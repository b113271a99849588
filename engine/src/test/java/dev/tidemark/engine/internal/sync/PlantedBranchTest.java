package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.changelog.CausalContext;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.ChangelogQuery;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.HlcTimestamp;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.segment.SegmentEncoder;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.storage.FolderStorage;
import dev.tidemark.engine.storage.MemoryStorage;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.sync.SyncOptions;
import dev.tidemark.engine.sync.SyncReport;
import dev.tidemark.proof.Proof;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An attacker writes segments of a retired replica whose changes differ from those on this device (decision 67). */
class PlantedBranchTest extends RemoteLibraryFixture {
    private static final long END = (1L << (47 + HlcTimestamp.COUNTER_BITS)) - 1;

    private RemoteStorage files;
    private FaultyStorage watched;
    private Database ann;
    private ReplicaId old;
    private long wall;

    /** The old device has written changes 1 to 5 and is retired. */
    @BeforeEach
    void begin() throws IOException {
        files = FolderStorage.open(Files.createDirectories(folder.resolve("storage")));
        watched = new FaultyStorage(files);
        ann = device("ann");
        add(ann, "of Ann");
        syncFolder(ann);
        Database oldDevice = device("old");
        syncFolder(oldDevice);
        for (int number = 1; number < 5; number++) {
            add(oldDevice, "old " + number);
        }
        syncFolder(oldDevice);
        syncFolder(ann);
        old = oldDevice.replica();
        RemoteLibrary.open(ann, files).retire(old, SyncOptions.DEFAULT);
        syncFolder(ann);
        wall = Instant.now().toEpochMilli();
    }

    private SyncReport syncFolder(Database database) {
        return RemoteLibrary.open(database, watched).sync();
    }

    private Change change(long sequence, long time, CausalContext context, Change.Kind kind, UUID row, String title) {
        return new Change(new Dot(old, sequence), time, wall, context, kind, "todo", row, Map.of("title", title));
    }

    private Change insert(long sequence, String title) {
        long time = (wall + sequence) << HlcTimestamp.COUNTER_BITS;
        UUID row = UUID.nameUUIDFromBytes(title.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return change(sequence, time, CausalContext.EMPTY, Change.Kind.INSERT, row, title);
    }

    private String plant(Change... changes) {
        SegmentEncoder.Encoded file = new SegmentEncoder(ann.library(), 1).encode(List.of(changes));
        files.put(file.name().toString(), file.content());
        return file.name().toString();
    }

    private List<String> titles(Database database) {
        return database.list(Query.of("SELECT title FROM todo ORDER BY title")).stream()
                .map(row -> row.text("title"))
                .toList();
    }

    @Test
    void aTimestampFromTheEndOfTimeIsNotReissued() {
        String planted =
                plant(change(2, END, CausalContext.EMPTY, Change.Kind.INSERT, new UUID(5, 5), "from the end of time"));
        SyncReport report = syncFolder(ann);
        assertThat(report.quarantined())
                .containsExactly(new SyncReport.QuarantinedFile(planted, Problem.FILE_FROM_FUTURE));
        add(ann, "later");
        assertThat(titles(ann)).contains("later").doesNotContain("from the end of time");
    }

    /** Every vector and every causal context would name the id of each from then on. */
    @Proof
    @Test
    void moreBranchesThanCloningMakesAreNotReissued() {
        for (int number = 0; number < 100; number++) {
            plant(insert(2, "planted " + number));
        }
        SyncReport report = syncFolder(ann);
        assertThat(ann.changelog().vector().heads()).hasSizeLessThan(40);
        assertThat(report.quarantined())
                .extracting(SyncReport.QuarantinedFile::reason)
                .contains(Problem.FILE_TOO_MANY_BRANCHES);
        add(ann, "later");
        syncFolder(ann);
        Database bob = device("bob");
        syncFolder(bob);
        add(bob, "of Bob");
        syncFolder(bob);
        syncFolder(ann);
        assertThat(titles(ann)).contains("of Bob");
        assertThat(titles(bob)).contains("later");
    }

    private long logRequests(Runnable work) {
        watched.asked().clear();
        work.run();
        return watched.asked().stream()
                .filter(name -> name.startsWith("v1/log/" + old))
                .count();
    }

    @Proof
    @Test
    void aBranchThatWaitsForeverIsNotReadAtEverySync() {
        CausalContext never = new CausalContext(VersionVector.of(Map.of(new ReplicaId(99), 1_000L)), Set.of());
        plant(change(2, wall << HlcTimestamp.COUNTER_BITS, never, Change.Kind.INSERT, new UUID(5, 5), "waits"));
        Database bob = device("bob");
        syncFolder(bob);
        syncFolder(ann);
        syncFolder(ann);
        assertThat(logRequests(() -> syncFolder(ann))).as("nothing is new").isZero();
        long requests = 0;
        for (int number = 0; number < 10; number++) {
            add(bob, "news " + number);
            syncFolder(bob);
            requests += logRequests(() -> syncFolder(ann));
        }
        assertThat(requests).as("nothing is new that it waits for").isZero();
    }

    /** A clone was cloned again: one segment each, with the same first change. */
    @Test
    void twoBranchesThatBeginWithTheSameChangeAreBothReissued() {
        plant(insert(2, "x"), insert(3, "y"));
        plant(insert(2, "x"), insert(3, "z"));
        syncFolder(ann);
        assertThat(titles(ann)).contains("x", "y", "z");
        syncFolder(ann);
        Database bob = device("bob");
        syncFolder(bob);
        assertThat(titles(bob)).contains("x", "y", "z");
    }

    /** Its first transaction begins below the fork, and another one was cut from it. */
    @Test
    void aReissuedBranchKeepsItsTransactions() {
        List<Change> changes = new ArrayList<>();
        for (int number = 2; number < 8; number++) {
            Change change = insert(number, "planted " + number);
            long transaction = List.of(1, 1, 4, 5, 5, 5).get(number - 2);
            changes.add(new Change(
                    change.dot(),
                    transaction,
                    change.hlcTime(),
                    change.wallMillis(),
                    change.context(),
                    change.kind(),
                    change.table(),
                    change.row(),
                    change.values()));
        }
        plant(changes.toArray(Change[]::new));
        syncFolder(ann);
        Database bob = device("bob");
        syncFolder(bob);
        ReplicaId branch = ann.changelog().vector().heads().keySet().stream()
                .filter(id -> id.value() > old.value() && id.value() - old.value() < 1L << 40)
                .findFirst()
                .orElseThrow();
        for (Database device : List.of(ann, bob)) {
            assertThat(device.changelog().list(ChangelogQuery.ALL.by(branch)))
                    .extracting(Change::transaction)
                    .containsExactly(1L, 1L, 3L, 4L, 4L, 4L);
        }
    }

    @Test
    void aBranchOfThousandsOfEditsOfOneRowTakesLinearTime() {
        List<Change> changes = new ArrayList<>();
        UUID row = new UUID(6, 6);
        changes.add(
                change(2, wall << HlcTimestamp.COUNTER_BITS, CausalContext.EMPTY, Change.Kind.INSERT, row, "first"));
        for (long number = 3; number < 1_500; number++) {
            changes.add(change(
                    number,
                    (wall + number) << HlcTimestamp.COUNTER_BITS,
                    CausalContext.EMPTY,
                    Change.Kind.UPDATE,
                    row,
                    "edit " + number));
        }
        plant(changes.toArray(Change[]::new));
        syncFolder(ann);
        changes.add(insert(1_500, "more"));
        plant(changes.toArray(Change[]::new));
        assertTimeout(Duration.ofSeconds(30), () -> syncFolder(ann));
        assertThat(titles(ann)).contains("edit 1499", "more");
    }

    private void plantIn(RemoteStorage where, ReplicaId replica, Change... changes) {
        SegmentEncoder.Encoded file = new SegmentEncoder(ann.library(), 1)
                .encode(Stream.of(changes)
                        .map(change -> new Change(
                                new Dot(replica, change.dot().sequence()),
                                change.hlcTime(),
                                wall,
                                change.context(),
                                change.kind(),
                                change.table(),
                                change.row(),
                                change.values()))
                        .toList());
        where.put(file.name().toString(), file.content());
    }

    /** Changes of migrations have timestamps below those before them. */
    @Test
    void differencesInANewStorageAreUploadedInTheOrderOfTheirNumbers() {
        ReplicaId active = new ReplicaId(77);
        Change first = insert(1, "first");
        Change filled =
                change(2, 1L << 33, CausalContext.EMPTY, Change.Kind.UPDATE, first.row(), "filled in by a migration");
        plantIn(files, active, first, filled);
        syncFolder(ann);
        MemoryStorage second = new MemoryStorage();
        Database bob = device("bob");
        syncFolder(bob);
        RemoteLibrary.open(bob, second).sync();
        String before = second.list("v1/log/" + active, null).getFirst().name();
        second.delete(before);
        plantIn(second, active, insert(1, "another"), insert(2, "and one more"));
        RemoteLibrary.open(ann, second).sync();
        assertThat(second.list("v1/log/" + active, null)).hasSize(2);
    }

    /** A gap that no file fills: this device never completes a sync there. */
    @Test
    void aNewStorageWithAGapIsComparedOnce() {
        MemoryStorage second = new MemoryStorage();
        Database bob = device("bob");
        syncFolder(bob);
        add(bob, "of Bob");
        syncFolder(bob);
        syncFolder(ann);
        RemoteLibrary.open(bob, second).sync();
        plantIn(second, new ReplicaId(77), insert(9, "behind a gap"));
        FaultyStorage other = new FaultyStorage(second);
        RemoteLibrary.open(ann, other).sync();
        other.asked().clear();
        assertThat(RemoteLibrary.open(ann, other).sync().isComplete()).isFalse();
        assertThat(other.asked()).noneMatch(name -> name.startsWith("v1/log/" + bob.replica()));
    }
}
