package dev.tidemark.app.cli;

import dev.tidemark.app.backup.Backup;
import dev.tidemark.app.backup.Backups;
import dev.tidemark.app.format.TerminalSanitizer;
import dev.tidemark.app.model.ItemJson;
import dev.tidemark.app.repair.LibraryRepair;
import dev.tidemark.app.repair.LibraryRepair.Differences;
import dev.tidemark.app.repair.RepairText;
import dev.tidemark.engine.changelog.Maintenance.RepairReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Checks the library and repairs it where possible. */
@Command(name = "repair")
final class RepairCommand extends Subcommand implements Callable<Integer> {
    @Option(names = "--adopt", descriptionKey = "repair.adopt")
    private boolean adopt;

    @Override
    public Integer call() {
        LibraryRepair.Outcome outcome = new LibraryRepair(
                        new Backups(root().folders(), context().clock()), database())
                .repair(adopt ? Differences.ADOPTED : Differences.RESTORED, share -> {});
        if (isJson()) {
            output().json(fields(outcome));
        } else {
            print(outcome);
        }
        return damage(outcome).isEmpty() ? 0 : 1;
    }

    /** Returns the damage that remains after the repair. */
    private static List<String> damage(LibraryRepair.Outcome outcome) {
        RepairReport report = outcome.report();
        return report == null ? outcome.before().database().damage() : report.damage();
    }

    private Map<String, @Nullable Object> fields(LibraryRepair.Outcome outcome) {
        RepairReport report = outcome.report();
        Path copy = report == null ? null : report.backup();
        Backup backup = outcome.backup();
        return ItemJson.object(
                "damage", damage(outcome),
                "adopted", report == null || !adopt ? 0 : differing(report),
                "restored", report == null || adopt ? 0 : differing(report),
                "restamped", report == null ? 0 : report.restamped(),
                "copy", copy == null ? null : copy.toString(),
                "reindexed", report != null && report.isReindexed(),
                "attachments", outcome.attachments(),
                "backup", backup == null ? null : backup.file().toString());
    }

    /** Returns the number of rows that differed from their changes. */
    private static long differing(RepairReport repair) {
        return repair.inserted() + repair.changed() + repair.deleted();
    }

    private void print(LibraryRepair.Outcome outcome) {
        if (!damage(outcome).isEmpty()) {
            root().terminal().errors().println(CliMessages.get("repair.damaged"));
            damage(outcome).forEach(line -> root().error(line));
            return;
        }
        if (outcome.attachments() > 0) {
            message("repair.attachments", outcome.attachments());
        }
        RepairReport report = outcome.report();
        if (report != null) {
            print(report);
        }
        Backup backup = outcome.backup();
        if (backup != null) {
            message("repair.backup", TerminalSanitizer.line(backup.file().toString()));
        }
        if (outcome.before().isSound()) {
            message("repair.sound");
        } else if (report == null
                && outcome.attachments() < outcome.before().attachments().size()) {
            RepairText.plan(outcome.before()).forEach(line -> output().line(TerminalSanitizer.line(line)));
        }
    }

    private void print(RepairReport report) {
        if (report.isReindexed()) {
            message("repair.reindexed");
        }
        if (differing(report) > 0) {
            message(adopt ? "repair.adopted" : "repair.restored", differing(report));
        }
        Path copy = report.backup();
        if (copy != null) {
            if (!report.isReindexed()) {
                message("repair.restamped", report.restamped());
            }
            message("repair.copy", TerminalSanitizer.line(copy.toString()));
            if (!report.isReindexed()) {
                message("repair.next");
            }
        }
    }
}
