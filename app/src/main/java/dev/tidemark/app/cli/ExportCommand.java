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
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Exports all items to stdout or to a file, which it replaces as a whole. */
@Command(name = "export")
final class ExportCommand implements Runnable {
    private static final String STANDARD_OUTPUT = "-";

    private final TidemarkCommand root;

    @Parameters(paramLabel = "FILE", descriptionKey = "export.file")
    private String file = STANDARD_OUTPUT;

    ExportCommand(TidemarkCommand root) {
        this.root = root;
    }

    @Override
    public void run() {
        Database database = root.composition().database();
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
        if (root.json()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("items", items);
            fields.put("attachmentsLeftOut", attachments);
            root.output().json(fields);
        } else {
            root.output().line(CliMessages.get("export.result", items));
            if (attachments > 0) {
                root.output().line(CliMessages.get("export.attachments", attachments));
            }
        }
    }

    private void print(Database database) {
        try {
            ItemExport.write(database, root.output().writer());
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
