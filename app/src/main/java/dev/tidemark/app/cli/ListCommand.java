package dev.tidemark.app.cli;

import dev.tidemark.app.model.Item;
import dev.tidemark.app.model.ItemQueries;
import dev.tidemark.app.model.Lists;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.engine.Database;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists items: open ones of all lists, unless told otherwise. An empty list prints nothing. */
@Command(name = "list")
final class ListCommand implements Runnable {
    private final TidemarkCommand root;

    @Option(names = "--list", paramLabel = "NAME")
    private @Nullable String list;

    @Option(names = "--all")
    private boolean all;

    @Option(names = "--trash")
    private boolean trash;

    ListCommand(TidemarkCommand root) {
        this.root = root;
    }

    @Override
    public void run() {
        Database database = root.composition().database();
        boolean inbox = list != null && ItemArguments.isNone(list);
        UUID id = list == null || inbox ? null : find(database, list);
        // The trash is shown whole: what was thrown away may have been done.
        List<Item> items = database.list(ItemQueries.items(id, all || trash, trash));
        new ItemPrinter(root)
                .list(inbox ? items.stream().filter(item -> item.list() == null).toList() : items);
    }

    private static UUID find(Database database, String name) {
        return database.read(reader -> new Lists.Finder(reader).find(name))
                .orElseThrow(() -> new ProblemException("list.unknown", name));
    }
}
