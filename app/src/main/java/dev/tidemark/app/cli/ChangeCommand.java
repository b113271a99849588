package dev.tidemark.app.cli;

import dev.tidemark.app.model.ItemWriter;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** A command that changes one item. */
abstract class ChangeCommand extends Subcommand implements Runnable {
    @Parameters(paramLabel = "ID", descriptionKey = "id")
    private String id = "";

    /** Returns the id as the user typed it. */
    final String id() {
        return id;
    }

    abstract void change(ItemWriter writer, UUID item);

    @Override
    public void run() {
        UUID item = item(id);
        items().inTransaction(writer -> {
            change(writer, item);
            return null;
        });
        new ItemPrinter(root()).changed(item);
    }

    @Command(name = "rm")
    static final class Remove extends ChangeCommand {
        @Override
        void change(ItemWriter writer, UUID item) {
            writer.setTrashed(item, true);
        }
    }

    @Command(name = "restore")
    static final class Restore extends ChangeCommand {
        @Override
        void change(ItemWriter writer, UUID item) {
            writer.setTrashed(item, false);
        }
    }
}
