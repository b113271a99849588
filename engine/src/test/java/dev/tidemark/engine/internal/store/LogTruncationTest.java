package dev.tidemark.engine.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Changelog;
import dev.tidemark.engine.changelog.Maintenance;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.problem.TransactionException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Acceptance 20, docs/correctness.md#r15: which changes log truncation removes, when it is refused, and that it has no
 * visible effect.
 */
class LogTruncationTest extends TombstoneCollectionFixture {
    @Test
    void nothingIsSafeBeforeEveryDeviceHasAcknowledged() {
        assertThat(a.maintenance().safeWatermark()).isEqualTo(VersionVector.EMPTY);

        acknowledgeAll();

        assertThat(a.maintenance().safeWatermark()).isEqualTo(a.changelog().vector());
        assertThat(c.maintenance().safeWatermark()).isEqualTo(a.changelog().vector());
    }

    @Test
    void truncationRemovesExactlyTheChangesBelowTheWatermark() {
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
        String state = StateDump.of(a);

        long removed = a.maintenance().truncateLog(watermark);

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
        assertThat(StateDump.of(a)).isEqualTo(state);
        assertThat(count(a, "tm_superseded WHERE replica_no = 1 AND sequence <= 9"))
                .isZero();
        assertThat(a.conflicts()).isEqualTo(b.conflicts());
        SqliteDatabase again = replicas.reopen(a);
        assertThat(again.changelog().floor()).isEqualTo(watermark);
        assertThat(Replicas.changes(again, watermark)).hasSize(before.size() - (int) removed);
        assertThat(again.maintenance().truncateLog(watermark))
                .as("done already")
                .isZero();
    }

    @Test
    void readingBelowTheFloorIsTooOldAndAboveItGoesOn() {
        acknowledgeAll();
        VersionVector watermark = a.maintenance().safeWatermark();
        a.maintenance().truncateLog(watermark);
        Replicas.run(a, "UPDATE note SET body = 'later' WHERE id = ?", id);

        assertThatThrownBy(() -> Replicas.changes(a)).isInstanceOf(Changelog.TruncatedException.class);
        assertThatThrownBy(() -> Replicas.changes(a, watermark.with(b.replica(), 0)))
                .isInstanceOf(Changelog.TruncatedException.class);
        sync(a, b);
        assertThat(b.dump()).isEqualTo(a.dump());
        SqliteDatabase fresh = replicas.open("fresh", Replicas.TASKS, clock);
        sync(fresh, a);
        assertThat(fresh.dump()).as("a snapshot goes before the changes").isEqualTo(a.dump());
        assertThat(fresh.changelog().floor().covers(watermark)).isTrue();
    }

    @Test
    void truncationIsRefusedAndNamesTheDeviceThatHasNotAcknowledged() {
        acknowledgeAll();
        Replicas.run(a, "UPDATE note SET body = 'second' WHERE id = ?", id);
        acknowledge(a, b);
        VersionVector watermark = a.changelog().vector();

        assertThatThrownBy(() -> a.maintenance().truncateLog(watermark))
                .isInstanceOfSatisfying(
                        Maintenance.NotAcknowledgedException.class,
                        e -> assertThat(e.replica()).isEqualTo(c.replica()));
        assertThat(a.changelog().floor()).isEqualTo(VersionVector.EMPTY);

        a.maintenance().exclude(c.replica());
        assertThat(a.maintenance().truncateLog(watermark)).isEqualTo(4);
        assertThatThrownBy(() -> a.maintenance().exclude(a.replica())).isInstanceOf(TransactionException.class);
    }

    @Test
    void aDeviceKnownOnlyByItsChangesHasNotAcknowledged() {
        acknowledgeAll();
        SqliteDatabase d = replicas.open("d", Replicas.TASKS, clock);
        Replicas.run(d, "INSERT INTO note VALUES (?, 'of d')", Replicas.id());
        Replicas.pull(d, a, Batch.Limit.DEFAULT);

        assertThat(a.maintenance().safeWatermark()).isEqualTo(VersionVector.EMPTY);
        assertThatThrownBy(() -> a.maintenance().truncateLog(VersionVector.EMPTY.with(a.replica(), 1)))
                .isInstanceOfSatisfying(
                        Maintenance.NotAcknowledgedException.class,
                        e -> assertThat(e.replica()).isEqualTo(d.replica()));
    }

    @Test
    void changesThatWereNeverExportedAreNotTruncated() {
        SqliteDatabase alone = replicas.open("alone", Replicas.TASKS, clock);
        Replicas.run(alone, "INSERT INTO note VALUES (?, 'x')", id);
        alone.changelog().acknowledgements();
        aDayPasses();
        alone.changelog().acknowledgements();
        VersionVector everything = alone.changelog().vector();

        assertThat(alone.maintenance().safeWatermark()).isEqualTo(VersionVector.EMPTY);
        assertThatThrownBy(() -> alone.maintenance().truncateLog(everything))
                .isInstanceOf(Maintenance.NotAcknowledgedException.class);

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
        a.changelog().acknowledge(List.of(new Changelog.Acknowledgement(b.replica(), VersionVector.EMPTY, 1)));
        assertThat(a.maintenance().safeWatermark())
                .as("an older one changes nothing")
                .isNotEqualTo(VersionVector.EMPTY);
        assertThat(a.changelog().acknowledgements())
                .extracting(Changelog.Acknowledgement::replica)
                .containsExactlyInAnyOrder(a.replica(), b.replica(), c.replica());
        assertThat(ReplicaId.random()).isNotEqualTo(a.replica());
    }
}
