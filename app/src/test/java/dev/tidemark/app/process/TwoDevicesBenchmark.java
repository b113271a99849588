package dev.tidemark.app.process;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.jr.ob.JSON;

/**
 * How long it takes to import items, to sync them through a folder to a second profile, and to list them there: whole
 * processes, as a person would start them. Prints its times and writes them to {@code target/benchmarks.json}.
 *
 * <p>Arguments: where to write the JSON; the number of items, 10,000 if not given; the number of runs, 5 if not given.
 */
final class TwoDevicesBenchmark {
    private final Path folder;
    private final int items;
    private final Map<String, List<Double>> seconds = new LinkedHashMap<>();

    private TwoDevicesBenchmark(Path folder, int items) {
        this.folder = folder;
        this.items = items;
    }

    public static void main(String[] arguments) throws IOException {
        Path report = Path.of(arguments[0]);
        int items = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10_000;
        int runs = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 5;
        Path folder = Files.createTempDirectory("benchmark");
        TwoDevicesBenchmark benchmark = new TwoDevicesBenchmark(folder, items);
        for (int run = 1; run <= runs; run++) {
            benchmark.run(run);
        }
        benchmark.print(report);
        deleteAll(folder);
    }

    private void run(int number) throws IOException {
        Path here = Files.createDirectory(folder.resolve("run-" + number));
        Path shared = Files.createDirectory(here.resolve("shared"));
        Path first = here.resolve("first");
        Path second = here.resolve("second");
        Path file = here.resolve("items.jsonl");
        writeItems(file);
        for (Path profile : List.of(first, second)) {
            time("config", profile, "config", "set", "sync.folder", shared.toString());
        }
        time("import", first, "import", file.toString());
        time("push", first, "sync");
        time("pull", second, "sync");
        String listed = time("list", second, "list", "--json");
        time("nothing", second, "sync");
        if (listed.lines().count() != items) {
            throw new AssertionError("Listed " + listed.lines().count() + " items instead of " + items);
        }
    }

    private void writeItems(Path file) throws IOException {
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            for (int number = 0; number < items; number++) {
                writer.write(String.format(
                        Locale.ROOT,
                        "{\"title\":\"Item %d of the benchmark\",\"body\":\"Some text about item %d.\",\"list\":\"List"
                                + " %d\",\"tags\":[\"tag%d\"],\"due\":\"2026-12-%02d\"}%n",
                        number,
                        number,
                        number % 20,
                        number % 50,
                        1 + number % 28));
            }
        }
    }

    private String time(String what, Path profile, String... arguments) {
        long start = System.nanoTime();
        String printed = TidemarkProcess.run(profile, arguments).printed();
        seconds.computeIfAbsent(what, key -> new ArrayList<>()).add((System.nanoTime() - start) / 1e9);
        return printed;
    }

    private void print(Path report) throws IOException {
        System.out.printf(
                "%d items, medians of %d runs; %s, %d processors, Java %s; durability GROUP%n",
                items,
                seconds.get("import").size(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"));
        List<Map<String, Object>> figures = new ArrayList<>();
        seconds.forEach((what, runs) -> {
            double median = median(runs);
            System.out.printf(
                    "%-8s %6.2f s   %s%n",
                    what,
                    median,
                    runs.stream()
                            .map(one -> String.format(Locale.ROOT, "%.2f", one))
                            .toList());
            Map<String, Object> figure = new LinkedHashMap<>();
            figure.put("id", "devices." + what);
            figure.put("value", median);
            figure.put("unit", "s");
            figure.put("baseline", null);
            figure.put("ratio", null);
            figure.put("runs", runs);
            figures.add(figure);
        });
        Files.writeString(
                report, JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES).asString(figures) + "\n");
    }

    private static double median(List<Double> runs) {
        List<Double> sorted = new ArrayList<>(runs);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }

    private static void deleteAll(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
