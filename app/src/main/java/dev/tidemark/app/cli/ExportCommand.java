package dev.tidemark.app.cli;

import dev.tidemark.app.exporting.ExportFormats;
import dev.tidemark.app.exporting.Exported;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Exports all items to stdout, a file or a new folder. A failed export leaves an existing file unchanged. */
@Command(name = "export")
final class ExportCommand extends Subcommand implements Runnable {
    private static final String STANDARD_OUTPUT = "-";

    @Parameters(paramLabel = "FILE", descriptionKey = "export.file")
    private String file = STANDARD_OUTPUT;

    @Option(names = "--format", paramLabel = "FORMAT", descriptionKey = "export.format")
    private String format = "jsonl";

    @Override
    public void run() {
        if (file.equals(STANDARD_OUTPUT)) {
            print();
            return;
        }
        Exported exported = ExportFormats.write(database(), format, Path.of(file));
        if (isJson()) {
            output().json(
                            "items", exported.items(),
                            "itemsLeftOut", exported.itemsLeftOut(),
                            "attachments", exported.attachments(),
                            "attachmentsLeftOut", exported.attachmentsLeftOut(),
                            "format", format);
            return;
        }
        message("export.result", exported.items());
        if (exported.itemsLeftOut() > 0) {
            message("export.left-out", exported.itemsLeftOut());
        }
        if (exported.attachmentsLeftOut() > 0) {
            message("export.attachments", exported.attachmentsLeftOut());
        }
    }

    private void print() {
        try {
            ExportFormats.write(database(), format, output().writer());
        } catch (IOException e) {
            throw new OutputException(e);
        }
    }
}
