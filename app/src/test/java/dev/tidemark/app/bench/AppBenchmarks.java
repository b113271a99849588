package dev.tidemark.app.bench;

import dev.tidemark.bench.Figure;
import dev.tidemark.bench.FigureReport;
import dev.tidemark.bench.Folders;
import dev.tidemark.bench.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Runs the benchmarks of the app.
 *
 * <p>Arguments: {@code all} or comma-separated ids; the file for the JSON; the folder of the documentation, which gets
 * the figures of complete runs only.
 */
final class AppBenchmarks {
    private static final List<String> ALL = List.of("N9", "N14", "N15", "N16", "N20", "N23");
    private static final int ITEMS = Integer.getInteger("tidemark.bench.items", 100_000);
    private static final int RUNS = Integer.getInteger("tidemark.bench.runs", 5);

    private AppBenchmarks() {}

    public static void main(String[] arguments) throws IOException {
        boolean whole = arguments[0].equals("all");
        Set<String> wanted = whole ? Set.copyOf(ALL) : Set.of(arguments[0].split(","));
        if (ALL.stream().noneMatch(wanted::contains)) {
            System.out.println("The app has no benchmark " + arguments[0] + ", only " + ALL);
            return;
        }
        List<String> about = List.of(
                Machine.describe(),
                ITEMS
                        + " items; durability `GROUP`; N9, N23: whole processes, with the start of Java; N14 to N16:"
                        + " the real window on JavaFX's headless screen of 1000 by 1000, drawn by software; N20, N21:"
                        + " the view models, without a window");
        List<Figure> figures = new ArrayList<>();
        for (String id : ALL) {
            if (wanted.contains(id)) {
                Path folder = Files.createTempDirectory("benchmark");
                figures.addAll(run(id, folder));
                Folders.delete(folder);
            }
        }
        new FigureReport("app", about, figures).publish(Path.of(arguments[1]), whole ? Path.of(arguments[2]) : null);
    }

    private static List<Figure> run(String id, Path folder) throws IOException {
        return switch (id) {
            case "N9" -> TwoDevices.measure(folder, ITEMS, RUNS);
            case "N14" -> LargeList.measure(folder, ITEMS, RUNS);
            case "N15" -> SearchAsYouType.measure(folder, ITEMS, RUNS);
            case "N16" -> TypingDuringSync.measure(folder, ITEMS / 2, RUNS);
            case "N23" -> ImportAtScale.measure(folder, ITEMS, RUNS);
            case "N20" -> PagesAtScale.measure(folder, ITEMS, RUNS);
            default -> throw new IllegalArgumentException(id);
        };
    }
}
