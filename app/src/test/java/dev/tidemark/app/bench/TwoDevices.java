package dev.tidemark.app.bench;

import dev.tidemark.bench.Figure;
import dev.tidemark.bench.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * N9: the time to sync items through a folder to a second profile, including the steps before and after. Runs whole
 * processes, as a user starts them.
 */
final class TwoDevices {
    private static final Map<String, String> WHAT = Map.of(
            "config", "a command that does next to nothing",
            "import", "import of the items",
            "push", "sync to an empty folder",
            "pull", "sync of a new device from it",
            "list", "list of all items as JSON",
            "nothing", "sync with nothing to do");

    private final Path folder;
    private final Path file;
    private final Path imported;
    private final int items;
    private final Map<String, List<MeasuredProcess>> steps = new LinkedHashMap<>();

    private TwoDevices(Path folder, int items) {
        this.folder = folder;
        this.file = folder.resolve("items.jsonl");
        this.imported = folder.resolve("imported");
        this.items = items;
    }

    /** Measures this often with so many items. */
    static List<Figure> measure(Path folder, int items, int runs) throws IOException {
        TwoDevices benchmark = new TwoDevices(folder, items);
        benchmark.prepare();
        for (int run = 1; run <= runs; run++) {
            benchmark.run(run);
        }
        return benchmark.figures();
    }

    /** Every run begins with a copy of this library, which has never met a remote. */
    private void prepare() throws IOException {
        SampleItems.write(file, 0, items);
        measure("import", imported, "import", file.toString());
    }

    private void run(int number) throws IOException {
        Path here = Files.createDirectory(folder.resolve("run-" + number));
        Path shared = Files.createDirectory(here.resolve("shared"));
        Path first = here.resolve("first");
        Path second = here.resolve("second");
        SampleItems.copy(imported, first);
        for (Path profile : List.of(first, second)) {
            measure("config", profile, "config", "set", "sync.folder", shared.toString());
        }
        measure("push", first, "sync");
        measure("pull", second, "sync");
        try (Stream<String> lines = Files.lines(measure("list", second, "list", "--json"))) {
            long count = lines.count();
            if (count != items) {
                throw new AssertionError("Listed " + count + " items instead of " + items);
            }
        }
        measure("nothing", second, "sync");
        Folders.delete(here);
    }

    /** Returns the file with what it printed. */
    private Path measure(String what, Path profile, String... arguments) {
        Path output = folder.resolve("printed.txt");
        steps.computeIfAbsent(what, key -> new ArrayList<>()).add(MeasuredProcess.run(output, profile, arguments));
        return output;
    }

    private List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.of("N9", "push and pull", "s", bothWays(MeasuredProcess::seconds, Double::sum)));
        figures.add(Figure.of(
                "N9.cpu", "processor time of both", "s", bothWays(MeasuredProcess::processorSeconds, Double::sum)));
        figures.add(
                Figure.of("N9.memory", "the larger of both", "MB", bothWays(MeasuredProcess::megabytes, Math::max)));
        steps.forEach((step, runs) -> {
            figures.add(Figure.of("N9." + step, WHAT.get(step), "s", values(runs, MeasuredProcess::seconds)));
            figures.add(Figure.of(
                    "N9." + step + "-cpu",
                    "processor time of it",
                    "s",
                    values(runs, MeasuredProcess::processorSeconds)));
            figures.add(Figure.of(
                    "N9." + step + "-memory", "most memory of it", "MB", values(runs, MeasuredProcess::megabytes)));
        });
        return figures;
    }

    private List<Double> bothWays(Function<MeasuredProcess, Double> figure, BinaryOperator<Double> together) {
        List<Double> pushes = values(steps.getOrDefault("push", List.of()), figure);
        List<Double> pulls = values(steps.getOrDefault("pull", List.of()), figure);
        return IntStream.range(0, pushes.size())
                .mapToObj(run -> together.apply(pushes.get(run), pulls.get(run)))
                .toList();
    }

    private static List<Double> values(List<MeasuredProcess> runs, Function<MeasuredProcess, Double> figure) {
        return runs.stream().map(figure).toList();
    }
}
