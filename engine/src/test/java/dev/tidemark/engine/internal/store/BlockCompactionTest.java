package dev.tidemark.engine.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Maintenance;
import dev.tidemark.engine.internal.log.BlockCompaction;
import dev.tidemark.proof.Proof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compaction rewrites small blocks of the changelog as large ones, with the same changes in fewer bytes. */
class BlockCompactionTest {
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
    }

    @AfterEach
    void close() {
        replicas.close();
    }

    private static void insert(SqliteDatabase database, int count) {
        for (int number = 0; number < count; number++) {
            Replicas.run(database, "INSERT INTO note VALUES (?, ?)", Replicas.id(), "n" + number);
        }
    }

    private static Maintenance.Report tidy(SqliteDatabase database) {
        return database.maintenance().run(Duration.ofMinutes(1), () -> false);
    }

    /** The pages of a table and of its indexes. */
    private static long bytes(SqliteDatabase database, String table) {
        return (long) Replicas.value(
                database,
                "SELECT sum(pgsize) FROM dbstat WHERE name IN (SELECT name FROM sqlite_schema WHERE tbl_name = '"
                        + table + "')");
    }

    private static long blocks(SqliteDatabase database) {
        return java.util.Objects.requireNonNull(database.query(
                statements -> statements.<Long>first("SELECT count(*) FROM tm_log", row -> row.getLong(1))));
    }

    @Test
    void compactingBlocksChangesOnlyTheirNumber() {
        insert(a, 1200);
        insert(b, 30);
        Replicas.sync(a, b);
        insert(a, 100);
        List<Change> changes = Replicas.changes(a);
        String state = StateDump.of(a);
        long before = blocks(a);

        Maintenance.Report report = tidy(a);

        assertThat(report.complete()).isTrue();
        assertThat(report.blocksCompacted()).isGreaterThan(1280);
        assertThat(blocks(a)).isEqualTo(before - report.blocksCompacted()).isLessThan(5);
        assertThat(Replicas.changes(a)).isEqualTo(changes);
        assertThat(StateDump.of(a)).isEqualTo(state);
        assertThat(tidy(a)).isEqualTo(new Maintenance.Report(0, 0, 0, 0, true));
        SqliteDatabase again = replicas.reopen(a);
        insert(again, 3);
        Replicas.sync(again, b);
        assertThat(again.dump()).isEqualTo(b.dump());
        tidy(again);
        assertThat(blocks(again)).as("the last block is gone on with").isLessThan(5);
        assertThat(Replicas.changes(again)).isEqualTo(Replicas.changes(b));
    }

    @Test
    void aRunThatIsStoppedGoesOnLater() {
        insert(a, 1500);
        List<Change> changes = Replicas.changes(a);
        AtomicInteger asked = new AtomicInteger();

        Maintenance.Report first = a.maintenance().run(Duration.ofMinutes(1), () -> asked.getAndIncrement() == 1);
        assertThat(first.complete()).isFalse();
        assertThat(blocks(a)).isEqualTo(1500 - first.blocksCompacted()).isBetween(400L, 1000L);
        assertThat(Replicas.changes(a)).isEqualTo(changes);

        assertThat(tidy(a).complete()).isTrue();
        assertThat(blocks(a)).isLessThan(5);
        assertThat(Replicas.changes(a)).isEqualTo(changes);
    }

    @Test
    void readersInTheMiddleAndWritersInBetweenSeeTheSameChanges() {
        insert(a, 1900);
        try (dev.tidemark.engine.changelog.Batch.Reader reader =
                a.changelog().read(dev.tidemark.engine.changelog.VersionVector.EMPTY, new Batch.Limit(700, 1 << 20))) {
            List<Change> seen = new java.util.ArrayList<>(reader.next().changes());
            a.maintenance().run(Duration.ofMinutes(1), () -> {
                insert(a, 1);
                return false;
            });
            for (dev.tidemark.engine.changelog.Batch batch = reader.next(); batch != null; batch = reader.next()) {
                seen.addAll(batch.changes());
            }
            assertThat(seen)
                    .extracting(change -> change.dot().sequence())
                    .hasSizeGreaterThanOrEqualTo(1900)
                    .isSorted()
                    .doesNotHaveDuplicates();
        }
        Replicas.sync(a, b);
        assertThat(b.dump()).isEqualTo(a.dump());
    }

    @Proof
    @Test
    void anIdleDatabaseCompactsItsBlocks() {
        insert(a, BlockCompaction.MIN_CHANGES + 10);
        // Nobody writes now.
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (blocks(a) > 50 && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(blocks(a)).isLessThan(50);
        Replicas.sync(a, b);
        assertThat(b.dump()).isEqualTo(a.dump());
    }

    @Test
    void theFileShrinks() throws IOException {
        insert(a, 1900);
        a.close();
        long before = Files.size(a.file());
        a = replicas.open("a");
        long log = bytes(a, "tm_log");

        Maintenance.Report report = tidy(a);
        long left = bytes(a, "tm_log");
        a.close();

        assertThat(left).isLessThan(log / 2);
        assertThat(report.bytesFreed()).isGreaterThanOrEqualTo(log - left);
        assertThat(Files.size(a.file())).isEqualTo(before - report.bytesFreed());
        a = replicas.open("a");
        UUID id = Replicas.id();
        Replicas.run(a, "INSERT INTO note VALUES (?, 'after')", id);
        Replicas.sync(a, b);
        assertThat(b.dump()).isEqualTo(a.dump());
        assertThat(Replicas.value(a, "SELECT integrity_check FROM pragma_integrity_check"))
                .isEqualTo("ok");
    }
}
