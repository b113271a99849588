package dev.tidemark.app.cli;

import dev.tidemark.app.checkpoints.Checkpoints;
import dev.tidemark.app.model.ImportPlan;
import dev.tidemark.app.model.ItemImport;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Imports items from a file or stdin in one transaction. */
@Command(name = "import")
final class ImportCommand extends Subcommand implements Runnable {
    @Parameters(paramLabel = "FILE", descriptionKey = "import.file")
    private String file = ItemArguments.STANDARD_INPUT;

    @Override
    public void run() {
        ItemImport lines = read();
        ImportPlan plan = database().read(lines::plan);
        if (plan.added() + plan.changed() > 0) {
            new Checkpoints(database(), context().clock())
                    .makeBefore(Messages.text(Keys.CHECKPOINTS_BEFORE_IMPORT, name()));
        }
        int added = lines.apply(items());
        if (isJson()) {
            output().json("items", lines.size(), "added", added, "existing", lines.size() - added);
        } else {
            message("import.result", lines.size(), added);
        }
    }

    private String name() {
        return ItemArguments.isStandardInput(file)
                ? file
                : String.valueOf(Path.of(file).getFileName());
    }

    private ItemImport read() {
        if (ItemArguments.isStandardInput(file)) {
            try {
                return ItemImport.read(root().terminal().input());
            } catch (IOException e) {
                throw new ProblemException(e, "input.failed", e.getMessage());
            }
        }
        return ItemImport.read(Path.of(file));
    }
}
