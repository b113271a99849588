package dev.tidemark.engine.load;

import dev.tidemark.bench.Figure;
import dev.tidemark.bench.FigureReport;
import dev.tidemark.bench.Folders;
import dev.tidemark.bench.Machine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * N7: three databases with ten workers each, 40 % reads, 30 % inserts, 20 % updates, 10 % deletes, documents of 1 KiB,
 * durable commits: the defaults of {@code tidemark bench load}.
 *
 * <p>Arguments: {@code all} or comma-separated ids; the file for the JSON; the folder of the documentation, which gets
 * the figures of complete runs only.
 */
final class LoadBenchmark {
    private static final int ROUNDS = 5;
    private static final Duration DURATION = Duration.ofSeconds(8);

    private LoadBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        boolean all = arguments[0].equals("all");
        if (!all && !Arrays.asList(arguments[0].split(",")).contains("N7")) {
            System.out.println("The load generator has no benchmark " + arguments[0] + ", only [N7]");
            return;
        }
        List<String> about = List.of(Machine.describe(), "durability `GROUP`");
        Path folder = Files.createTempDirectory("bench");
        try {
            new FigureReport("load", about, measure(folder))
                    .publish(Path.of(arguments[1]), all ? Path.of(arguments[2]) : null);
        } finally {
            Folders.delete(folder);
        }
    }

    private static List<Figure> measure(Path folder) throws Exception {
        run(folder.resolve("warm-up"), Duration.ofSeconds(4));
        List<Double> speed = new ArrayList<>();
        List<Double> late = new ArrayList<>();
        List<Double> later = new ArrayList<>();
        List<Double> failures = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            LoadFigures all = run(folder.resolve("round-" + round), DURATION).all();
            speed.add(all.perSecond());
            late.add(all.p95());
            later.add(all.p99());
            failures.add((double) all.failures());
        }
        return List.of(
                Figure.of("N7", "operations of the load profile", "operations/s", speed),
                Figure.of("N7.p95", "95 of 100 operations took at most", "ms", late),
                Figure.of("N7.p99", "99 of 100 operations took at most", "ms", later),
                Figure.of("N7.failures", "operations that failed", "operations", failures));
    }

    private static LoadReport run(Path folder, Duration duration) throws Exception {
        Files.createDirectory(folder);
        try (LoadRun run = LoadRun.prepare(LoadProfile.standard(duration), folder)) {
            return run.run();
        }
    }
}
