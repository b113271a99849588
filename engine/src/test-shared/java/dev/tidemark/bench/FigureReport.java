package dev.tidemark.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.jr.ob.JSON;

/** Prints figures, stores them as JSON, and writes them into the documentation. */
public final class FigureReport {
    private static final JSON PRETTY =
            JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES, JSON.Feature.PRETTY_PRINT_OUTPUT);
    private static final List<String> HEADER =
            List.of("", "What", "Unit", "Median", "Baseline", "Ratio", "Reach", "", "Runs");

    private final String module;
    private final List<String> about;
    private final List<Figure> figures;

    /**
     * @param module whose figures these are: the name of its block in the documentation
     * @param about what they were measured on and with, a line each
     * @param figures in the order in which they are shown
     */
    public FigureReport(String module, List<String> about, List<Figure> figures) {
        this.module = module;
        this.about = List.copyOf(about);
        this.figures = List.copyOf(figures);
    }

    /** What people read: Markdown that is a tidy table as plain text, too. */
    public String text() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADER);
        figures.forEach(figure -> rows.add(cells(figure)));
        int[] widths = new int[HEADER.size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        StringBuilder text = new StringBuilder();
        about.forEach(line -> text.append(line).append("  \n"));
        text.append('\n').append(line(rows.getFirst(), widths)).append('\n');
        for (int width : widths) {
            text.append("|-").append("-".repeat(width)).append('-');
        }
        text.append("|\n");
        rows.stream().skip(1).forEach(row -> text.append(line(row, widths)).append('\n'));
        return text.toString();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            line.append("| ")
                    .append(row.get(column))
                    .append(" ".repeat(widths[column] - row.get(column).length() + 1));
        }
        return line.append('|').toString();
    }

    private static List<String> cells(Figure figure) {
        Double ratio = figure.ratio();
        Boolean reached = figure.isReached();
        return List.of(
                figure.id(),
                figure.what(),
                figure.unit(),
                Figure.text(figure.value()),
                figure.baseline() == null ? "" : Figure.text(figure.baseline()),
                ratio == null ? "" : String.format(Locale.ROOT, "%.2f", ratio),
                figure.reach() == null ? "" : figure.reach().toString(),
                reached == null ? "" : reached ? "reached" : "missed",
                figure.runs().stream().map(Figure::text).collect(Collectors.joining(" ")));
    }

    /** Writes the figures as a JSON list, one object a figure. */
    public void write(Path file) throws IOException {
        Files.createDirectories(
                java.util.Objects.requireNonNull(file.toAbsolutePath().getParent()));
        Files.writeString(
                file, PRETTY.asString(figures.stream().map(Figure::json).toList()) + "\n");
    }

    /**
     * Replaces the module's block in {@code benchmarks.md}, and its file in {@code benchmarks/}.
     *
     * @param docs the documentation's folder
     * @throws IOException if there is no such block, or it cannot be written
     */
    public void document(Path docs) throws IOException {
        write(docs.resolve("benchmarks").resolve(module + ".json"));
        Path page = docs.resolve("benchmarks.md");
        String text = Files.readString(page);
        String begin = "<!-- " + module + ": written by mvn -Pbench verify -->\n";
        String end = "<!-- " + module + ": end -->";
        int from = text.indexOf(begin);
        int to = text.indexOf(end);
        if (from < 0 || to < from) {
            throw new IOException(page + " has no block \"" + begin.strip() + "\" … \"" + end + "\"");
        }
        Files.writeString(page, text.substring(0, from + begin.length()) + text() + text.substring(to));
    }

    /**
     * Prints the figures and stores them; into the documentation, too, if they are all there are.
     *
     * @param json where the JSON goes
     * @param docs the documentation's folder; {@code null} if these figures are not for it
     */
    public void publish(Path json, @Nullable Path docs) throws IOException {
        System.out.println(text());
        write(json);
        if (docs != null) {
            document(docs);
        }
    }
}
