package dev.tidemark.app.cli;

import dev.tidemark.app.model.ItemLookup;
import dev.tidemark.app.model.Items;
import dev.tidemark.engine.Database;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Restores an item from the trash. */
@Command(name = "restore")
final class RestoreCommand implements Runnable {
    private final TidemarkCommand root;

    @Parameters(paramLabel = "ID", descriptionKey = "id")
    private String id = "";

    RestoreCommand(TidemarkCommand root) {
        this.root = root;
    }

    @Override
    public void run() {
        Database database = root.composition().database();
        UUID item = database.read(reader -> ItemLookup.find(reader, id));
        new Items(database).restore(item);
        new ItemPrinter(root).changed(item);
    }
}
