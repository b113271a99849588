package dev.tidemark.engine.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.Database.WriterMetrics;
import dev.tidemark.engine.Database.WriterMetrics.Distribution;
import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.engine.Durability;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The writer's metrics equal the counts of its callers. */
class WriterMetricsTest {
    private static final int WRITERS = 4;
    private static final int COMMITS = 50;

    @TempDir
    Path folder;

    private SqliteDatabase open(Durability durability) {
        return SqliteDatabase.open(folder.resolve("a.db"), Replicas.TASKS, DatabaseOptions.DEFAULT.with(durability));
    }

    private static void commit(SqliteDatabase database) {
        Replicas.run(database, "INSERT INTO note VALUES (?, 'x')", Replicas.id());
    }

    /** Commits from several threads, each with a rollback, and returns how long each commit took, sorted. */
    private static List<Long> commitFromManyThreads(SqliteDatabase database) throws Exception {
        List<Future<List<Long>>> writers = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(WRITERS)) {
            for (int writer = 0; writer < WRITERS; writer++) {
                writers.add(executor.submit(() -> {
                    List<Long> nanos = new ArrayList<>();
                    for (int count = 0; count < COMMITS; count++) {
                        long begun = System.nanoTime();
                        commit(database);
                        nanos.add(System.nanoTime() - begun);
                    }
                    assertThatThrownBy(() -> database.write(tx -> {
                                throw new IllegalStateException("changed my mind");
                            }))
                            .isInstanceOf(IllegalStateException.class);
                    return nanos;
                }));
            }
            List<Long> all = new ArrayList<>();
            for (Future<List<Long>> writer : writers) {
                all.addAll(writer.get());
            }
            all.sort(null);
            return all;
        }
    }

    @Test
    void figuresEqualARecount() throws Exception {
        try (SqliteDatabase database = open(Durability.GROUP)) {
            List<Long> counted = commitFromManyThreads(database);

            WriterMetrics metrics = database.writerMetrics();
            assertThat(metrics.commits()).isEqualTo(WRITERS * COMMITS);
            assertThat(metrics.rolledBack()).isEqualTo(WRITERS);
            assertThat(metrics.queueDepth()).isZero();
            assertThat(metrics.fsyncs()).isBetween(1L, (long) WRITERS * COMMITS);
            assertThat(metrics.fsyncNanos().count()).isEqualTo(metrics.fsyncs());
            assertThat(metrics.groupSizes().count()).isEqualTo(metrics.fsyncs());
            assertThat(metrics.groupSizes().mean() * metrics.fsyncs())
                    .as("each commit is in one group")
                    .isCloseTo(WRITERS * COMMITS, org.assertj.core.data.Offset.offset(0.01));
            assertThat(metrics.groupSizes().max()).isBetween(1L, (long) WRITERS);

            Distribution commits = metrics.commitNanos();
            assertThat(commits.count()).isEqualTo(counted.size());
            // What the caller measures contains what the engine measures, whose values are within a percent.
            assertThat(commits.p50()).isLessThanOrEqualTo(withinOnePercent(counted.get(counted.size() / 2)));
            assertThat(commits.p95()).isLessThanOrEqualTo(withinOnePercent(counted.get(counted.size() * 95 / 100)));
            assertThat(commits.max()).isLessThanOrEqualTo(withinOnePercent(counted.getLast()));
            assertThat(List.of(metrics.fsyncNanos().p50(), commits.p95(), commits.p99(), commits.max()))
                    .isSorted();
        }
    }

    private static long withinOnePercent(long nanos) {
        return nanos + nanos / 100 + 1000;
    }

    @Test
    void alwaysHasGroupsOfOne() throws Exception {
        try (SqliteDatabase database = open(Durability.ALWAYS)) {
            commitFromManyThreads(database);
            WriterMetrics metrics = database.writerMetrics();
            assertThat(metrics.fsyncs()).isEqualTo(WRITERS * COMMITS);
            assertThat(metrics.groupSizes().max()).isEqualTo(1);
        }
    }

    @Test
    void noneSyncsOnlyWhenAsked() throws Exception {
        try (SqliteDatabase database = open(Durability.NONE)) {
            commitFromManyThreads(database);
            assertThat(database.writerMetrics().fsyncs()).isZero();
            assertThat(database.writerMetrics().fsyncNanos()).isEqualTo(new Distribution(0, 0, 0, 0, 0, 0));
            database.fsync();
            database.fsync();
            assertThat(database.writerMetrics().fsyncs())
                    .as("whoever asks cannot know what other processes wrote")
                    .isEqualTo(2);
            assertThat(database.writerMetrics().groupSizes().max()).isEqualTo(WRITERS * COMMITS);
        }
    }

    @Test
    void mergesAndMaintenanceAreCounted() {
        try (SqliteDatabase database = open(Durability.GROUP);
                SqliteDatabase other =
                        SqliteDatabase.open(folder.resolve("b.db"), Replicas.TASKS, DatabaseOptions.DEFAULT)) {
            commit(other);
            Replicas.sync(other, database);
            assertThat(database.writerMetrics().commits()).isEqualTo(1);
            assertThat(database.writerMetrics().groupSizes().count())
                    .as("a merge is a commit and as durable as one")
                    .isEqualTo(1);
        }
    }

    @Test
    void queueDepthIsHowManyWait() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (SqliteDatabase database = open(Durability.NONE);
                ExecutorService executor = Executors.newFixedThreadPool(4)) {
            CountDownLatch inside = new CountDownLatch(1);
            executor.execute(() -> database.write(tx -> {
                inside.countDown();
                return awaited(end);
            }));
            assertThat(awaited(inside)).isTrue();
            for (int writer = 0; writer < 3; writer++) {
                executor.execute(() -> commit(database));
            }
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (database.writerMetrics().queueDepth() < 3 && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
            assertThat(database.writerMetrics().queueDepth()).isEqualTo(3);
            end.countDown();
        }
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
