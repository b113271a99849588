package dev.tidemark.app.cli;

import dev.tidemark.app.backup.Backups;
import dev.tidemark.app.format.TerminalSanitizer;
import dev.tidemark.app.model.ItemJson;
import dev.tidemark.app.repair.LibraryRepair;
import dev.tidemark.app.repair.RepairText;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Checks the library, and prints the findings and what a repair would do. */
@Command(name = "check")
final class CheckCommand extends Subcommand implements Callable<Integer> {
    @Override
    public Integer call() {
        LibraryRepair.Findings found =
                new LibraryRepair(new Backups(root().folders(), context().clock()), database()).check(share -> {});
        if (isJson()) {
            print(found);
        } else {
            RepairText.found(found).forEach(line -> output().line(TerminalSanitizer.line(line)));
            found.database().damage().forEach(line -> output().line("  " + TerminalSanitizer.line(line)));
            RepairText.plan(found).forEach(line -> output().line(TerminalSanitizer.line(line)));
            if (found.isRepairable()) {
                message("check.next");
            }
            if (!found.database().differences().isEmpty()) {
                message("check.adopt");
            }
        }
        return found.isSound() ? 0 : 1;
    }

    private void print(LibraryRepair.Findings found) {
        output().json(
                        "sound", found.isSound(),
                        "repairable", found.isRepairable(),
                        "damage", found.database().damage(),
                        "clockAhead", found.database().isClockAhead(),
                        "differences",
                                found.database().differences().stream()
                                        .map(each -> {
                                            UUID row = each.row();
                                            return ItemJson.object(
                                                    "table",
                                                    each.table(),
                                                    "row",
                                                    row == null ? null : row.toString(),
                                                    "kind",
                                                    each.kind().name().toLowerCase(Locale.ROOT),
                                                    "title",
                                                    row == null
                                                            ? null
                                                            : found.titles().get(row));
                                        })
                                        .toList(),
                        "attachments",
                                found.attachments().stream()
                                        .map(each -> ItemJson.object(
                                                "id", each.id().toString(),
                                                "name", each.name(),
                                                "damaged", each.damaged(),
                                                "inBackup", each.inBackup()))
                                        .toList(),
                        "elsewhere", found.elsewhere());
    }
}
