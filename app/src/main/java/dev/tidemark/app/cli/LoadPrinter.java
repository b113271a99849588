package dev.tidemark.app.cli;

import dev.tidemark.app.format.TerminalSanitizer;
import dev.tidemark.engine.load.LoadFigures;
import dev.tidemark.engine.load.LoadProfile;
import dev.tidemark.engine.load.LoadReport;
import java.nio.file.Path;
import java.util.List;

/** Prints the results of a load test as text. */
final class LoadPrinter {
    private static final List<String> HEADINGS =
            List.of("operation", "count", "failures", "perSecond", "p50", "p95", "p99", "p999", "max");

    private final Output output;

    LoadPrinter(Output output) {
        this.output = output;
    }

    void print(LoadReport report, Path folder) {
        LoadProfile profile = report.profile();
        output.message(
                "load.done",
                profile.databases().size(),
                profile.workers(),
                report.elapsed().toMillis() / 1e3,
                profile.documentSize(),
                Output.name(profile.durability().mode()),
                Long.toString(profile.seed()),
                TerminalSanitizer.line(folder.toString()));
        if (report.isStopped()) {
            output.message("load.stopped");
        }
        output.line("");
        table(report.operations());
        for (int number = 1; number <= profile.databases().size(); number++) {
            int phases = profile.databases().get(number - 1).size();
            if (phases > 1 || profile.databases().stream().distinct().count() > 1) {
                byPhase(report, number);
            }
        }
        if (!report.failures().isEmpty()) {
            output.line("");
            output.message("load.failures");
            report.failures()
                    .forEach((reason, count) -> output.message("load.failure", count, TerminalSanitizer.line(reason)));
        }
    }

    private void byPhase(LoadReport report, int number) {
        for (int phase = 1; phase <= report.phases(number); phase++) {
            output.line("");
            output.message(
                    "load.phase",
                    number,
                    phase,
                    report.profile().databases().get(number - 1).get(phase - 1).mix());
            table(report.operations(number, phase));
        }
    }

    private void table(List<LoadFigures> figures) {
        StringBuilder heading = new StringBuilder();
        HEADINGS.forEach(key -> heading.append(cell(CliMessages.get("load.heading." + key), heading.isEmpty())));
        output.line(output.faint(heading.toString()));
        for (LoadFigures one : figures) {
            StringBuilder line = new StringBuilder();
            line.append(cell(CliMessages.get("load.operation." + one.operation()), true));
            line.append(cell(String.format("%,d", one.count()), false));
            line.append(cell(String.format("%,d", one.failures()), false));
            line.append(cell(String.format("%,.0f", one.perSecond()), false));
            for (double millis : new double[] {one.p50(), one.p95(), one.p99(), one.p999(), one.max()}) {
                line.append(cell(one.count() == 0 ? "" : String.format("%,.2f", millis), false));
            }
            output.line(line.toString().stripTrailing());
        }
    }

    private static String cell(String text, boolean first) {
        return String.format(first ? "%-12s" : "%12s", text);
    }
}
