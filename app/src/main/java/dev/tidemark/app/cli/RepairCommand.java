package dev.tidemark.app.cli;

import dev.tidemark.app.format.TerminalSanitizer;
import dev.tidemark.engine.changelog.Maintenance.RepairReport;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** Checks the database and repairs it where possible. */
@Command(name = "repair")
final class RepairCommand implements Callable<Integer> {
    private final TidemarkCommand root;

    RepairCommand(TidemarkCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        RepairReport repair = root.composition().database().maintenance().repair();
        if (root.json()) {
            root.output().json(fields(repair));
        } else {
            print(repair);
        }
        return repair.damage().isEmpty() ? 0 : 1;
    }

    private static Map<String, @Nullable Object> fields(RepairReport repair) {
        Path copy = repair.backup();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("damage", repair.damage());
        fields.put("adopted", adopted(repair));
        fields.put("restamped", repair.restamped());
        fields.put("copy", copy == null ? null : copy.toString());
        return fields;
    }

    /** The number of rows that another program inserted, changed or deleted. */
    private static long adopted(RepairReport repair) {
        return repair.inserted() + repair.changed() + repair.deleted();
    }

    private void print(RepairReport repair) {
        Path copy = repair.backup();
        if (!repair.damage().isEmpty()) {
            root.terminal().errors().println(CliMessages.get("repair.damaged"));
            repair.damage().forEach(line -> root.terminal().errors().println(TerminalSanitizer.line(line)));
            return;
        }
        if (adopted(repair) > 0) {
            root.output().line(CliMessages.get("repair.adopted", adopted(repair)));
        }
        if (copy != null) {
            root.output().line(CliMessages.get("repair.restamped", repair.restamped()));
            root.output().line(CliMessages.get("repair.copy", TerminalSanitizer.line(copy.toString())));
            root.output().line(CliMessages.get("repair.next"));
        }
        if (adopted(repair) == 0 && copy == null) {
            root.output().line(CliMessages.get("repair.sound"));
        }
    }
}
