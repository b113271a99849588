package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.ChildProcess;
import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.Subscription;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;

/**
 * A process that writes to a shared file, and prints each write before and after it, until it is stopped or killed. A
 * subscription watches the rows of the other processes.
 */
final class ConcurrentWriterProcess {
    private final SqliteDatabase database;
    private final String name;
    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final ConcurrentHistogram commitMillis = new ConcurrentHistogram(3);
    private final ConcurrentHistogram newsMillis = new ConcurrentHistogram(3);
    private final AtomicLong latestNews = new AtomicLong();
    private volatile boolean stopping;

    private ConcurrentWriterProcess(SqliteDatabase database, String name) {
        this.database = database;
        this.name = name;
    }

    static Process start(Path file, String name) throws IOException {
        return ChildProcess.of(ConcurrentWriterProcess.class, List.of(), file, name)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    public static void main(String[] arguments) throws Exception {
        try (SqliteDatabase database =
                SqliteDatabase.open(Path.of(arguments[0]), Replicas.TASKS, DatabaseOptions.DEFAULT)) {
            new ConcurrentWriterProcess(database, arguments[1]).run();
        }
    }

    private void run() throws InterruptedException {
        out.println("ready");
        Query<Long> others = Query.of("SELECT value FROM setting WHERE name <> ?", name)
                .map(row -> Long.parseLong(row.text("value")));
        Thread writer = Thread.ofPlatform().start(this::write);
        try (Subscription watching = database.subscribe(
                others,
                Runnable::run,
                result -> result.rows().forEach(this::news),
                trouble -> out.println("trouble " + trouble))) {
            awaitTheWord();
            stopping = true;
            writer.join();
            out.println("stopped");
            awaitTheWord();
            long last = database.list(others).getFirst();
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (latestNews.get() != last && System.nanoTime() < deadline) {
                LockSupport.parkNanos(1_000_000);
            }
            out.println(latestNews.get() == last ? "sees all" : "sees " + latestNews.get() + ", not " + last);
            out.printf(
                    "%s: commits p50 %d ms, p99 %d ms, longest %d ms; news of others p50 %d ms, p99 %d ms%n",
                    name,
                    commitMillis.getValueAtPercentile(50),
                    commitMillis.getValueAtPercentile(99),
                    commitMillis.getMaxValue(),
                    newsMillis.getValueAtPercentile(50),
                    newsMillis.getValueAtPercentile(99));
        }
    }

    private void news(long made) {
        if (latestNews.getAndSet(made) != made) {
            newsMillis.recordValue(millisSince(made));
        }
    }

    /** On the machine's monotonic clock, which all its processes share. */
    private static long millisSince(long nanos) {
        return Math.max(0, (System.nanoTime() - nanos) / 1_000_000);
    }

    private static void awaitTheWord() {
        try {
            if (System.in.read() < 0) {
                throw new IllegalStateException("The test has gone");
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void write() {
        while (!stopping) {
            UUID id = UUID.randomUUID();
            out.println("begin");
            long begun = System.nanoTime();
            database.write(tx -> {
                tx.execute("UPDATE task SET done = done + 1 WHERE code IS NULL");
                tx.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", name, Long.toString(System.nanoTime()));
                return tx.execute("INSERT INTO task(id, code) VALUES (?, ?)", id, name + "-" + id);
            });
            commitMillis.recordValue(millisSince(begun));
            out.println("saved " + id);
        }
    }
}
