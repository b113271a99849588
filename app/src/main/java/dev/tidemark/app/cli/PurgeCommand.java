package dev.tidemark.app.cli;

import dev.tidemark.app.model.ItemLookup;
import dev.tidemark.app.model.Items;
import dev.tidemark.engine.Database;
import java.util.Map;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Removes an item for good. */
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
        if (root.json()) {
            root.output().json(Map.of("id", item.toString()));
        }
    }
}
