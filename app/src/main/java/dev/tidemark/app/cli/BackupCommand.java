package dev.tidemark.app.cli;

import dev.tidemark.app.backup.Backup;
import dev.tidemark.app.backup.Backups;
import dev.tidemark.app.format.FileSizeFormat;
import dev.tidemark.app.format.TerminalSanitizer;
import dev.tidemark.app.repair.RebuildText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Creates a backup of the library on this device. */
@Command(name = "backup")
final class BackupCommand extends Subcommand implements Runnable {
    @Override
    public void run() {
        Backup backup = new Backups(root().folders(), context().clock()).create(database());
        if (isJson()) {
            output().json("name", backup.name(), "file", backup.file().toString(), "bytes", backup.bytes());
        } else {
            output().line(TerminalSanitizer.line(backup.file().toString()));
        }
    }

    /** Lists the backups, newest first. */
    @Command(name = "backups")
    static final class All extends Subcommand implements Runnable {
        @Override
        public void run() {
            for (Backup backup : new Backups(root().folders(), context().clock()).list()) {
                if (isJson()) {
                    output().json(
                                    "name", backup.name(),
                                    "at", backup.at().toString(),
                                    "file", backup.file().toString(),
                                    "bytes", backup.bytes());
                } else {
                    message(
                            "backups.line",
                            TerminalSanitizer.line(backup.name()),
                            ItemPrinter.time(backup.at()),
                            FileSizeFormat.of(backup.bytes()));
                }
            }
        }
    }

    /** Replaces the library on this device with a backup. */
    @Command(name = "recover")
    static final class Recover extends Subcommand implements Runnable {
        @Parameters(paramLabel = "BACKUP", descriptionKey = "recover.backup")
        private String name = "";

        @Override
        public void run() {
            Backups backups = new Backups(root().folders(), context().clock());
            Backup backup = backups.find(name);
            Backups.Restored restored = backups.restore(backup);
            if (isJson()) {
                output().json(
                                "name", backup.name(),
                                "aside", restored.aside().toString(),
                                "missingAttachments", restored.missingAttachments());
            } else {
                message(
                        "recover.done",
                        backup.name(),
                        TerminalSanitizer.line(restored.aside().toString()));
                RebuildText.missingAttachments(restored.missingAttachments()).forEach(output()::line);
            }
        }
    }
}
