package dev.tidemark.app.process;

import dev.tidemark.bench.Figure;
import dev.tidemark.bench.FigureReport;
import dev.tidemark.bench.Folders;
import dev.tidemark.bench.Machine;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How long it takes to import items, to sync them through a folder to a second profile, and to list them there: whole
 * processes, as a person would start them.
 *
 * <p>Arguments: {@code all}, or ids of benchmarks with {@code devices} among them; where to write the JSON; the folder of
 * the documentation; the number of items, 10,000 if not given; the number of runs, 5 if not given.
 */
final class TwoDevicesBenchmark {
    private static final Map<String, String> WHAT = Map.of(
            "config", "a command that does next to nothing",
            "import", "import of the items",
            "push", "sync to an empty folder",
            "pull", "sync of a new device from it",
            "list", "list of all items as JSON",
            "nothing", "sync with nothing to do");

    private final Path folder;
    private final int items;
    private final Map<String, List<Double>> seconds = new LinkedHashMap<>();

    private TwoDevicesBenchmark(Path folder, int items) {
        this.folder = folder;
        this.items = items;
    }

    public static void main(String[] arguments) throws IOException {
        boolean whole = arguments[0].equals("all");
        if (!whole && !List.of(arguments[0].split(",")).contains("devices")) {
            System.out.println("The app has no benchmark " + arguments[0] + ", only devices");
            return;
        }
        Path report = Path.of(arguments[1]);
        int items = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 10_000;
        int runs = arguments.length > 4 ? Integer.parseInt(arguments[4]) : 5;
        Path folder = Files.createTempDirectory("benchmark");
        TwoDevicesBenchmark benchmark = new TwoDevicesBenchmark(folder, items);
        for (int run = 1; run <= runs; run++) {
            benchmark.run(run);
        }
        Folders.delete(folder);
        List<String> about = List.of(
                Machine.describe(), items + " items; whole processes, with the start of Java; durability `GROUP`");
        new FigureReport("app", about, benchmark.figures()).publish(report, whole ? Path.of(arguments[2]) : null);
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

    private List<Figure> figures() {
        return seconds.entrySet().stream()
                .map(step -> Figure.of("devices." + step.getKey(), WHAT.get(step.getKey()), "s", step.getValue()))
                .toList();
    }
}
