package dev.tidemark.engine.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.jr.ob.JSON;

/** Writes a report as JSON and CSV. Programs read the files, so names and units are not translated. */
final class LoadReportFiles {
    private static final JSON PRETTY =
            JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES, JSON.Feature.PRETTY_PRINT_OUTPUT);
    private static final String COLUMNS = "operation,count,failures,per_second,p50_ms,p95_ms,p99_ms,p999_ms,max_ms";

    private LoadReportFiles() {}

    static String json(LoadReport report) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("profile", profile(report.profile()));
        fields.put("started", report.started().toString());
        fields.put("seconds", report.elapsed().toNanos() / 1e9);
        fields.put("stopped", report.isStopped());
        fields.put("java", System.getProperty("java.version"));
        fields.put("processors", Runtime.getRuntime().availableProcessors());
        fields.put("operations", figures(report.operations()));
        List<Object> databases = new ArrayList<>();
        for (int number = 1; number <= report.profile().databases().size(); number++) {
            databases.add(database(report, number));
        }
        fields.put("databases", databases);
        List<Object> failures = new ArrayList<>();
        report.failures().forEach((reason, count) -> failures.add(inOrder("reason", reason, "count", count)));
        fields.put("failures", failures);
        fields.put("perSecond", report.perSecond());
        return PRETTY.asString(fields);
    }

    private static Map<String, @Nullable Object> inOrder(String first, Object one, String second, Object other) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put(first, one);
        fields.put(second, other);
        return fields;
    }

    private static Map<String, @Nullable Object> profile(LoadProfile profile) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("workers", profile.workers());
        fields.put("documents", profile.documents());
        fields.put("documentSize", profile.documentSize());
        fields.put("durability", profile.durability().mode().name().toLowerCase(Locale.ROOT));
        fields.put("intervalMillis", profile.durability().interval().toMillis());
        fields.put("seed", profile.seed());
        fields.put(
                "databases",
                profile.databases().stream()
                        .map(phases ->
                                phases.stream().map(LoadReportFiles::phase).toList())
                        .toList());
        return fields;
    }

    private static Map<String, @Nullable Object> phase(LoadPhase phase) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put(
                "seconds", phase.duration().isZero() ? null : phase.duration().toMillis() / 1e3);
        fields.put("operations", phase.operations() == 0 ? null : phase.operations());
        fields.put("mix", phase.mix().toString());
        return fields;
    }

    private static Map<String, @Nullable Object> database(LoadReport report, int number) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("database", number);
        fields.put("rows", report.rows(number));
        fields.put("operations", figures(report.operations(number)));
        List<Object> phases = new ArrayList<>();
        for (int phase = 1; phase <= report.phases(number); phase++) {
            phases.add(inOrder("phase", phase, "operations", figures(report.operations(number, phase))));
        }
        fields.put("phases", phases);
        return fields;
    }

    private static List<Map<String, @Nullable Object>> figures(List<LoadFigures> all) {
        return all.stream()
                .map(one -> {
                    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
                    fields.put("operation", one.operation());
                    fields.put("count", one.count());
                    fields.put("failures", one.failures());
                    fields.put("perSecond", one.perSecond());
                    fields.put("p50Millis", one.p50());
                    fields.put("p95Millis", one.p95());
                    fields.put("p99Millis", one.p99());
                    fields.put("p999Millis", one.p999());
                    fields.put("maxMillis", one.max());
                    return fields;
                })
                .toList();
    }

    static void writeCsv(LoadReport report, Path folder) throws IOException {
        Files.createDirectories(folder);
        List<String> lines = new ArrayList<>();
        lines.add("database,phase," + COLUMNS);
        report.operations().forEach(one -> lines.add("all,all," + line(one)));
        for (int number = 1; number <= report.profile().databases().size(); number++) {
            String database = number + ",";
            report.operations(number).forEach(one -> lines.add(database + "all," + line(one)));
            for (int phase = 1; phase <= report.phases(number); phase++) {
                String inPhase = database + phase + ",";
                report.operations(number, phase).forEach(one -> lines.add(inPhase + line(one)));
            }
        }
        write(folder, "operations.csv", lines);
        List<String> failures = new ArrayList<>(List.of("reason,count"));
        report.failures().forEach((reason, count) -> failures.add("\"" + reason.replace("\"", "\"\"") + "\"," + count));
        write(folder, "failures.csv", failures);
        List<String> seconds = new ArrayList<>(List.of("second,operations"));
        report.perSecond().forEach(count -> seconds.add(seconds.size() + "," + count));
        write(folder, "seconds.csv", seconds);
    }

    private static String line(LoadFigures one) {
        return String.format(
                Locale.ROOT,
                "%s,%d,%d,%.1f,%.4f,%.4f,%.4f,%.4f,%.4f",
                one.operation(),
                one.count(),
                one.failures(),
                one.perSecond(),
                one.p50(),
                one.p95(),
                one.p99(),
                one.p999(),
                one.max());
    }

    private static void write(Path folder, String name, List<String> lines) throws IOException {
        Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
    }
}
