package dev.tidemark.app.cli;

import dev.tidemark.app.model.Item;
import dev.tidemark.app.model.ItemQueries;
import dev.tidemark.app.model.Lists;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.app.model.Search;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.Query;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists items, by default the open items of all lists. Prints nothing if there are no items. */
@Command(name = "list")
final class ListCommand extends Subcommand implements Runnable {
    @Option(names = "--list", paramLabel = "NAME")
    private @Nullable String list;

    @Option(names = "--all")
    private boolean all;

    @Option(names = "--trash")
    private boolean trash;

    @Option(names = "--search", paramLabel = "TEXT")
    private @Nullable String search;

    @Override
    public void run() {
        Database database = database();
        boolean inbox = list != null && ItemArguments.isNone(list);
        UUID id = list == null || inbox ? null : find(database, list);
        // The trash includes completed items, because the user may have completed an item before deleting it.
        List<Item> items = database.list(query(id));
        new ItemPrinter(root())
                .list(inbox ? items.stream().filter(item -> item.list() == null).toList() : items);
    }

    private Query<Item> query(@Nullable UUID id) {
        return search == null
                ? ItemQueries.items(id, all || trash, trash)
                : ItemQueries.found(Search.parse(search, context().now().toLocalDate()), id, all || trash, trash);
    }

    private static UUID find(Database database, String name) {
        return database.read(reader -> Lists.find(reader, name))
                .orElseThrow(() -> new ProblemException("list.unknown", name));
    }
}
