package dev.tidemark.engine.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.engine.Durability;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.problem.QueryException;
import dev.tidemark.engine.problem.TransactionException;
import dev.tidemark.proof.Proof;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Acceptance 7 and 18, docs/correctness.md#r10: threads and processes on one file. */
class ConcurrencyTest {
    @TempDir
    Path folder;

    private SqliteDatabase open(String name) {
        return SqliteDatabase.open(folder.resolve(name), Replicas.TASKS, DatabaseOptions.DEFAULT);
    }

    private static void inParallel(int threads, Callable<?> work) throws InterruptedException, ExecutionException {
        List<Future<?>> running = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            for (int thread = 0; thread < threads; thread++) {
                running.add(executor.submit(work));
            }
            for (Future<?> each : running) {
                each.get();
            }
        }
    }

    private static void expectSequence(SqliteDatabase database, int changes) {
        assertThat(Replicas.changes(database).stream()
                        .map(change -> change.dot().sequence())
                        .toList())
                .isEqualTo(LongStream.rangeClosed(1, changes).boxed().toList());
        assertThat(Replicas.changes(database))
                .extracting(Change::hlcTime)
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void fourThreadsWithTwentyFiveWritesGiveAHundredNumbersWithoutGap() throws Exception {
        try (SqliteDatabase database = open("a.db")) {
            inParallel(4, () -> {
                for (int count = 0; count < 25; count++) {
                    Replicas.run(database, "INSERT INTO note VALUES (?, 'x')", Replicas.id());
                }
                return null;
            });
            expectSequence(database, 100);
        }
    }

    @Test
    void tenThreadsWithFiftyMixedOperationsLoseNothing() throws Exception {
        AtomicInteger seeds = new AtomicInteger();
        UUID shared = Replicas.id();
        try (SqliteDatabase database = open("a.db")) {
            Replicas.run(database, "INSERT INTO task(id, done) VALUES (?, 0)", shared);
            inParallel(10, () -> {
                Random random = new Random(seeds.incrementAndGet());
                List<UUID> own = new ArrayList<>();
                for (int count = 0; count < 50; count++) {
                    Replicas.run(database, "UPDATE task SET done = done + 1 WHERE id = ?", shared);
                    UUID id = own.isEmpty() ? null : own.get(random.nextInt(own.size()));
                    switch (random.nextInt(4)) {
                        case 0 ->
                            assertThat(Replicas.column(database, "SELECT count(*) FROM note"))
                                    .hasSize(1);
                        case 1 -> Replicas.run(database, "UPDATE note SET body = body || '+' WHERE id = ?", id);
                        case 2 -> {
                            Replicas.run(database, "DELETE FROM note WHERE id = ?", id);
                            own.remove(id);
                        }
                        default -> {
                            own.add(Replicas.id());
                            Replicas.run(database, "INSERT INTO note VALUES (?, 'x')", own.getLast());
                        }
                    }
                }
                return null;
            });
            assertThat(Replicas.value(database, "SELECT done FROM task")).isEqualTo(500L);
            expectSequence(database, Replicas.changes(database).size());
            try (SqliteDatabase other = open("b.db")) {
                Replicas.sync(database, other);
                assertThat(other.dump()).isEqualTo(database.dump());
            }
        }
    }

    @Test
    void readersAmongManyWritersSeeWholeTransactionsAndNeverWaitForOne() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        try (SqliteDatabase database = open("a.db");
                ExecutorService readers = Executors.newFixedThreadPool(10)) {
            List<Future<Integer>> reading = new ArrayList<>();
            for (int reader = 0; reader < 10; reader++) {
                reading.add(readers.submit(() -> {
                    int reads = 0;
                    while (!done.get()) {
                        assertThat((long) Replicas.value(database, "SELECT count(*) % 2 FROM note"))
                                .isZero();
                        reads++;
                    }
                    return reads;
                }));
            }
            inParallel(30, () -> {
                for (int count = 0; count < 20; count++) {
                    database.write(tx -> {
                        tx.execute("INSERT INTO note VALUES (?, 'x')", Replicas.id());
                        return tx.execute("INSERT INTO note VALUES (?, 'y')", Replicas.id());
                    });
                }
                return null;
            });
            done.set(true);
            for (Future<Integer> each : reading) {
                assertThat(each.get()).isPositive();
            }
            expectSequence(database, 1200);
        }
    }

    @Test
    void readDoesNotWaitForAnOpenTransaction() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch read = new CountDownLatch(1);
        try (SqliteDatabase database = open("a.db");
                ExecutorService writer = Executors.newSingleThreadExecutor()) {
            Future<Boolean> writing = writer.submit(() -> database.<Boolean, RuntimeException>write(tx -> {
                tx.execute("INSERT INTO note VALUES (?, 'x')", Replicas.id());
                inside.countDown();
                return await(read);
            }));
            assertThat(await(inside)).isTrue();
            assertThat(Replicas.column(database, "SELECT * FROM note")).isEmpty();
            assertThat(database.conflicts()).isEmpty();
            read.countDown();
            assertThat(writing.get())
                    .as("the read came through while the transaction was open")
                    .isTrue();
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void closingWhileOthersWriteKeepsWhatWasAcknowledged() throws Exception {
        AtomicInteger acknowledged = new AtomicInteger();
        for (int round = 0; round < 5; round++) {
            SqliteDatabase database = open("a.db");
            CountDownLatch some = new CountDownLatch(20);
            try (ExecutorService writers = Executors.newFixedThreadPool(4)) {
                List<Future<?>> running = new ArrayList<>();
                for (int writer = 0; writer < 4; writer++) {
                    running.add(writers.submit(() -> writeUntilClosed(database, acknowledged, some)));
                }
                assertThat(await(some)).isTrue();
                database.close();
                for (Future<?> each : running) {
                    each.get();
                }
            }
        }
        try (SqliteDatabase database = open("a.db")) {
            assertThat((long) Replicas.value(database, "SELECT count(*) FROM note"))
                    .isEqualTo(acknowledged.get());
            expectSequence(database, acknowledged.get());
        }
    }

    private static void writeUntilClosed(Database database, AtomicInteger acknowledged, CountDownLatch some) {
        try {
            while (true) {
                Replicas.run(database, "INSERT INTO note VALUES (?, 'x')", Replicas.id());
                acknowledged.incrementAndGet();
                some.countDown();
            }
        } catch (TransactionException | QueryException e) {
            assertThat(e).hasMessageContaining("closed");
        }
    }

    @Test
    void twoInstancesOnOneFileAgreeOnClockAndSequence() throws Exception {
        try (SqliteDatabase one = open("a.db");
                SqliteDatabase two = open("a.db");
                SqliteDatabase elsewhere = open("b.db")) {
            AtomicInteger next = new AtomicInteger();
            inParallel(4, () -> {
                SqliteDatabase mine = next.getAndIncrement() % 2 == 0 ? one : two;
                for (int count = 0; count < 25; count++) {
                    Replicas.run(mine, "INSERT INTO note VALUES (?, 'x')", Replicas.id());
                }
                return null;
            });
            expectSequence(one, 100);
            Replicas.run(elsewhere, "INSERT INTO folder VALUES (?, 'f')", Replicas.id());
            Replicas.pull(elsewhere, two, Batch.Limit.DEFAULT);
            assertThat(one.list(Query.of("SELECT name FROM folder"))).hasSize(1);
            Replicas.run(one, "UPDATE folder SET name = 'g'");
            assertThat(Replicas.changes(two).getLast().context().vector())
                    .isEqualTo(elsewhere.changelog().vector());
            assertThat(two.dump()).isEqualTo(one.dump());
        }
    }

    @Proof
    @Test
    void anotherProcessWritesTheSameFileAtTheSameTime() throws Exception {
        try (SqliteDatabase database = open("a.db")) {
            Process other = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            OtherProcess.class.getName(),
                            database.file().toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("other.txt").toFile())
                    .start();
            int own = 0;
            while (other.isAlive() || own < 50) {
                Replicas.run(database, "INSERT INTO note VALUES (?, 'here')", Replicas.id());
                own++;
            }
            assertThat(other.waitFor())
                    .as(java.nio.file.Files.readString(folder.resolve("other.txt")))
                    .isZero();
            assertThat(Replicas.value(database, "SELECT count(*) FROM note WHERE body = 'there'"))
                    .isEqualTo(50L);
            expectSequence(database, own + 50);
        }
    }

    /** A second Java that writes fifty notes. */
    static final class OtherProcess {
        private OtherProcess() {}

        public static void main(String[] arguments) {
            try (Database database = SqliteDatabase.open(
                    Path.of(arguments[0]), Replicas.TASKS, DatabaseOptions.DEFAULT.with(Durability.NONE))) {
                for (int count = 0; count < 50; count++) {
                    Replicas.run(database, "INSERT INTO note VALUES (?, 'there')", Replicas.id());
                }
            }
        }
    }
}
