package dev.tidemark.engine.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.TransactionException;
import dev.tidemark.engine.changelog.Acknowledgement;
import dev.tidemark.engine.changelog.BatchLimit;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Maintenance;
import dev.tidemark.engine.changelog.NotAcknowledgedException;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.TooOldException;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.history.HiddenRow;
import dev.tidemark.engine.sync.SyncEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Acceptance 20 and 28, rules R3 and R15: what is removed, when it is refused, and that nothing shows of it. */
class ForgettingTest {
    @TempDir
    Path folder;

    private long now = 1_800_000_000_000L;
    private final InstantSource clock = () -> Instant.ofEpochMilli(now++);
    private Replicas replicas;
    private SqliteDatabase a;
    private SqliteDatabase b;
    private SqliteDatabase c;
    private final UUID id = Replicas.id();

    @BeforeEach
    void open() {
        replicas = new Replicas(folder, Replicas.TASKS);
        a = replicas.open("a", Replicas.TASKS, clock);
        b = replicas.open("b", Replicas.TASKS, clock);
        c = replicas.open("c", Replicas.TASKS, clock);
        Replicas.run(a, "INSERT INTO note VALUES (?, 'first')", id);
        Replicas.run(b, "INSERT INTO note VALUES (?, 'of b')", Replicas.id());
        Replicas.run(c, "INSERT INTO note VALUES (?, 'of c')", Replicas.id());
        syncAll();
    }

    @AfterEach
    void close() {
        replicas.close();
    }

    private void sync(SqliteDatabase one, SqliteDatabase other) {
        SyncEngine.sync(one.changelog(), other.changelog());
    }

    private void syncAll() {
        for (int round = 0; round < 2; round++) {
            sync(a, b);
            sync(b, c);
            sync(a, c);
        }
    }

    /** Everybody acknowledges what they have now, within two days, and everybody hears of it. */
    private void acknowledgeAll() {
        syncAll();
        aDayPasses();
        syncAll();
        aDayPasses();
        syncAll();
        syncAll();
    }

    private void acknowledge(SqliteDatabase one, SqliteDatabase other) {
        for (int day = 0; day < 2; day++) {
            sync(one, other);
            aDayPasses();
        }
        sync(one, other);
        sync(one, other);
    }

    private void aDayPasses() {
        now += Acknowledgements.FORM.toMillis();
    }

    private static Maintenance.Report tidy(SqliteDatabase database) {
        return database.maintenance().run(Duration.ofMinutes(1), () -> false);
    }

    /** Whether anything is known of the row. A database that is left alone for a moment forgets it by itself. */
    private boolean isTracked(SqliteDatabase database) {
        return database.stateDump().contains(id.toString());
    }

    private static long count(SqliteDatabase database, String table) {
        return database.inspect(connection -> {
            try (java.sql.Statement statement = connection.createStatement();
                    java.sql.ResultSet row = statement.executeQuery("SELECT count(*) FROM " + table)) {
                return row.getLong(1);
            }
        });
    }

    @Test
    void nothingIsSafeBeforeEveryDeviceHasAcknowledged() {
        assertThat(a.maintenance().safeWatermark()).isEqualTo(VersionVector.EMPTY);

        acknowledgeAll();

        assertThat(a.maintenance().safeWatermark()).isEqualTo(a.changelog().vector());
        assertThat(c.maintenance().safeWatermark()).isEqualTo(a.changelog().vector());
    }

    @Test
    void compactionRemovesExactlyWhatLiesBelowTheWatermarkAndNothingShows() {
        UUID task = Replicas.id();
        a.write(tx -> {
            for (int count = 0; count < 20; count++) {
                tx.execute("INSERT INTO task(id, title) VALUES (?, ?)", Replicas.id(), "t" + count);
            }
            return tx.execute("INSERT INTO task(id, title) VALUES (?, 'mine')", task);
        });
        syncAll();
        Replicas.run(b, "UPDATE task SET title = 'of b' WHERE id = ?", task);
        Replicas.run(c, "UPDATE task SET title = 'of c' WHERE id = ?", task);
        acknowledgeAll();
        assertThat(a.conflicts()).hasSize(1);
        // In the middle of the block of the transaction above.
        VersionVector watermark = a.maintenance().safeWatermark().with(a.replica(), 9);
        List<Change> before = Replicas.changes(a);
        String dump = a.dump();
        String state = a.stateDump();

        long removed = a.maintenance().compact(watermark);

        assertThat(removed)
                .isEqualTo(before.stream()
                        .filter(change -> watermark.covers(change.dot()))
                        .count());
        assertThat(a.changelog().floor()).isEqualTo(watermark);
        assertThat(Replicas.changes(a, watermark))
                .isEqualTo(before.stream()
                        .filter(change -> !watermark.covers(change.dot()))
                        .toList());
        assertThat(a.dump()).isEqualTo(dump);
        assertThat(a.stateDump()).isEqualTo(state);
        assertThat(count(a, "tm_past WHERE replica_no = 1 AND sequence <= 9")).isZero();
        assertThat(a.conflicts()).isEqualTo(b.conflicts());
        SqliteDatabase again = replicas.reopen(a);
        assertThat(again.changelog().floor()).isEqualTo(watermark);
        assertThat(Replicas.changes(again, watermark)).hasSize(before.size() - (int) removed);
        assertThat(again.maintenance().compact(watermark)).as("done already").isZero();
    }

    @Test
    void readingBelowTheFloorIsTooOldAndAboveItGoesOn() {
        acknowledgeAll();
        VersionVector watermark = a.maintenance().safeWatermark();
        a.maintenance().compact(watermark);
        Replicas.run(a, "UPDATE note SET body = 'later' WHERE id = ?", id);

        assertThatThrownBy(() -> Replicas.changes(a)).isInstanceOf(TooOldException.class);
        assertThatThrownBy(() -> Replicas.changes(a, watermark.with(b.replica(), 0)))
                .isInstanceOf(TooOldException.class);
        sync(a, b);
        assertThat(b.dump()).isEqualTo(a.dump());
        SqliteDatabase fresh = replicas.open("fresh", Replicas.TASKS, clock);
        sync(fresh, a);
        assertThat(fresh.dump()).as("a snapshot goes before the changes").isEqualTo(a.dump());
        assertThat(fresh.changelog().floor().covers(watermark)).isTrue();
    }

    @Test
    void compactionIsRefusedWhereADeviceHasNotAcknowledgedAndNamesIt() {
        acknowledgeAll();
        Replicas.run(a, "UPDATE note SET body = 'second' WHERE id = ?", id);
        acknowledge(a, b);
        VersionVector watermark = a.changelog().vector();

        assertThatThrownBy(() -> a.maintenance().compact(watermark))
                .isInstanceOfSatisfying(
                        NotAcknowledgedException.class,
                        e -> assertThat(e.replica()).isEqualTo(c.replica()));
        assertThat(a.changelog().floor()).isEqualTo(VersionVector.EMPTY);

        a.maintenance().retire(c.replica());
        assertThat(a.maintenance().compact(watermark)).isEqualTo(4);
        assertThatThrownBy(() -> a.maintenance().retire(a.replica())).isInstanceOf(TransactionException.class);
    }

    @Test
    void aDeviceKnownOnlyByItsChangesHasNotAcknowledged() {
        acknowledgeAll();
        SqliteDatabase d = replicas.open("d", Replicas.TASKS, clock);
        Replicas.run(d, "INSERT INTO note VALUES (?, 'of d')", Replicas.id());
        Replicas.pull(d, a, BatchLimit.DEFAULT);

        assertThat(a.maintenance().safeWatermark()).isEqualTo(VersionVector.EMPTY);
        assertThatThrownBy(() -> a.maintenance().compact(VersionVector.EMPTY.with(a.replica(), 1)))
                .isInstanceOfSatisfying(
                        NotAcknowledgedException.class,
                        e -> assertThat(e.replica()).isEqualTo(d.replica()));
    }

    @Test
    void anUnpublishedEditOfARowWhoseDeleteAllHaveAcknowledgedKeepsTheTombstone() {
        // C edits and goes on without publishing; it hears of the delete and acknowledges it.
        Replicas.run(c, "UPDATE note SET body = 'of c, not published' WHERE id = ?", id);
        Replicas.run(a, "DELETE FROM note WHERE id = ?", id);
        sync(a, b);
        Replicas.pull(a, c, BatchLimit.DEFAULT);
        for (int day = 0; day < 2; day++) {
            for (SqliteDatabase each : List.of(a, b, c)) {
                each.changelog().acknowledgements();
            }
            aDayPasses();
        }
        List<Acknowledgement> all = new java.util.ArrayList<>();
        for (SqliteDatabase each : List.of(a, b, c)) {
            each.changelog().acknowledgements().stream()
                    .filter(own -> own.replica().equals(each.replica()))
                    .forEach(all::add);
        }
        assertThat(all)
                .allSatisfy(each -> assertThat(each.applied().get(a.replica())).isEqualTo(2));
        a.changelog().acknowledge(all);

        assertThatThrownBy(() -> a.maintenance().compact(a.changelog().vector()))
                .isInstanceOfSatisfying(NotAcknowledgedException.class, e -> {
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
        assertThat(count(a, "tm_kept")).isZero();
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
        b.writeHavingSeen(opened, tx -> tx.execute("INSERT INTO note VALUES (?, 'saved in time')", id));
        assertThat(b.conflicts()).as("a form of today").hasSize(1);
        b.write(tx -> {
            tx.resolve("note", id, dev.tidemark.engine.history.Conflict.ROW);
            return null;
        });
        Replicas.run(b, "DELETE FROM note WHERE id = ?", id);
        acknowledgeAll();
        tidy(a);
        assertThat(isTracked(a)).isFalse();

        b.writeHavingSeen(opened, tx -> tx.execute("INSERT INTO note VALUES (?, 'saved days later')", id));
        syncAll();

        assertThat(b.conflicts()).isEmpty();
        assertThat(a.dump()).isEqualTo(b.dump()).isEqualTo(c.dump());
    }

    @Test
    void anEditOfARetiredDeviceIsListedAsOfAForgottenRowAndNotShown() {
        Replicas.run(c, "UPDATE note SET body = 'never published' WHERE id = ?", id);
        Replicas.run(a, "DELETE FROM note WHERE id = ?", id);
        a.maintenance().retire(c.replica());
        acknowledge(a, b);
        tidy(a);
        assertThat(isTracked(a)).isFalse();

        Replicas.pull(c, a, BatchLimit.DEFAULT);

        assertThat(a.hiddenRows()).singleElement().satisfies(row -> {
            assertThat(row.row()).isEqualTo(id);
            assertThat(row.reason()).isEqualTo(HiddenRow.Reason.FORGOTTEN);
        });
        assertThat(Replicas.column(a, "SELECT 1 FROM note WHERE id = ?", id)).isEmpty();
    }

    @Test
    void aDatabaseThatHasMetNobodyForgetsNoRow() {
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
    void whatNeverLeftTheFileIsNotCompacted() {
        SqliteDatabase alone = replicas.open("alone", Replicas.TASKS, clock);
        Replicas.run(alone, "INSERT INTO note VALUES (?, 'x')", id);
        alone.changelog().acknowledgements();
        aDayPasses();
        alone.changelog().acknowledgements();
        VersionVector everything = alone.changelog().vector();

        assertThat(alone.maintenance().safeWatermark()).isEqualTo(VersionVector.EMPTY);
        assertThatThrownBy(() -> alone.maintenance().compact(everything)).isInstanceOf(NotAcknowledgedException.class);

        assertThat(Replicas.changes(alone)).as("read, and so given away").hasSize(1);
        assertThat(alone.maintenance().safeWatermark()).isEqualTo(everything);
    }

    @Test
    void acknowledgementsThatSayNothingNewWriteNothing() throws java.io.IOException {
        acknowledgeAll();
        syncAll();
        Path log = folder.resolve("a.db-wal");
        byte[] before = java.nio.file.Files.readAllBytes(log);
        for (int count = 0; count < 40; count++) {
            sync(a, b);
        }

        assertThat(java.nio.file.Files.readAllBytes(log)).isEqualTo(before);
        a.changelog().acknowledge(List.of(new Acknowledgement(b.replica(), VersionVector.EMPTY, 1)));
        assertThat(a.maintenance().safeWatermark())
                .as("an older one changes nothing")
                .isNotEqualTo(VersionVector.EMPTY);
        assertThat(a.changelog().acknowledgements())
                .extracting(Acknowledgement::replica)
                .containsExactlyInAnyOrder(a.replica(), b.replica(), c.replica());
        assertThat(ReplicaId.random()).isNotEqualTo(a.replica());
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
        assertThat(tidy(young).rowsForgotten()).isEqualTo(1);
        assertThat(careful.stateDump()).contains(task.toString());

        Replicas.run(old, "INSERT INTO task(id, title) VALUES (?, 'call again')", task);
        sync(young, old);
        sync(young, careful);
        assertThat(Replicas.value(young, "SELECT priority FROM task")).isEqualTo(7L);
        assertThat(careful.dump()).isEqualTo(young.dump());
        old = replicas.reopen(old, UpgradeHistoryTest.schema(2));
        assertThat(Replicas.value(old, "SELECT priority FROM task")).isEqualTo(7L);
    }
}
