package dev.tidemark.engine.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.CausalContext;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Changelog;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.HlcTimestamp;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Acceptance 17 and 18, docs/correctness.md#r9 and #r15: the content, listing and appending of a changelog. */
class ChangelogTest {
    @TempDir
    Path folder;

    private Replicas replicas;
    private SqliteDatabase a;
    private SqliteDatabase b;

    @BeforeEach
    void open() {
        replicas = new Replicas(folder, Replicas.TASKS);
        a = replicas.open("a");
        b = replicas.open("b");
        for (int count = 0; count < 20; count++) {
            note(count % 3 == 0 ? b : a, "n" + count);
            if (count % 5 == 0) {
                Replicas.sync(a, b);
            }
        }
        Replicas.sync(a, b);
    }

    @AfterEach
    void close() {
        replicas.close();
    }

    private static void note(SqliteDatabase database, String body) {
        Replicas.run(database, "INSERT INTO note VALUES (?, ?)", Replicas.id(), body);
    }

    @Test
    void aClockAtTheVeryEndIsCalledThat() {
        long end = (1L << (47 + HlcTimestamp.COUNTER_BITS)) - 1;
        Change change = new Change(
                new Dot(ReplicaId.random(), 1),
                end,
                0,
                CausalContext.EMPTY,
                Change.Kind.INSERT,
                "note",
                Replicas.id(),
                Map.of("body", "from the end of time"));
        a.changelog().append(new Batch(List.of(change)));
        String before = StateDump.of(a);

        assertThatThrownBy(() -> note(a, "later than that"))
                .isInstanceOf(dev.tidemark.engine.problem.TransactionException.class)
                .hasMessageContaining("thousands of years ahead");
        assertThat(StateDump.of(a)).isEqualTo(before);
    }

    @Test
    void idsAreSortedVersionSevenAndFollowTheSequence() {
        List<Change> all = Replicas.changes(a);
        assertThat(all).extracting(Change::timestamp).isSorted().doesNotHaveDuplicates();
        assertThat(all)
                .allMatch(change ->
                        HlcTimestamp.fromUuid(change.timestamp().toUuid()).equals(change.timestamp()));
        Map<ReplicaId, Long> heads = new HashMap<>();
        for (Change change : all) {
            long before = heads.getOrDefault(change.dot().replica(), 0L);
            assertThat(change.dot().sequence()).isEqualTo(before + 1);
            assertThat(VersionVector.of(heads).covers(change.context().vector()))
                    .as("causal order")
                    .isTrue();
            heads.put(change.dot().replica(), before + 1);
        }
        assertThat(VersionVector.of(heads)).isEqualTo(a.changelog().vector());
    }

    @Test
    void everythingAfterAVectorAndNothingElse() {
        List<Change> all = Replicas.changes(a);
        for (long ofA = 0; ofA <= 13; ofA += 4) {
            for (long ofB = 0; ofB <= 7; ofB += 3) {
                VersionVector after = VersionVector.EMPTY.with(a.replica(), ofA).with(b.replica(), ofB);
                assertThat(Replicas.changes(a, after))
                        .containsExactlyElementsOf(all.stream()
                                .filter(change -> !after.covers(change.dot()))
                                .toList());
            }
        }
        assertThat(Replicas.changes(a, a.changelog().vector())).isEmpty();
        VersionVector beyond = a.changelog().vector().with(a.replica(), 1000).with(ReplicaId.random(), 3);
        assertThat(Replicas.changes(a, beyond)).isEmpty();
    }

    @Test
    void batchesAreBounded() {
        for (int limit : new int[] {1, 3, 20, 100}) {
            List<Change> read = new ArrayList<>();
            try (var reader = a.changelog().read(VersionVector.EMPTY, new Batch.Limit(limit, 1 << 20))) {
                for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                    assertThat(batch.changes()).hasSizeBetween(1, limit);
                    read.addAll(batch.changes());
                }
            }
            assertThat(read).isEqualTo(Replicas.changes(a));
        }
    }

    @Test
    void contentSurvivesTheJourneyAndReopening() {
        List<Change> all = Replicas.changes(a);
        assertThat(Replicas.changes(b)).isEqualTo(all);
        a = replicas.reopen(a);
        assertThat(Replicas.changes(a)).isEqualTo(all);
        long head = a.changelog().vector().get(a.replica());
        note(a, "next");
        assertThat(Replicas.changes(a).getLast().dot()).isEqualTo(new Dot(a.replica(), head + 1));
    }

    @Test
    void orderOfAppendingDoesNotMatter() {
        SqliteDatabase one = replicas.open("one");
        SqliteDatabase other = replicas.open("other");
        SqliteDatabase lone = replicas.open("lone");
        note(lone, "x");
        Replicas.pull(lone, one, Batch.Limit.DEFAULT);
        Replicas.pull(a, one, Batch.Limit.DEFAULT);
        Replicas.pull(a, other, new Batch.Limit(3, 1 << 20));
        Replicas.pull(lone, other, Batch.Limit.DEFAULT);
        assertThat(StateDump.of(other)).isEqualTo(StateDump.of(one));
        assertThat(Replicas.changes(other)).isEqualTo(Replicas.changes(one));
    }

    @Test
    void appendThatLeavesAGapIsRefusedAndAddsNothing() {
        SqliteDatabase fresh = replicas.open("fresh");
        List<Change> all = Replicas.changes(a);
        List<Change> holed = new ArrayList<>(all);
        holed.remove(all.size() / 2);
        assertThatThrownBy(() -> fresh.changelog().append(new Batch(holed))).isInstanceOf(Changelog.GapException.class);
        assertThatThrownBy(() -> fresh.changelog().append(new Batch(all.reversed())))
                .isInstanceOf(Changelog.GapException.class);
        assertThat(fresh.changelog().vector()).isEqualTo(VersionVector.EMPTY);
        assertThat(Replicas.column(fresh, "SELECT * FROM note")).isEmpty();
        assertThat(StateDump.of(fresh)).isEmpty();
        fresh.changelog().append(new Batch(all));
        assertThat(StateDump.of(fresh)).isEqualTo(StateDump.of(a));
    }

    @Test
    void changeWhoseWriterHadSeenWhatIsMissingIsRefused() {
        note(b, "seen by a");
        Replicas.sync(a, b);
        note(a, "knows b");
        Change last = Replicas.changes(a).getLast();
        SqliteDatabase fresh = replicas.open("fresh");
        List<Change> ofA = Replicas.changes(a).stream()
                .filter(change -> change.dot().replica().equals(a.replica()))
                .toList();
        assertThat(last.context().vector().get(b.replica())).isPositive();
        assertThatThrownBy(() -> fresh.changelog().append(new Batch(ofA)))
                .isInstanceOf(Changelog.GapException.class)
                .hasMessageContaining("had seen");
        assertThat(fresh.changelog().vector()).isEqualTo(VersionVector.EMPTY);
    }

    @Test
    void ownChangesThatWereNeverMadeHereAreRefused() {
        Change foreign = new Change(
                new Dot(a.replica(), a.changelog().vector().get(a.replica()) + 1),
                1L << 52,
                0,
                CausalContext.EMPTY,
                Change.Kind.INSERT,
                "note",
                Replicas.id(),
                Map.of("body", "forged"));
        assertThatThrownBy(() -> a.changelog().append(new Batch(List.of(foreign))))
                .isInstanceOf(Changelog.GapException.class)
                .hasMessageContaining("copy of another device");
    }

    @Test
    void malformedStampsDoNotExist() {
        assertThatThrownBy(() -> new HlcTimestamp(1L << 59, a.replica())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Change(
                        new Dot(b.replica(), 1),
                        1L << 59,
                        0,
                        CausalContext.EMPTY,
                        Change.Kind.DELETE,
                        "note",
                        Replicas.id(),
                        Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
        HlcTimestamp last = new HlcTimestamp((1L << 59) - 1, b.replica());
        assertThat(HlcTimestamp.fromUuid(last.toUuid())).isEqualTo(last);
        assertThat(last.toUuid().version()).isEqualTo(7);
    }

    @Test
    void contextsNameOnlyWhatWasHeld() {
        List<Change> all = Replicas.changes(a);
        assertThat(all).allMatch(change -> change.context().unseen().equals(Set.of()));
        assertThat(all)
                .allMatch(change -> change.context().vector().get(change.dot().replica()) == 0);
    }
}
