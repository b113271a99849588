package dev.tidemark.engine.internal.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.history.Conflict;
import dev.tidemark.engine.history.HiddenRow;
import dev.tidemark.engine.internal.store.Replicas;
import dev.tidemark.engine.internal.store.SqliteDatabase;
import dev.tidemark.engine.problem.QueryException;
import dev.tidemark.engine.problem.TransactionException;
import dev.tidemark.proof.Proof;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Resolving conflicts (docs/correctness.md#r5), restoring deleted rows and showing hidden rows has the same result on
 * all devices.
 */
class ConflictResolutionTest extends ThreeReplicas {
    private static boolean delete(SqliteDatabase database, UUID row) {
        return database.write(tx -> tx.delete("task", row));
    }

    private static boolean restore(SqliteDatabase database, UUID row) {
        return database.write(tx -> tx.restore("task", row));
    }

    private void expectNoConflicts() {
        for (SqliteDatabase database : List.of(a, b, c)) {
            assertThat(database.conflicts()).isEmpty();
        }
    }

    @Test
    void usingTheLosersValueEndsTheConflictOnAllDevices() {
        Replicas.run(a, "UPDATE task SET title = 'oats'");
        Replicas.run(b, "UPDATE task SET title = 'bread'");
        Replicas.syncAll(a, b, c);
        Conflict conflict = c.conflicts().getFirst();
        Map<ReplicaId, String> names = c.replicaNames();
        assertThat(names.get(conflict.loser().dot().replica())).isIn("a", null);
        assertThat(conflict.loser().wallMillis())
                .isLessThanOrEqualTo(Replicas.TICKING.millis())
                .isPositive();
        Replicas.run(c, "UPDATE task SET title = ?", conflict.loser().value());
        Replicas.syncAll(a, b, c);
        expectNoConflicts();
        assertThat(Replicas.value(b, "SELECT title FROM task")).isEqualTo("oats");
    }

    @Test
    void editThatLostAgainstADeleteCanBeBroughtBack() {
        Replicas.run(a, "UPDATE task SET title = 'edited', code = 'x'");
        Replicas.run(b, "DELETE FROM task");
        Replicas.syncAll(a, b, c);
        Conflict conflict = c.conflicts().getFirst();
        assertThat(conflict.column()).isEqualTo(Conflict.ROW);
        assertThat(conflict.winner().delete()).isTrue();
        assertThat(c.retainedValues("task", id))
                .containsEntry("title", "edited")
                .containsEntry("code", "x");
        assertThat(restore(c, id)).isTrue();
        assertThat(c.retainedValues("task", id)).isEmpty();
        Replicas.syncAll(a, b, c);
        expectNoConflicts();
        for (SqliteDatabase database : List.of(a, b, c)) {
            assertThat(Replicas.value(database, "SELECT title || code || done FROM task"))
                    .isEqualTo("editedx0");
        }
        a = replicas.reopen(a);
        expectNoConflicts();
    }

    @Test
    void whoBringsARowBackDecidesNothingBetweenTheEditsWithin() {
        Replicas.run(a, "UPDATE task SET title = 'oats', done = 1");
        Replicas.run(b, "UPDATE task SET title = 'rice'");
        Replicas.run(c, "DELETE FROM task");
        Replicas.syncAll(a, b, c);
        assertThat(restore(c, id)).isTrue();
        Replicas.syncAll(a, b, c);
        for (SqliteDatabase database : List.of(a, b, c)) {
            assertThat(Replicas.value(database, "SELECT title || done FROM task"))
                    .isEqualTo("rice1");
            assertThat(database.conflicts()).extracting(Conflict::column).containsExactly("title");
            assertThat(database.conflicts().getFirst().loser().value()).isEqualTo("oats");
        }
        Replicas.run(b, "UPDATE task SET title = 'both'");
        Replicas.syncAll(a, b, c);
        expectNoConflicts();
    }

    @Test
    void deleteThatLostCanBeUsedAfterAll() {
        Replicas.run(b, "DELETE FROM task");
        Replicas.run(a, "UPDATE task SET title = 'edited'");
        Replicas.syncAll(a, b, c);
        assertThat(c.conflicts().getFirst().loser().delete()).isTrue();
        assertThat(delete(c, id)).isTrue();
        Replicas.syncAll(a, b, c);
        expectNoConflicts();
        assertThat(Replicas.column(a, "SELECT 1 FROM task")).isEmpty();
    }

    @Test
    void onlyDeletedRowsAreRestoredAndOnlyWhereTheyFit() {
        UUID parent = Replicas.id();
        a.write(tx -> {
            assertThat(tx.restore("task", id)).isFalse();
            assertThat(tx.restore("task", Replicas.id())).isFalse();
            tx.execute("INSERT INTO folder VALUES (?, 'f')", parent);
            return tx.execute("UPDATE task SET folder_id = ?", parent);
        });
        a.write(tx -> tx.execute("DELETE FROM folder"));
        assertThatThrownBy(() -> a.write(tx -> tx.restore("task", id))).isInstanceOf(QueryException.class);
        a.write(tx -> tx.restore("folder", parent) && tx.restore("task", id));
        assertThat(Replicas.value(a, "SELECT title FROM task WHERE folder_id = ?", parent))
                .isEqualTo("milk");
        assertThatThrownBy(() -> a.write(tx -> tx.restore("setting", id))).isInstanceOf(TransactionException.class);
        assertThatThrownBy(() -> a.retainedValues("setting", id)).isInstanceOf(TransactionException.class);
    }

    private UUID hiddenRival() {
        UUID older = Replicas.id();
        UUID rival = Replicas.id();
        Replicas.run(a, "INSERT INTO task(id, title, code) VALUES (?, 'first', 'same')", older);
        Replicas.run(b, "INSERT INTO task(id, title, code) VALUES (?, 'second', 'same')", rival);
        Replicas.syncAll(a, b, c);
        for (SqliteDatabase database : List.of(a, b, c)) {
            assertThat(database.hiddenRows())
                    .containsExactly(new HiddenRow("task", rival, HiddenRow.Reason.UNIQUE_CONFLICT, "task", older));
            assertThat(database.retainedValues("task", rival))
                    .containsEntry("title", "second")
                    .containsEntry("code", "same");
            assertThat(database.retainedValues("task", older)).isEmpty();
        }
        return rival;
    }

    @Test
    void rowHiddenByAUniqueValueIsShownOnceTheOtherIsRenamed() {
        UUID rival = hiddenRival();
        Replicas.run(c, "UPDATE task SET code = 'other' WHERE title = 'first'");
        assertThat(c.hiddenRows()).isEmpty();
        Replicas.syncAll(a, b, c);
        assertThat(Replicas.value(a, "SELECT title FROM task WHERE id = ?", rival))
                .isEqualTo("second");
        assertThat(b.hiddenRows()).isEmpty();
    }

    @Test
    void rowHiddenByAUniqueValueCanBeDeletedUnseen() {
        UUID rival = hiddenRival();
        assertThat(delete(c, rival)).isTrue();
        assertThat(c.hiddenRows()).isEmpty();
        Replicas.syncAll(a, b, c);
        for (SqliteDatabase database : List.of(a, b, c)) {
            assertThat(database.hiddenRows()).isEmpty();
            assertThat(Replicas.column(database, "SELECT title FROM task WHERE code = 'same'"))
                    .containsExactly("first");
        }
        Replicas.run(a, "UPDATE task SET code = 'free' WHERE title = 'first'");
        Replicas.syncAll(a, b, c);
        assertThat(Replicas.column(b, "SELECT 1 FROM task WHERE id = ?", rival)).isEmpty();
        expectNoConflicts();
    }

    @Test
    void hiddenRowThatIsDeletedHereAndEditedThereIsAConflict() {
        UUID rival = hiddenRival();
        delete(c, rival);
        Replicas.run(a, "UPDATE task SET code = 'free' WHERE title = 'first'");
        Replicas.run(a, "UPDATE task SET title = 'edited meanwhile' WHERE id = ?", rival);
        Replicas.syncAll(a, b, c);
        for (SqliteDatabase database : List.of(a, b, c)) {
            assertThat(database.conflicts()).hasSize(1);
            assertThat(Replicas.value(database, "SELECT title FROM task WHERE id = ?", rival))
                    .isEqualTo("edited meanwhile");
        }
    }

    @Proof
    @Test
    void thousandsOfConflictsAreListedAndEnded() {
        a.write(tx -> {
            for (int row = 1; row < 2_000; row++) {
                tx.execute("INSERT INTO task(id, title) VALUES (?, 'x')", Replicas.id());
            }
            return null;
        });
        Replicas.syncAll(a, b);
        Replicas.run(a, "UPDATE task SET title = 'from a'");
        Replicas.run(b, "UPDATE task SET title = 'from b'");
        Replicas.syncAll(a, b);
        a.conflicts();
        long start = System.nanoTime();
        List<Conflict> conflicts = a.conflicts();
        System.out.println(
                "ConflictSolvingTest: 2000 conflicts are listed in " + (System.nanoTime() - start) / 1_000_000 + " ms");
        assertThat(conflicts).hasSize(2_000).isEqualTo(b.conflicts());
        Replicas.run(b, "UPDATE task SET title = 'both'");
        Replicas.syncAll(a, b, c);
        expectNoConflicts();
    }
}
