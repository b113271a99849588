package dev.tidemark.engine.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.Changelog;
import dev.tidemark.engine.changelog.Maintenance;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.history.HiddenRow;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Acceptance 28, docs/correctness.md#r3: which tombstones are dropped and which are not yet, without visible effect.
 */
class TombstoneCollectionTest extends TombstoneCollectionFixture {
    @Test
    void anUnpublishedEditOfARowWhoseDeleteAllHaveAcknowledgedKeepsTheTombstone() {
        // C edits and goes on without publishing; it hears of the delete and acknowledges it.
        Replicas.run(c, "UPDATE note SET body = 'of c, not published' WHERE id = ?", id);
        Replicas.run(a, "DELETE FROM note WHERE id = ?", id);
        sync(a, b);
        Replicas.pull(a, c, Batch.Limit.DEFAULT);
        for (int day = 0; day < 2; day++) {
            for (SqliteDatabase each : List.of(a, b, c)) {
                each.changelog().acknowledgements();
            }
            aDayPasses();
        }
        List<Changelog.Acknowledgement> all = new java.util.ArrayList<>();
        for (SqliteDatabase each : List.of(a, b, c)) {
            each.changelog().acknowledgements().stream()
                    .filter(own -> own.replica().equals(each.replica()))
                    .forEach(all::add);
        }
        assertThat(all)
                .allSatisfy(each -> assertThat(each.applied().get(a.replica())).isEqualTo(2));
        a.changelog().acknowledge(all);

        assertThatThrownBy(() -> a.maintenance().truncateLog(a.changelog().vector()))
                .isInstanceOfSatisfying(Maintenance.NotAcknowledgedException.class, e -> {
                    assertThat(e.replica()).isEqualTo(c.replica());
                    assertThat(e).hasMessageContaining("up to number 2").hasMessageContaining("up to number 1");
                });
        tidy(a);
        assertThat(isTracked(a)).isTrue();
        sync(c, a);
        sync(c, b);
        assertThat(a.dump()).isEqualTo(b.dump()).isEqualTo(c.dump());
        assertThat(a.conflicts()).as("the edit stands against the delete").hasSize(1);
        tidy(a);
        assertThat(a.dump()).as("a conflict is never forgotten").isEqualTo(b.dump());
    }

    @Test
    void deletedEverywhereIsGoneAndStaysGoneWhenAnOldDeviceReturns() {
        SqliteDatabase old = replicas.open("old", Replicas.TASKS, clock);
        sync(old, a);
        Replicas.run(old, "INSERT INTO note VALUES (?, 'of the old device')", Replicas.id());
        sync(old, a);
        syncAll();
        Replicas.run(b, "DELETE FROM note WHERE id = ?", id);
        Replicas.run(c, "DELETE FROM note WHERE id = ?", id);
        acknowledgeAll();
        tidy(a);
        assertThat(isTracked(a)).as("the old device has not acknowledged").isTrue();

        acknowledge(old, a);
        String dump = a.dump();
        tidy(a);

        assertThat(isTracked(a)).isFalse();
        assertThat(count(a, "tm_retained")).isZero();
        assertThat(count(a, "tm_sibling")).isZero();
        sync(old, a);
        syncAll();
        assertThat(a.dump()).isEqualTo(dump).isEqualTo(old.dump()).isEqualTo(b.dump());
        assertThat(a.hiddenRows()).isEmpty();
        assertThat(Replicas.column(a, "SELECT 1 FROM note WHERE id = ?", id)).isEmpty();
    }

    @Test
    void aForgottenRowThatIsInsertedAgainIsTheSameEverywhere() {
        Replicas.run(a, "DELETE FROM note WHERE id = ?", id);
        acknowledgeAll();
        tidy(a);
        assertThat(isTracked(a)).isFalse();
        Replicas.run(b, "INSERT INTO note VALUES (?, 'back')", id);
        syncAll();

        assertThat(a.dump()).isEqualTo(b.dump()).isEqualTo(c.dump());
        assertThat(Replicas.value(a, "SELECT body FROM note WHERE id = ?", id)).isEqualTo("back");
        assertThat(a.conflicts()).isEmpty();
    }

    @Test
    void aFormThatIsOlderThanADayCountsAsHavingSeenWhatWasAcknowledged() {
        VersionVector opened = b.changelog().vector();
        Replicas.run(a, "DELETE FROM note WHERE id = ?", id);
        sync(a, b);
        b.writeBasedOn(opened, tx -> tx.execute("INSERT INTO note VALUES (?, 'saved in time')", id));
        assertThat(b.conflicts()).as("a form of today").hasSize(1);
        b.write(tx -> {
            tx.resolve("note", id, dev.tidemark.engine.history.Conflict.ROW);
            return null;
        });
        Replicas.run(b, "DELETE FROM note WHERE id = ?", id);
        acknowledgeAll();
        tidy(a);
        assertThat(isTracked(a)).isFalse();

        b.writeBasedOn(opened, tx -> tx.execute("INSERT INTO note VALUES (?, 'saved days later')", id));
        syncAll();

        assertThat(b.conflicts()).isEmpty();
        assertThat(a.dump()).isEqualTo(b.dump()).isEqualTo(c.dump());
    }

    @Test
    void anEditOfARetiredDeviceIsListedAsOfAForgottenRowAndNotShown() {
        Replicas.run(c, "UPDATE note SET body = 'never published' WHERE id = ?", id);
        Replicas.run(a, "DELETE FROM note WHERE id = ?", id);
        a.maintenance().exclude(c.replica());
        acknowledge(a, b);
        tidy(a);
        assertThat(isTracked(a)).isFalse();

        Replicas.pull(c, a, Batch.Limit.DEFAULT);

        assertThat(a.hiddenRows()).singleElement().satisfies(row -> {
            assertThat(row.row()).isEqualTo(id);
            assertThat(row.reason()).isEqualTo(HiddenRow.Reason.TOMBSTONE_COLLECTED);
        });
        assertThat(Replicas.column(a, "SELECT 1 FROM note WHERE id = ?", id)).isEmpty();
    }

    @Test
    void aDatabaseWithoutOtherReplicasCollectsNoTombstone() {
        SqliteDatabase alone = replicas.open("alone", Replicas.TASKS, clock);
        Replicas.run(alone, "INSERT INTO note VALUES (?, 'x')", id);
        Replicas.run(alone, "DELETE FROM note WHERE id = ?", id);
        alone.changelog().acknowledgements();
        aDayPasses();
        alone.changelog().acknowledgements();

        tidy(alone);
        assertThat(isTracked(alone)).isTrue();
    }

    @Test
    void rowMadeAgainByAnOlderVersionIsTheSameWhereItsDeleteWasForgottenAndWhereItIsKept() {
        SqliteDatabase old = replicas.open("old", UpgradeHistoryTest.schema(1), clock);
        SqliteDatabase young = replicas.open("young", UpgradeHistoryTest.schema(2), clock);
        SqliteDatabase careful = replicas.open("careful", UpgradeHistoryTest.schema(2), clock);
        UUID task = Replicas.id();
        Replicas.run(young, "INSERT INTO task(id, title, priority) VALUES (?, 'call', 7)", task);
        Replicas.run(old, "INSERT INTO note VALUES (?, 'of the old one')", Replicas.id());
        sync(young, old);
        // All its life it acknowledges, but tidies up never.
        sync(young, careful);
        Replicas.run(young, "DELETE FROM task WHERE id = ?", task);
        for (int round = 0; round < 4; round++) {
            sync(young, old);
            sync(young, careful);
            aDayPasses();
        }
        assertThat(tidy(young).tombstonesCollected()).isEqualTo(1);
        assertThat(StateDump.of(careful)).contains(task.toString());

        Replicas.run(old, "INSERT INTO task(id, title) VALUES (?, 'call again')", task);
        sync(young, old);
        sync(young, careful);
        assertThat(Replicas.value(young, "SELECT priority FROM task")).isEqualTo(7L);
        assertThat(careful.dump()).isEqualTo(young.dump());
        old = replicas.reopen(old, UpgradeHistoryTest.schema(2));
        assertThat(Replicas.value(old, "SELECT priority FROM task")).isEqualTo(7L);
    }
}
