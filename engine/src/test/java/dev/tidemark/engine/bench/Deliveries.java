package dev.tidemark.engine.bench;

import dev.tidemark.bench.Figure;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.Schema;
import dev.tidemark.engine.Subscription;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/**
 * N8: the time from the call of {@code write} to the delivery to a subscriber, for a query with {@code LIMIT 200} on a
 * table of 100,000 rows; and the number of deliveries for a transaction of 10,000 rows.
 */
final class Deliveries implements Benchmark {
    private static final int ROUNDS = 5;
    private static final int ROWS = 100_000;
    private static final int COMMITS = 300;
    private static final int SHOWN = 200;
    private static final Schema SCHEMA = Schema.builder()
            .migration("todo", TodoTable.CREATE + "; CREATE INDEX todo_created ON todo(created)")
            .synced("todo")
            .build();
    private static final Query<Todo> NEWEST =
            Query.of("SELECT * FROM todo ORDER BY created DESC LIMIT " + SHOWN).as(Todo.class);

    /**
     * One result as it arrived.
     *
     * @param titles what it shows
     */
    private record Delivery(Set<String> titles, long nanos) {}

    private final BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();

    @Override
    public List<Figure> run(Path folder) throws Exception {
        List<Todo> rows = Todo.some(ROWS, 8);
        try (Database database = Database.open(folder.resolve("n8.db"), SCHEMA, DatabaseOptions.DEFAULT);
                ExecutorService executor = Executors.newSingleThreadExecutor()) {
            TodoTable.insert(database, rows, 1_000);
            try (Subscription subscription = database.subscribe(
                    NEWEST,
                    executor,
                    result -> {
                        long now = System.nanoTime();
                        deliveries.add(new Delivery(
                                result.rows().stream().map(Todo::title).collect(Collectors.toSet()), now));
                    },
                    Throwable::printStackTrace)) {
                return measure(database, rows);
            }
        }
    }

    private List<Figure> measure(Database database, List<Todo> rows) throws InterruptedException {
        List<Todo> shown = rows.subList(ROWS - SHOWN, ROWS);
        awaitTitle(shown.getLast().title());
        List<Double> late = new ArrayList<>();
        List<Double> half = new ArrayList<>();
        List<Double> count = new ArrayList<>();
        for (int round = 0; round <= ROUNDS; round++) {
            Histogram nanos = round(database, shown, round);
            double delivered = deliveriesOfLargeTransaction(database, rows, round);
            // The first one warms up.
            if (round > 0) {
                late.add(nanos.getValueAtPercentile(99) / 1e6);
                half.add(nanos.getValueAtPercentile(50) / 1e6);
                count.add(delivered);
            }
        }
        return List.of(
                Figure.of("N8", "P99 from the call of write to its result", "ms", late),
                Figure.of("N8.p50", "half of these took at most", "ms", half),
                Figure.of("N8.deliveries", "deliveries of a transaction of 10,000 rows", "deliveries", count));
    }

    private Histogram round(Database database, List<Todo> shown, int round) throws InterruptedException {
        Histogram nanos = new Histogram(3);
        for (int commit = 0; commit < COMMITS; commit++) {
            Todo row = shown.get(commit * 7 % SHOWN);
            String title = "round " + round + ", commit " + commit;
            long start = System.nanoTime();
            database.write(tx -> tx.execute("UPDATE todo SET title = ? WHERE id = ?", title, row.id()));
            nanos.recordValue(awaitTitle(title).nanos() - start);
        }
        return nanos;
    }

    private double deliveriesOfLargeTransaction(Database database, List<Todo> rows, int round)
            throws InterruptedException {
        String marker = "large " + round;
        database.write(tx -> {
            for (Todo row : rows.subList(ROWS - 10_000, ROWS)) {
                tx.execute("UPDATE todo SET title = ? WHERE id = ?", marker + " " + row.priority(), row.id());
            }
            return null;
        });
        int seen = 0;
        Delivery delivery;
        do {
            delivery = next();
            seen++;
        } while (delivery.titles().stream().noneMatch(title -> title.startsWith(marker)));
        // One more commit: what was still to come of the large one would arrive before it.
        String end = "after large " + round;
        database.write(tx -> tx.execute(
                "UPDATE todo SET title = ? WHERE id = ?", end, rows.getLast().id()));
        for (delivery = next(); !delivery.titles().contains(end); delivery = next()) {
            seen++;
        }
        return seen;
    }

    private Delivery awaitTitle(String title) throws InterruptedException {
        Delivery delivery = next();
        while (!delivery.titles().contains(title)) {
            delivery = next();
        }
        return delivery;
    }

    private Delivery next() throws InterruptedException {
        Delivery delivery = deliveries.poll(30, TimeUnit.SECONDS);
        if (delivery == null) {
            throw new IllegalStateException("A result did not arrive");
        }
        return delivery;
    }
}
