package dev.tidemark.app.cli;

import dev.tidemark.app.format.TerminalSanitizer;
import dev.tidemark.app.model.ItemLookup;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.PurgeStatus;
import dev.tidemark.engine.Database;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Deletes an item permanently. */
@Command(name = "purge")
final class PurgeCommand implements Runnable {
    private final TidemarkCommand root;

    @Parameters(paramLabel = "ID", descriptionKey = "id")
    private String id = "";

    PurgeCommand(TidemarkCommand root) {
        this.root = root;
    }

    @Override
    public void run() {
        Database database = root.composition().database();
        UUID item = database.read(reader -> ItemLookup.find(reader, id));
        new Items(database).purge(item);
        PurgeStatus status = root.composition().purges();
        if (root.json()) {
            root.output()
                    .json(Map.of(
                            "id",
                            item.toString(),
                            "waiting",
                            List.copyOf(status.waiting().keySet())));
        } else {
            if (!status.waiting().isEmpty()) {
                root.output()
                        .line(TerminalSanitizer.line(CliMessages.get(
                                "purge.waiting",
                                String.join(", ", status.waiting().keySet()))));
            }
            root.output().line(CliMessages.get("purge.stays"));
        }
        root.output().flush();
        root.erase();
    }
}
