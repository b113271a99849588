package dev.tidemark.app.cli;

import dev.tidemark.app.model.ItemImport;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.ProblemException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Imports items from a file or stdin in one transaction. */
@Command(name = "import")
final class ImportCommand implements Runnable {
    private final TidemarkCommand root;

    @Parameters(paramLabel = "FILE", descriptionKey = "import.file")
    private String file = ItemArguments.STANDARD_INPUT;

    ImportCommand(TidemarkCommand root) {
        this.root = root;
    }

    @Override
    public void run() {
        ItemImport lines = read();
        int added = lines.apply(new Items(root.composition().database()));
        if (root.json()) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            fields.put("items", lines.size());
            fields.put("added", added);
            fields.put("existing", lines.size() - added);
            root.output().json(fields);
        } else {
            root.output().line(CliMessages.get("import.result", lines.size(), added));
        }
    }

    private ItemImport read() {
        if (ItemArguments.isStandardInput(file)) {
            try {
                return ItemImport.read(root.terminal().input());
            } catch (IOException e) {
                throw new ProblemException(e, "input.failed", e.getMessage());
            }
        }
        return ItemImport.read(Path.of(file));
    }
}
