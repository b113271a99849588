package dev.tidemark.app.cli;

import dev.tidemark.app.checkpoints.Checkpoints;
import dev.tidemark.app.format.TerminalSanitizer;
import dev.tidemark.app.importing.format.ImportFormats;
import dev.tidemark.app.importing.format.Unmapped;
import dev.tidemark.app.model.ImportPlan;
import dev.tidemark.app.model.ItemImport;
import dev.tidemark.app.model.ItemJson;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Imports items from a file, a folder or stdin in one transaction. */
@Command(name = "import")
final class ImportCommand extends Subcommand implements Runnable {
    @Parameters(paramLabel = "FILE", descriptionKey = "import.file")
    private String file = ItemArguments.STANDARD_INPUT;

    @Option(names = "--format", paramLabel = "FORMAT", descriptionKey = "import.format")
    private @Nullable String format;

    @Option(names = "--dry-run", descriptionKey = "import.dry-run")
    private boolean dryRun;

    @Override
    public void run() {
        if (!ItemArguments.isStandardInput(file)) {
            run(ImportFormats.read(Path.of(file), format));
            return;
        }
        try {
            if (format == null) {
                ItemImport items = ItemImport.read(root().terminal().input());
                run(new ImportFormats.Content("jsonl", items, List.of()));
            } else {
                runFromInput(format);
            }
        } catch (IOException e) {
            throw new ProblemException(e, "input.failed", e.getMessage());
        }
    }

    /**
     * Copies stdin to a temporary file and imports that, because all formats except JSON lines read their source more
     * than once. Only the user can open the file.
     */
    private void runFromInput(String of) throws IOException {
        Path copy = Files.createTempFile("tidemark-", ".import");
        try {
            Files.copy(root().terminal().input(), copy, StandardCopyOption.REPLACE_EXISTING);
            run(ImportFormats.read(copy, of));
        } finally {
            Files.delete(copy);
        }
    }

    private void run(ImportFormats.Content content) {
        ImportPlan plan = database().read(content.items()::plan);
        if (!dryRun) {
            if (plan.added() + plan.changed() > 0) {
                new Checkpoints(database(), context().clock())
                        .createBefore(Messages.text(Keys.CHECKPOINTS_BEFORE_IMPORT, name()));
            }
            content.items().apply(items(), database().blobs());
        }
        print(content, plan);
    }

    private void print(ImportFormats.Content content, ImportPlan plan) {
        if (isJson()) {
            output().json(
                            "items", plan.items(),
                            "added", plan.added(),
                            "existing", plan.items() - plan.added(),
                            "changed", plan.changed(),
                            "attachments", plan.attachments(),
                            "format", content.format(),
                            "dryRun", dryRun,
                            "newLists", plan.newLists(),
                            "unmapped",
                                    content.unmapped().stream()
                                            .map(ImportCommand::json)
                                            .toList());
            return;
        }
        message(dryRun ? "import.plan" : "import.result", plan.items(), plan.added(), plan.changed());
        if (plan.attachments() > 0) {
            message("import.attachments", plan.attachments());
        }
        for (Unmapped unmapped : content.unmapped()) {
            output().line(TerminalSanitizer.line(unmapped.sentence()));
        }
    }

    private static Object json(Unmapped unmapped) {
        return ItemJson.object(
                "reason", unmapped.reason().text(),
                "detail", unmapped.detail(),
                "count", unmapped.count(),
                "titles", unmapped.examples());
    }

    private String name() {
        return ItemArguments.isStandardInput(file)
                ? file
                : String.valueOf(Path.of(file).toAbsolutePath().normalize().getFileName());
    }
}
