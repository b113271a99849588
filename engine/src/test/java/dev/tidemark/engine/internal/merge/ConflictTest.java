package dev.tidemark.engine.internal.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.Query;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.history.Conflict;
import dev.tidemark.engine.internal.store.Replicas;
import dev.tidemark.engine.internal.store.SqliteDatabase;
import dev.tidemark.engine.problem.TransactionException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** docs/correctness.md#r5, acceptance 33: on all devices, writes conflict exactly if concurrent and different. */
class ConflictTest extends ThreeReplicas {
    private static void title(SqliteDatabase database, String title) {
        Replicas.run(database, "UPDATE task SET title = ?", title);
    }

    @Test
    void concurrentAndDifferentIsOneAndNamesBothSides() {
        title(a, "oats");
        title(b, "bread");
        Replicas.syncAll(a, b, c);
        for (SqliteDatabase database : List.of(a, b, c)) {
            Conflict conflict = database.conflicts().getFirst();
            assertThat(database.conflicts()).hasSize(1);
            assertThat(conflict.column()).isEqualTo("title");
            assertThat(conflict.winner().value()).isEqualTo("bread");
            assertThat(conflict.winner().dot().replica()).isEqualTo(b.replica());
            assertThat(conflict.loser().value()).isEqualTo("oats");
            assertThat(conflict.loser().dot().replica()).isEqualTo(a.replica());
            assertThat(conflict.loser().wallMillis())
                    .isLessThan(conflict.winner().wallMillis());
        }
    }

    @Test
    void sameValueOnBothIsNone() {
        title(a, "oats");
        title(b, "oats");
        Replicas.syncAll(a, b, c);
        assertThat(a.conflicts()).isEmpty();
    }

    @Test
    void sameValueOnTwoAndAnotherOnTheThirdIsOneForEachLoser() {
        title(a, "oats");
        title(b, "oats");
        title(c, "bread");
        Replicas.syncAll(a, b, c);
        assertThat(a.conflicts())
                .hasSize(2)
                .allMatch(conflict -> "bread".equals(conflict.winner().value()));
        title(b, "both");
        Replicas.syncAll(a, b, c);
        assertThat(a.conflicts()).isEmpty();
    }

    @Test
    void oneHadSeenTheOtherIsNone() {
        title(a, "oats");
        Replicas.sync(a, b);
        title(b, "bread");
        title(b, "rye");
        Replicas.syncAll(a, b, c);
        assertThat(a.conflicts()).isEmpty();
    }

    @Test
    void oneDeviceAloneHasNone() {
        title(a, "x");
        title(a, "y");
        Replicas.syncAll(a, b, c);
        assertThat(c.conflicts()).isEmpty();
    }

    @Test
    void writingOverBothEndsItOnAllDevices() {
        title(a, "oats");
        title(b, "bread");
        Replicas.syncAll(a, b, c);
        title(c, "both");
        assertThat(c.conflicts()).isEmpty();
        Replicas.syncAll(a, b, c);
        assertThat(a.conflicts()).isEmpty();
        assertThat(b.conflicts()).isEmpty();
    }

    @Test
    void savingTheWinnersValueAgainEndsNothingButResolvingDoes() {
        title(a, "oats");
        title(b, "bread");
        Replicas.syncAll(a, b, c);
        title(c, "bread");
        assertThat(c.conflicts()).hasSize(1);
        int changes = Replicas.changes(c).size();
        resolve(c, "title");
        assertThat(Replicas.changes(c)).hasSize(changes + 1);
        Replicas.syncAll(a, b, c);
        assertThat(a.conflicts()).isEmpty();
        assertThat(Replicas.value(a, "SELECT title FROM task")).isEqualTo("bread");
    }

    @Test
    void writingAnotherColumnEndsNothing() {
        title(a, "oats");
        title(b, "bread");
        Replicas.syncAll(a, b, c);
        Replicas.run(c, "UPDATE task SET done = 1");
        Replicas.syncAll(a, b, c);
        assertThat(a.conflicts()).hasSize(1);
    }

    @Test
    void twoDevicesThatResolveDifferentlyConflictAnew() {
        title(a, "oats");
        title(b, "bread");
        Replicas.syncAll(a, b, c);
        title(a, "barley");
        resolve(b, "title");
        Replicas.syncAll(a, b, c);
        assertThat(a.conflicts()).hasSize(1);
        assertThat(a.conflicts().getFirst().loser().value()).isEqualTo("barley");
    }

    @Test
    void writeThatWasNotSeenStaysWhenAnotherIsOverwritten() {
        title(a, "oats");
        title(b, "bread");
        Replicas.sync(a, c);
        title(c, "knows a only");
        Replicas.syncAll(a, b, c);
        assertThat(a.conflicts()).hasSize(1);
        assertThat(a.conflicts().getFirst().loser().value()).isEqualTo("bread");
    }

    @Test
    void formThatWasOpenedBeforeAMergeHasNotSeenIt() {
        title(b, "bread");
        VersionVector opened = a.changelog().vector();
        Replicas.sync(a, b);
        a.writeBasedOn(opened, tx -> tx.execute("UPDATE task SET title = 'from the form'"));
        Replicas.syncAll(a, b, c);
        assertThat(a.conflicts()).hasSize(1);
        assertThat(a.conflicts().getFirst().loser().value()).isEqualTo("bread");
        assertThat(Replicas.value(b, "SELECT title FROM task")).isEqualTo("from the form");
    }

    @Test
    void formCannotHaveSeenWhatIsNotHere() {
        title(b, "bread");
        a.writeBasedOn(b.changelog().vector(), tx -> tx.execute("UPDATE task SET title = 'claims to know'"));
        Replicas.syncAll(a, b, c);
        assertThat(a.conflicts()).hasSize(1);
    }

    @Test
    void resultCarriesTheVectorForSuchForms() throws InterruptedException {
        java.util.concurrent.BlockingQueue<VersionVector> seen = new java.util.concurrent.LinkedBlockingQueue<>();
        try (var subscription = a.subscribe(
                Query.of("SELECT title FROM task"), Runnable::run, result -> seen.add(result.vector()), error -> {})) {
            assertThat(seen.poll(10, java.util.concurrent.TimeUnit.SECONDS))
                    .isEqualTo(a.changelog().vector());
        }
    }

    @Test
    void rowsInsertedOnTwoDevicesWithOneIdMergeByColumn() {
        UUID shared = Replicas.id();
        Replicas.run(a, "INSERT INTO note VALUES (?, 'same')", shared);
        Replicas.run(b, "INSERT INTO note VALUES (?, 'same')", shared);
        UUID other = Replicas.id();
        Replicas.run(a, "INSERT INTO note VALUES (?, 'one')", other);
        Replicas.run(b, "INSERT INTO note VALUES (?, 'two')", other);
        Replicas.syncAll(a, b, c);
        assertThat(a.conflicts()).hasSize(1).allMatch(conflict -> conflict.row().equals(other));
    }

    @Test
    void hiddenRowsCellsAreNotCoveredByAnInsertThatDidNotSeeThem() {
        UUID parent = Replicas.id();
        Replicas.run(a, "INSERT INTO folder VALUES (?, 'f')", parent);
        Replicas.syncAll(a, b, c);
        UUID child = Replicas.id();
        Replicas.run(b, "INSERT INTO task(id, title, folder_id) VALUES (?, 'hidden', ?)", child, parent);
        Replicas.run(a, "DELETE FROM folder");
        Replicas.syncAll(a, b, c);
        Replicas.run(a, "INSERT INTO task(id, title) VALUES (?, 'blind')", child);
        Replicas.syncAll(a, b, c);
        assertThat(a.hiddenRows()).isEmpty();
        assertThat(Replicas.value(c, "SELECT title FROM task WHERE id = ?", child))
                .isEqualTo("blind");
        assertThat(c.conflicts())
                .extracting(conflict -> conflict.loser().value())
                .contains("hidden");
    }

    @Test
    void whatCannotBeResolvedIsRefused() {
        for (String column : List.of("nonsense", "id")) {
            assertThatThrownBy(() -> resolve(a, column)).isInstanceOf(TransactionException.class);
        }
        assertThatThrownBy(() -> a.write(tx -> {
                    tx.resolve("setting", id, "value");
                    return null;
                }))
                .isInstanceOf(TransactionException.class)
                .hasMessageContaining("not synced");
        assertThatThrownBy(() -> a.write(tx -> {
                    tx.resolve("task", Replicas.id(), "title");
                    return null;
                }))
                .isInstanceOf(TransactionException.class)
                .hasMessageContaining("no row");
    }

    @Test
    void conflictSurvivesReopening() {
        title(a, "oats");
        title(b, "bread");
        Replicas.syncAll(a, b, c);
        List<Conflict> before = a.conflicts();
        a = replicas.reopen(a);
        assertThat(a.conflicts()).isEqualTo(before);
    }

    private void resolve(SqliteDatabase database, String column) {
        database.write(tx -> {
            tx.resolve("task", id, column);
            return null;
        });
    }
}
