package dev.tidemark.app.cli;

import dev.tidemark.app.model.Attachment;
import dev.tidemark.app.model.ItemExport;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.app.settings.PrivateFile;
import dev.tidemark.engine.Database;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Exports all items to stdout or to a file, which it replaces as a whole. */
@Command(name = "export")
final class ExportCommand extends Subcommand implements Runnable {
    private static final String STANDARD_OUTPUT = "-";

    @Parameters(paramLabel = "FILE", descriptionKey = "export.file")
    private String file = STANDARD_OUTPUT;

    @Override
    public void run() {
        Database database = database();
        if (file.equals(STANDARD_OUTPUT)) {
            print(database);
            return;
        }
        int items;
        try {
            items = write(database, Path.of(file).toAbsolutePath());
        } catch (IOException e) {
            throw new ProblemException(e, "file.unwritable", file);
        }
        long attachments = Attachment.count(database);
        if (isJson()) {
            output().json(
                            "items", items,
                            "attachmentsLeftOut", attachments);
        } else {
            message("export.result", items);
            if (attachments > 0) {
                message("export.attachments", attachments);
            }
        }
    }

    private void print(Database database) {
        try {
            ItemExport.write(database, output().writer());
        } catch (IOException e) {
            throw new OutputException(e);
        }
    }

    private static int write(Database database, Path target) throws IOException {
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            // A device or a pipe cannot be replaced.
            try (Writer writer = Files.newBufferedWriter(target, StandardOpenOption.WRITE)) {
                return ItemExport.write(database, writer);
            }
        }
        return PrivateFile.replace(target, writer -> ItemExport.write(database, writer));
    }
}
