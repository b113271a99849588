package dev.tidemark.app.cli;

import dev.tidemark.app.format.TerminalSanitizer;
import dev.tidemark.app.model.ItemJson;
import dev.tidemark.engine.changelog.Maintenance.RepairReport;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** Checks the database and repairs it where possible. */
@Command(name = "repair")
final class RepairCommand extends Subcommand implements Callable<Integer> {
    @Override
    public Integer call() {
        RepairReport repair = database().maintenance().repair();
        if (isJson()) {
            output().json(fields(repair));
        } else {
            print(repair);
        }
        return repair.damage().isEmpty() ? 0 : 1;
    }

    private static Map<String, @Nullable Object> fields(RepairReport repair) {
        Path copy = repair.backup();
        return ItemJson.object(
                "damage", repair.damage(),
                "adopted", adopted(repair),
                "restamped", repair.restamped(),
                "copy", copy == null ? null : copy.toString());
    }

    /** The number of rows that another program inserted, changed or deleted. */
    private static long adopted(RepairReport repair) {
        return repair.inserted() + repair.changed() + repair.deleted();
    }

    private void print(RepairReport repair) {
        Path copy = repair.backup();
        if (!repair.damage().isEmpty()) {
            root().terminal().errors().println(CliMessages.get("repair.damaged"));
            repair.damage().forEach(line -> root().error(line));
            return;
        }
        if (adopted(repair) > 0) {
            message("repair.adopted", adopted(repair));
        }
        if (copy != null) {
            message("repair.restamped", repair.restamped());
            message("repair.copy", TerminalSanitizer.line(copy.toString()));
            message("repair.next");
        }
        if (adopted(repair) == 0 && copy == null) {
            message("repair.sound");
        }
    }
}
