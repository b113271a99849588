package dev.tidemark.engine.bench;

import dev.tidemark.bench.Figure;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.Durability;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** N6: reads of single rows and of pages of 50, alone and while a writer commits durably without pause. */
final class ReadsBesideWriter implements Benchmark {
    private static final int ROUNDS = 7;
    private static final int ROWS = 20_000;
    private static final long ROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(1_500);

    private final List<Double> commits = new ArrayList<>();
    private final List<Double> halves = new ArrayList<>();
    private final List<Double> halvesAlone = new ArrayList<>();

    @Override
    public List<Figure> run(Path folder) throws Exception {
        List<Todo> rows = Todo.some(ROWS, 6);
        try (Database database = TodoTable.open(folder.resolve("n6.db"), Durability.GROUP)) {
            TodoTable.insert(database, rows, 1_000);
            Rounds rounds = Rounds.alternating(
                    ROUNDS, () -> besideWriter(database, rows), () -> read(database, rows, halvesAlone));
            halves.removeFirst();
            halvesAlone.removeFirst();
            commits.removeFirst();
            return List.of(
                    Figure.of("N6", "P99 of reads while a writer commits", "µs", rounds.measured())
                            .against(rounds.baseline()),
                    Figure.of("N6.p50", "half of these reads took at most", "µs", halves)
                            .against(halvesAlone),
                    Figure.of("N6.commits", "commits meanwhile", "commits/s", commits));
        }
    }

    private double besideWriter(Database database, List<Todo> rows) throws InterruptedException {
        Writer writer = new Writer(database, rows);
        Thread thread = Thread.ofPlatform().start(writer);
        long start = System.nanoTime();
        double result = read(database, rows, halves);
        writer.stopped = true;
        thread.join();
        commits.add(Rounds.perSecond(writer.commits, start));
        return result;
    }

    private static final class Writer implements Runnable {
        private final Database database;
        private final List<Todo> rows;
        private volatile boolean stopped;
        private long commits;

        Writer(Database database, List<Todo> rows) {
            this.database = database;
            this.rows = rows;
        }

        @Override
        public void run() {
            Random random = new Random(66);
            while (!stopped) {
                Todo row = rows.get(random.nextInt(rows.size()));
                String title = Todo.text(random, 30);
                database.write(tx -> tx.execute("UPDATE todo SET title = ? WHERE id = ?", title, row.id()));
                commits++;
            }
        }
    }

    /** One in ten reads is a page. */
    private static double read(Database database, List<Todo> rows, List<Double> halves) {
        Histogram nanos = new Histogram(3);
        long end = System.nanoTime() + ROUND_NANOS;
        long before = System.nanoTime();
        for (int count = 0; before < end; count++) {
            Todo row = rows.get(ThreadLocalRandom.current().nextInt(rows.size()));
            Query<Row> query = count % 10 == 0
                    ? Query.of("SELECT id, title, done FROM todo WHERE id >= ? ORDER BY id LIMIT 50", row.id())
                    : Query.of("SELECT * FROM todo WHERE id = ?", row.id());
            if (database.list(query).isEmpty()) {
                throw new IllegalStateException("The row " + row.id() + " is gone");
            }
            long after = System.nanoTime();
            nanos.recordValue(after - before);
            before = after;
        }
        halves.add(nanos.getValueAtPercentile(50) / 1e3);
        return nanos.getValueAtPercentile(99) / 1e3;
    }
}
