package dev.tidemark.app.cli;

import dev.tidemark.app.model.ItemLookup;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows all fields of an item. */
@Command(name = "show")
final class ShowCommand implements Runnable {
    private final TidemarkCommand root;

    @Parameters(paramLabel = "ID", descriptionKey = "id")
    private String id = "";

    ShowCommand(TidemarkCommand root) {
        this.root = root;
    }

    @Override
    public void run() {
        UUID item = root.composition().database().read(reader -> ItemLookup.find(reader, id));
        new ItemPrinter(root).one(item);
    }
}
