package dev.tidemark.engine.bench;

import dev.tidemark.bench.Figure;
import dev.tidemark.bench.FigureFile;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.Durability;
import dev.tidemark.engine.internal.disk.FsyncShim;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * N5: thirty writers with one row per commit, {@code GROUP} against {@code ALWAYS}, with the fsync of the disk and with
 * one that is a millisecond slower.
 */
final class ManyWriters implements Benchmark {
    @Override
    public List<Figure> run(Path folder) throws Exception {
        Path watched = Files.createDirectory(folder.resolve("watched"));
        FsyncShim shim = FsyncShim.compile(watched, Files.createDirectory(folder.resolve("aside")));
        List<Figure> figures = new ArrayList<>();
        figures.addAll(BenchmarkProcess.run(
                shim.delaying(Duration.ofMillis(1))::countUnder, Writers.class, "slow", watched.toString()));
        figures.addAll(BenchmarkProcess.run(process -> {}, Writers.class, "plain", watched.toString()));
        return figures;
    }

    /**
     * The measuring process. Arguments: whether the fsync is {@code slow} or {@code plain}; a folder; where figures go.
     */
    static final class Writers {
        private static final int ROUNDS = 5;
        private static final int THREADS = 30;
        private static final int COMMITS = 1_500;

        private int files;

        public static void main(String[] arguments) throws Exception {
            boolean slow = arguments[0].equals("slow");
            Path folder = Path.of(arguments[1]);
            List<Todo> rows = Todo.some(COMMITS, 5);
            Writers writers = new Writers();
            Rounds rounds = Rounds.alternating(
                    ROUNDS,
                    () -> writers.write(folder, rows, Durability.GROUP),
                    () -> writers.write(folder, rows, Durability.ALWAYS));
            Figure figure = slow
                    ? Figure.of("N5", "30 writers, GROUP against ALWAYS, fsync + 1 ms", "commits/s", rounds.measured())
                    : Figure.of(
                            "N5.plain-fsync",
                            "30 writers, GROUP against ALWAYS, fsync as it is",
                            "commits/s",
                            rounds.measured());
            FigureFile.write(Path.of(arguments[2]), List.of(figure.against(rounds.baseline())));
            System.exit(0);
        }

        private double write(Path folder, List<Todo> rows, Durability durability) throws Exception {
            Path file = folder.resolve("n5-" + ProcessHandle.current().pid() + "-" + files++ + ".db");
            AtomicInteger next = new AtomicInteger();
            try (Database database = TodoTable.open(file, durability);
                    ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
                long start = System.nanoTime();
                List<Future<?>> running = new ArrayList<>();
                for (int thread = 0; thread < THREADS; thread++) {
                    running.add(threads.submit(() -> {
                        for (int row = next.getAndIncrement(); row < rows.size(); row = next.getAndIncrement()) {
                            Todo todo = rows.get(row);
                            database.write(tx -> tx.execute(TodoTable.INSERT, todo.parameters()));
                        }
                    }));
                }
                for (Future<?> one : running) {
                    one.get();
                }
                return Rounds.perSecond(rows.size(), start);
            }
        }
    }
}
