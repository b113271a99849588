package dev.tidemark.app.cli;

import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows all fields of an item. */
@Command(name = "show")
final class ShowCommand extends Subcommand implements Runnable {
    @Parameters(paramLabel = "ID", descriptionKey = "id")
    private String id = "";

    @Override
    public void run() {
        UUID item = item(id);
        new ItemPrinter(root()).one(item);
    }
}
