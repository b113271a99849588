package dev.tidemark.engine.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Database.WriterMetrics;
import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.Row;
import dev.tidemark.proof.Proof;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Acceptance 7: thirty writers with ten readers for a minute, or {@code -Dtidemark.soak.seconds}. */
@Proof
class WriterSoakIT {
    static final int SECONDS = Integer.getInteger("tidemark.soak.seconds", 20);
    private static final int WRITERS = 30;
    private static final int READERS = 10;

    @TempDir
    Path folder;

    private final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    private final AtomicLong reads = new AtomicLong();
    private final UUID counter = Replicas.id();
    private SqliteDatabase database;

    /** What one writer did. */
    private record Done(long transactions, long changes, long notes) {}

    @Test
    void thirtyWritersWithTenReadersLoseNothingAndReadersNeverWaitForACommit() throws Exception {
        database = SqliteDatabase.open(folder.resolve("a.db"), Replicas.TASKS, DatabaseOptions.DEFAULT);
        try (SqliteDatabase open = database;
                ExecutorService executor = Executors.newFixedThreadPool(WRITERS + READERS + 1)) {
            Replicas.run(open, "INSERT INTO task(id, done) VALUES (?, 0)", counter);
            List<Future<Done>> writers = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                int seed = writer;
                writers.add(executor.submit(() -> write(new Random(seed))));
            }
            List<Future<Long>> readers = new ArrayList<>();
            for (int reader = 0; reader < READERS; reader++) {
                readers.add(executor.submit((Callable<Long>) this::read));
            }
            Future<Long> holder = executor.submit(this::holdTransactionsOpen);
            Done all = new Done(0, 1, 0);
            for (Future<Done> each : writers) {
                Done one = each.get();
                all = new Done(all.transactions + one.transactions, all.changes + one.changes, all.notes + one.notes);
            }
            for (Future<Long> each : readers) {
                assertThat(each.get()).isPositive();
            }
            report(all, holder.get());
            assertThat(Replicas.value(open, "SELECT done FROM task")).isEqualTo(all.transactions);
            assertThat(Replicas.value(open, "SELECT count(*) FROM note")).isEqualTo(all.notes);
            assertThat(open.changelog().vector().get(open.replica())).isEqualTo(all.changes);
            assertThat(open.writerMetrics().rolledBack()).isZero();
        }
    }

    private Done write(Random random) {
        List<UUID> own = new ArrayList<>();
        long transactions = 0;
        long changes = 0;
        while (System.nanoTime() < end) {
            UUID some = own.isEmpty() ? null : own.get(random.nextInt(own.size()));
            int kind = some == null ? 0 : random.nextInt(4);
            UUID fresh = Replicas.id();
            long body = transactions;
            database.write(tx -> {
                tx.execute("UPDATE task SET done = done + 1 WHERE id = ?", counter);
                return switch (kind) {
                    case 0, 1 -> tx.execute("INSERT INTO note VALUES (?, ?)", fresh, body);
                    case 2 -> tx.execute("UPDATE note SET body = ? WHERE id = ?", -body, some);
                    default -> tx.execute("DELETE FROM note WHERE id = ?", some);
                };
            });
            if (kind < 2) {
                own.add(fresh);
            } else if (kind == 3) {
                own.remove(some);
            }
            transactions++;
            changes += 2;
        }
        return new Done(transactions, changes, own.size());
    }

    /** What one reader sees never goes back, and within one read never moves. */
    private long read() {
        long seen = 0;
        long count = 0;
        while (System.nanoTime() < end) {
            long before = seen;
            seen = database.read(reader -> {
                Query<Row> query = Query.of("SELECT done FROM task");
                long first = (Long) reader.list(query).getFirst().value(0);
                reader.list(Query.of("SELECT count(*) FROM note"));
                assertThat(reader.list(query).getFirst().value(0)).isEqualTo(first);
                return first;
            });
            assertThat(seen).isGreaterThanOrEqualTo(before);
            count++;
            reads.incrementAndGet();
        }
        return count;
    }

    /**
     * Each transaction stays open until readers have read a hundred times, which they could not if they waited for it.
     */
    private long holdTransactionsOpen() {
        long held = 0;
        while (System.nanoTime() < end) {
            database.write(tx -> {
                tx.execute(
                        "INSERT INTO setting(name, value) VALUES ('held', 'x') ON CONFLICT DO UPDATE SET value = 'y'");
                long enough = reads.get() + 100;
                while (reads.get() < enough && System.nanoTime() < end) {
                    Thread.onSpinWait();
                }
                return null;
            });
            held++;
        }
        return held;
    }

    private void report(Done all, long held) {
        WriterMetrics metrics = database.writerMetrics();
        System.out.printf(
                "%d s: %d transactions of %d writers, %d reads of %d readers, %d transactions held open over 100"
                        + " reads%n",
                SECONDS, all.transactions, WRITERS, reads.get(), READERS, held);
        System.out.println(metrics);
    }
}
