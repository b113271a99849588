package dev.tidemark.engine.internal.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.CausalContext;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.history.Conflict;
import dev.tidemark.engine.history.HiddenRow;
import dev.tidemark.engine.internal.store.Replicas;
import dev.tidemark.engine.internal.store.SqliteDatabase;
import dev.tidemark.engine.internal.store.StateDump;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** docs/correctness.md#r2, acceptance 27 and 28: deletes concurrent with edits. */
class DeleteMergeTest extends ThreeReplicas {
    private static void delete(Database database) {
        assertThat(Replicas.run(database, "DELETE FROM task")).isEqualTo(1);
    }

    private static void edit(Database database) {
        assertThat(Replicas.run(database, "UPDATE task SET title = 'edited'")).isEqualTo(1);
    }

    private void expectAlike(Database... databases) {
        for (Database database : databases) {
            assertThat(StateDump.of(database)).isEqualTo(StateDump.of(a));
            assertThat(database.dump()).isEqualTo(a.dump());
            assertThat(database.conflicts()).isEqualTo(a.conflicts());
        }
    }

    @Test
    void laterEditWinsAndShowsTheFullRowWithConflict() {
        delete(a);
        edit(b);
        Replicas.sync(a, b);
        for (SqliteDatabase database : List.of(a, b)) {
            assertThat(Replicas.value(database, "SELECT title || code || done FROM task"))
                    .isEqualTo("editedm0");
            assertThat(database.conflicts()).hasSize(1);
            Conflict conflict = database.conflicts().getFirst();
            assertThat(conflict.column()).isEqualTo(Conflict.ROW);
            assertThat(conflict.loser().delete()).isTrue();
            assertThat(conflict.winner().delete()).isFalse();
            assertThat(conflict.winner().dot().replica()).isEqualTo(b.replica());
        }
        expectAlike(b);
    }

    @Test
    void laterDeleteWinsWithConflict() {
        edit(b);
        delete(a);
        Replicas.sync(a, b);
        for (SqliteDatabase database : List.of(a, b)) {
            assertThat(Replicas.column(database, "SELECT 1 FROM task")).isEmpty();
            assertThat(database.conflicts()).hasSize(1);
            assertThat(database.conflicts().getFirst().winner().delete()).isTrue();
        }
        expectAlike(b);
    }

    @Test
    void everyOrderOfArrivalEndsAlike() {
        edit(b);
        delete(a);
        Replicas.run(c, "UPDATE task SET done = 1");
        List<SqliteDatabase> sources = List.of(a, b, c);
        List<Change> first = List.of(Replicas.changes(a).getFirst());
        String state = null;
        for (int[] order : new int[][] {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}}) {
            SqliteDatabase fresh = replicas.open("f" + order[0] + order[1]);
            fresh.changelog().append(new Batch(first));
            for (int index : order) {
                Replicas.pull(sources.get(index), fresh, Batch.Limit.DEFAULT);
            }
            state = state == null ? StateDump.of(fresh) : state;
            assertThat(StateDump.of(fresh)).isEqualTo(state);
            assertThat(Replicas.value(fresh, "SELECT title || code || done FROM task"))
                    .isEqualTo("editedm1");
        }
    }

    @Test
    void deleteKnownToTheEditorIsNoConflict() {
        delete(a);
        Replicas.sync(a, b);
        Replicas.run(b, "INSERT INTO task(id, title) VALUES (?, 'again')", id);
        Replicas.sync(a, b);
        assertThat(a.conflicts()).isEmpty();
        assertThat(Replicas.value(a, "SELECT title FROM task")).isEqualTo("again");
        expectAlike(b);
    }

    @Test
    void keepingTheRowEndsTheConflictEverywhere() {
        delete(a);
        edit(b);
        Replicas.syncAll(a, b, c);
        c.write(tx -> {
            tx.resolve("task", id, Conflict.ROW);
            return null;
        });
        Replicas.syncAll(a, b, c);
        assertThat(a.conflicts()).isEmpty();
        assertThat(Replicas.value(a, "SELECT title FROM task")).isEqualTo("edited");
        expectAlike(b, c);
    }

    @Test
    void keepingTheDeleteEndsTheConflictEverywhere() {
        edit(b);
        delete(a);
        Replicas.syncAll(a, b, c);
        c.write(tx -> {
            tx.resolve("task", id, Conflict.ROW);
            return null;
        });
        assertThat(c.conflicts()).isEmpty();
        Replicas.syncAll(a, b, c);
        assertThat(a.conflicts()).isEmpty();
        assertThat(Replicas.column(a, "SELECT 1 FROM task")).isEmpty();
        expectAlike(b, c);
    }

    @Test
    void writingOverBothEndsTheConflictEverywhere() {
        delete(a);
        edit(b);
        Replicas.syncAll(a, b, c);
        Replicas.run(c, "UPDATE task SET done = 1");
        Replicas.syncAll(a, b, c);
        assertThat(a.conflicts()).isEmpty();
        delete(b);
        Replicas.syncAll(a, b, c);
        assertThat(a.conflicts()).isEmpty();
        expectAlike(b, c);
    }

    @Test
    void insertOverTombstoneHasNotSeenTheEditsThatLost() {
        edit(b);
        delete(a);
        Replicas.sync(a, b);
        Replicas.run(a, "INSERT INTO task(id, title) VALUES (?, 'fresh')", id);
        Replicas.syncAll(a, b, c);
        assertThat(Replicas.value(c, "SELECT title FROM task")).isEqualTo("fresh");
        assertThat(a.conflicts())
                .extracting(Conflict::column, conflict -> conflict.loser().value())
                .contains(org.assertj.core.groups.Tuple.tuple("title", "edited"));
        expectAlike(b, c);
    }

    @Test
    void deletedEverywhereStaysGoneWhenAnOldDeviceReturns() {
        SqliteDatabase old = replicas.open("old");
        Replicas.sync(a, old);
        old.close();
        delete(a);
        Replicas.syncAll(a, b, c);
        old = replicas.open("old");
        Replicas.run(old, "INSERT INTO note VALUES (?, 'n')", Replicas.id());
        Replicas.sync(old, b);
        Replicas.syncAll(a, b, c, old);
        for (SqliteDatabase database : List.of(a, b, c, old)) {
            assertThat(Replicas.column(database, "SELECT 1 FROM task")).isEmpty();
            assertThat(database.conflicts()).isEmpty();
        }
        expectAlike(b, c, old);
    }

    @Test
    void deletedOnTwoDevicesIsNoConflict() {
        delete(a);
        delete(b);
        Replicas.syncAll(a, b, c);
        assertThat(a.conflicts()).isEmpty();
        expectAlike(b, c);
    }

    @Test
    void editsOfRowWhoseInsertIsNotKnownAreListedAndNeverShown() {
        ReplicaId stranger = ReplicaId.random();
        UUID forgotten = Replicas.id();
        Change edit = new Change(
                new Dot(stranger, 1),
                1L << 52,
                0,
                CausalContext.EMPTY,
                Change.Kind.UPDATE,
                "task",
                forgotten,
                Map.of("title", "torn"));
        a.changelog().append(new Batch(List.of(edit)));
        assertThat(Replicas.column(a, "SELECT 1 FROM task WHERE id = ?", forgotten))
                .isEmpty();
        assertThat(a.hiddenRows())
                .containsExactly(new HiddenRow("task", forgotten, HiddenRow.Reason.TOMBSTONE_COLLECTED, null, null));
        assertThat(a.dump()).contains("torn");
        Replicas.syncAll(a, b);
        expectAlike(b);
        Replicas.run(b, "INSERT INTO task(id, title) VALUES (?, 'whole')", forgotten);
        Replicas.syncAll(a, b);
        assertThat(a.hiddenRows()).isEmpty();
        assertThat(Replicas.value(a, "SELECT title FROM task WHERE id = ?", forgotten))
                .isEqualTo("whole");
        expectAlike(b);
    }

    @Test
    void allOfThisSurvivesReopening() {
        delete(a);
        edit(b);
        Replicas.sync(a, b);
        Replicas.run(b, "DELETE FROM task");
        String state = StateDump.of(b);
        b = replicas.reopen(b);
        assertThat(StateDump.of(b)).isEqualTo(state);
        Replicas.run(b, "INSERT INTO task(id, title) VALUES (?, 'again')", id);
        Replicas.syncAll(a, b, c);
        expectAlike(b, c);
    }
}
