package dev.tidemark.app.bench;

import dev.tidemark.bench.Figure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** N23: a command imports items into an empty profile, from JSON lines and from a table; whole processes. */
final class ImportAtScale {
    private ImportAtScale() {}

    /** Measures this often with so many items. */
    static List<Figure> measure(Path folder, int items, int runs) throws IOException {
        Path lines = folder.resolve("items.jsonl");
        Path table = folder.resolve("items.csv");
        Path output = folder.resolve("printed.txt");
        SampleItems.write(lines, 0, items);
        Path source = folder.resolve("source");
        MeasuredProcess.run(output, source, "import", lines.toString());
        MeasuredProcess.run(output, source, "export", "--format", "csv", table.toString());
        List<Double> ofLines = new ArrayList<>();
        List<Double> ofTable = new ArrayList<>();
        List<Double> again = new ArrayList<>();
        for (int run = 1; run <= runs; run++) {
            Path profile = folder.resolve("lines-" + run);
            ofLines.add(seconds(output, profile, lines));
            again.add(seconds(output, profile, lines));
            ofTable.add(seconds(output, folder.resolve("table-" + run), table));
        }
        return List.of(
                Figure.of("N23", "import of JSON lines", "s", ofLines),
                Figure.of("N23.again", "the same file again, which changes nothing", "s", again),
                Figure.of("N23.csv", "import of a table", "s", ofTable));
    }

    private static double seconds(Path output, Path profile, Path file) {
        return MeasuredProcess.run(output, profile, "import", file.toString()).seconds();
    }
}
