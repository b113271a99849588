package dev.tidemark.engine.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.Changelog;
import dev.tidemark.engine.changelog.Snapshot;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.sync.SyncEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/correctness.md#r4: snapshots between real databases, in combination with other features. */
class SnapshotTest {
    @TempDir
    Path folder;

    private final long[] now = {1_800_000_000_000L};
    private final UUID id = Replicas.id();
    private Replicas replicas;
    private SqliteDatabase a;
    private SqliteDatabase b;

    @BeforeEach
    void open() {
        replicas = new Replicas(folder, Replicas.TASKS);
        a = open("a");
        b = open("b");
    }

    @AfterEach
    void close() {
        replicas.close();
    }

    private SqliteDatabase open(String name) {
        return replicas.open(name, Replicas.TASKS, () -> Instant.ofEpochMilli(now[0]++));
    }

    private static void take(SqliteDatabase from, SqliteDatabase into) {
        try (Snapshot snapshot = from.snapshot()) {
            into.changelog().installSnapshot(snapshot);
        }
    }

    private void acknowledgeAll(SqliteDatabase... databases) {
        for (int day = 0; day < 3; day++) {
            for (SqliteDatabase one : databases) {
                for (SqliteDatabase other : databases) {
                    if (one != other) {
                        SyncEngine.sync(one.changelog(), other.changelog());
                    }
                }
            }
            now[0] += Acknowledgements.EDIT_FORM_LIFETIME.toMillis();
        }
    }

    @Test
    void aRowThatWasForgottenGoesFromADeviceThatNeverHeardOfItsDelete() {
        SqliteDatabase c = open("c");
        Replicas.run(a, "INSERT INTO note(id, body) VALUES (?, 'old')", id);
        Replicas.pull(a, b, Batch.Limit.DEFAULT);
        Replicas.pull(a, c, Batch.Limit.DEFAULT);
        Replicas.run(a, "DELETE FROM note WHERE id = ?", id);
        // The one that is away is retired: else nobody would forget anything.
        a.maintenance().exclude(c.replica());
        b.maintenance().exclude(c.replica());
        acknowledgeAll(a, b);
        a.maintenance().exclude(c.replica());
        assertThat(a.maintenance().run(Duration.ofMinutes(1), () -> false).tombstonesCollected())
                .isEqualTo(1);
        assertThat(Replicas.column(c, "SELECT body FROM note")).containsExactly("old");

        take(a, c);

        assertThat(Replicas.column(c, "SELECT body FROM note")).isEmpty();
        assertThat(StateDump.of(c)).isEqualTo(StateDump.of(a));
        assertThat(c.dump()).isEqualTo(a.dump());
    }

    @Test
    void anEditOfARowThatASnapshotLacksBringsItBackWholeEverywhere() {
        SqliteDatabase c = open("c");
        Replicas.run(a, "INSERT INTO note(id, body) VALUES (?, 'old')", id);
        Replicas.pull(a, b, Batch.Limit.DEFAULT);
        Replicas.pull(a, c, Batch.Limit.DEFAULT);
        Replicas.run(a, "DELETE FROM note WHERE id = ?", id);
        Replicas.run(c, "UPDATE note SET body = 'mine' WHERE id = ?", id);
        a.maintenance().exclude(c.replica());
        b.maintenance().exclude(c.replica());
        acknowledgeAll(a, b);
        a.maintenance().run(Duration.ofMinutes(1), () -> false);

        take(a, c);
        Replicas.pull(c, a, Batch.Limit.DEFAULT);

        for (SqliteDatabase database : List.of(a, c)) {
            assertThat(Replicas.column(database, "SELECT body FROM note")).containsExactly("mine");
            assertThat(database.hiddenRows()).isEmpty();
        }
        assertThat(c.dump()).isEqualTo(a.dump());
    }

    @Test
    void aTombstoneKeepsItsCellsSoThatALaterEditRevivesAFullRow() {
        Replicas.run(a, "INSERT INTO task(id, title, done) VALUES (?, 'milk', 1)", id);
        Replicas.pull(a, b, Batch.Limit.DEFAULT);
        Replicas.run(a, "DELETE FROM task WHERE id = ?", id);
        now[0] += 1000;
        Replicas.run(b, "UPDATE task SET title = 'oat milk' WHERE id = ?", id);
        SqliteDatabase c = open("c");
        take(a, c);
        assertThat(Replicas.column(c, "SELECT title FROM task")).isEmpty();

        Replicas.pull(b, c, Batch.Limit.DEFAULT);
        Replicas.pull(b, a, Batch.Limit.DEFAULT);

        assertThat(Replicas.column(c, "SELECT title || done FROM task")).containsExactly("oat milk1");
        assertThat(StateDump.of(c)).isEqualTo(StateDump.of(a));
        assertThat(c.conflicts()).hasSize(1).isEqualTo(a.conflicts());
    }

    @Test
    void openConflictsComeAlongAndEndEverywhereWhenSomebodyWritesOverBoth() {
        Replicas.run(a, "INSERT INTO note(id, body) VALUES (?, 'first')", id);
        Replicas.sync(a, b);
        Replicas.run(a, "UPDATE note SET body = 'of a' WHERE id = ?", id);
        Replicas.run(b, "UPDATE note SET body = 'of b' WHERE id = ?", id);
        Replicas.sync(a, b);
        SqliteDatabase c = open("c");
        take(a, c);
        assertThat(c.conflicts()).hasSize(1).isEqualTo(a.conflicts());
        assertThat(contexts(c)).isEqualTo(contexts(a)).isEqualTo(1L);

        Replicas.run(c, "UPDATE note SET body = 'both' WHERE id = ?", id);
        Replicas.pull(c, a, Batch.Limit.DEFAULT);
        take(c, b);

        assertThat(a.conflicts()).isEmpty();
        assertThat(b.conflicts()).isEmpty();
        assertThat(StateDump.of(b)).isEqualTo(StateDump.of(a)).isEqualTo(StateDump.of(c));
    }

    private static Object contexts(SqliteDatabase database) {
        return Replicas.value(database, "SELECT count(*) FROM tm_sibling WHERE context IS NOT NULL");
    }

    @Test
    void whatWasWrittenHereAndNotPublishedStaysAndIsInConflictWhereItIs() {
        Replicas.run(a, "INSERT INTO note(id, body) VALUES (?, 'first')", id);
        Replicas.sync(a, b);
        Replicas.run(b, "UPDATE note SET body = 'not published' WHERE id = ?", id);
        UUID own = Replicas.id();
        Replicas.run(b, "INSERT INTO note(id, body) VALUES (?, 'only here')", own);
        Replicas.run(a, "UPDATE note SET body = 'of a' WHERE id = ?", id);
        take(a, b);
        assertThat(b.conflicts()).hasSize(1);
        Replicas.pull(b, a, Batch.Limit.DEFAULT);
        assertThat(StateDump.of(b)).isEqualTo(StateDump.of(a));
        assertThat(b.conflicts()).isEqualTo(a.conflicts());
        SqliteDatabase again = replicas.reopen(b);
        assertThat(again.dump()).isEqualTo(a.dump());
        assertThat(again.changelog().vector()).isEqualTo(a.changelog().vector());
    }

    @Test
    void aRowMadeAnewWinsOverATombstoneThatTheSnapshotForgotWhateverTheClockSays() {
        now[0] += Duration.ofDays(300).toMillis();
        Replicas.run(a, "INSERT INTO note(id, body) VALUES (?, 'from the future')", id);
        Replicas.run(a, "DELETE FROM note WHERE id = ?", id);
        acknowledgeAll(a, b);
        a.maintenance().run(Duration.ofMinutes(1), () -> false);
        assertThat(StateDump.of(a)).doesNotContain(id.toString());
        now[0] -= Duration.ofDays(310).toMillis();
        SqliteDatabase c = open("c");
        take(a, c);
        Replicas.run(c, "INSERT INTO note(id, body) VALUES (?, 'again')", id);
        Replicas.pull(c, b, Batch.Limit.DEFAULT);
        assertThat(StateDump.of(b)).contains("delete");
        assertThat(Replicas.column(b, "SELECT body FROM note")).containsExactly("again");
    }

    @Test
    void anOlderProgramKeepsWhatItDoesNotKnowAndPassesItOnInASnapshot() {
        SqliteDatabase newer = replicas.open("newer", UpgradeHistoryTest.schema(UpgradeHistoryTest.NEWEST));
        Replicas.run(newer, "INSERT INTO label(id, name) VALUES (?, 'urgent')", id);
        take(newer, a);
        assertThat(a.waitingCells()).isNotEmpty();
        SqliteDatabase other = replicas.open("other", UpgradeHistoryTest.schema(UpgradeHistoryTest.NEWEST));
        take(a, other);
        assertThat(Replicas.column(other, "SELECT name FROM label WHERE id = ?", id))
                .containsExactly("urgent");
        assertThat(other.waitingCells()).isEmpty();
    }

    @Test
    void takingTwiceEqualsOnceAndWhatIsCoveredIsNotTakenAgain() {
        Replicas.run(a, "INSERT INTO note(id, body) VALUES (?, 'one')", id);
        take(a, b);
        String state = StateDump.of(b);
        VersionVector floor = b.changelog().floor();
        try (Snapshot snapshot = a.snapshot()) {
            assertThat(b.changelog().installSnapshot(snapshot).changes()).isZero();
        }
        Replicas.run(b, "UPDATE note SET body = 'two' WHERE id = ?", id);
        Replicas.pull(b, a, Batch.Limit.DEFAULT);
        assertThat(b.changelog().floor()).isEqualTo(floor);
        assertThat(state).contains("one");
        assertThat(StateDump.of(a)).isEqualTo(StateDump.of(b));
    }

    @Test
    void aSnapshotThatIsMalformedChangesNothing() {
        Replicas.run(a, "INSERT INTO note(id, body) VALUES (?, 'one')", id);
        Replicas.run(b, "INSERT INTO note(id, body) VALUES (?, 'mine')", Replicas.id());
        String before = StateDump.of(b);
        try (Snapshot whole = a.snapshot()) {
            Snapshot.Part part = whole.next();
            byte[] bad = part.content().clone();
            bad[bad.length / 2] ^= 0x55;
            Snapshot damaged = new OnePart(whole, new Snapshot.Part(part.length(), bad));
            assertThatThrownBy(() -> b.changelog().installSnapshot(damaged))
                    .isInstanceOf(Snapshot.UnusableException.class);
        }
        assertThat(StateDump.of(b)).isEqualTo(before);
        assertThat(Replicas.value(b, "SELECT count(*) FROM tm_snapshot_part")).isEqualTo(0L);
        take(a, b);
        assertThat(Replicas.column(b, "SELECT body FROM note ORDER BY body")).containsExactly("mine", "one");
    }

    @Test
    void aBackupThatMeetsItsOwnLaterChangesInASnapshotTakesNothing() throws Exception {
        Replicas.run(a, "INSERT INTO note(id, body) VALUES (?, 'one')", id);
        a.close();
        Files.copy(replicas.file("a"), replicas.file("backup"));
        a = open("a");
        Replicas.run(a, "UPDATE note SET body = 'two' WHERE id = ?", id);
        SqliteDatabase backup = open("backup");
        assertThatThrownBy(() -> take(a, backup)).isInstanceOf(Changelog.GapException.class);
        assertThat(Replicas.column(backup, "SELECT body FROM note")).containsExactly("one");
    }

    /** One part of a snapshot, instead of what it has. */
    private static final class OnePart implements Snapshot {
        private final Snapshot snapshot;
        private Snapshot.Part left;

        OnePart(Snapshot snapshot, Snapshot.Part part) {
            this.snapshot = snapshot;
            this.left = part;
        }

        @Override
        public String name() {
            return snapshot.name();
        }

        @Override
        public VersionVector vector() {
            return snapshot.vector();
        }

        @Override
        public long clock() {
            return snapshot.clock();
        }

        @Override
        public Snapshot.Part next() {
            Snapshot.Part next = left;
            left = null;
            return next;
        }

        @Override
        public void skip(int parts) {
            left = parts > 0 ? null : left;
        }

        @Override
        public void close() {
            // The whole one is closed by whoever opened it.
        }
    }
}
