package dev.tidemark.app.cli;

import dev.tidemark.app.model.ItemLookup;
import dev.tidemark.app.model.ItemQueries;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.Kind;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.engine.Database;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Completes or reopens a todo. */
@Command(name = "done")
final class DoneCommand implements Runnable {
    private final TidemarkCommand root;

    @Parameters(paramLabel = "ID", descriptionKey = "id")
    private String id = "";

    @Option(names = "--undo")
    private boolean undo;

    DoneCommand(TidemarkCommand root) {
        this.root = root;
    }

    @Override
    public void run() {
        Database database = root.composition().database();
        UUID item = database.read(reader -> ItemLookup.find(reader, id));
        if (!undo && database.list(ItemQueries.item(item)).getFirst().kind() == Kind.NOTE) {
            throw new ProblemException("item.note", id);
        }
        new Items(database).setDone(item, !undo);
        new ItemPrinter(root).changed(item);
    }
}
