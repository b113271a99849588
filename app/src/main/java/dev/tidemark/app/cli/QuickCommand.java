package dev.tidemark.app.cli;

import dev.tidemark.app.model.ItemList;
import dev.tidemark.app.model.Kind;
import dev.tidemark.app.model.SidebarQueries;
import dev.tidemark.app.parser.QuickAdd;
import dev.tidemark.app.parser.QuickAddParser;
import dev.tidemark.engine.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Adds a todo from one line of natural language and prints its id. */
@Command(name = "quick")
final class QuickCommand extends Subcommand implements Runnable {
    @Parameters(paramLabel = "TEXT", arity = "0..*", descriptionKey = "quick.text")
    private List<String> words = new ArrayList<>();

    @Override
    public void run() {
        if (words.isEmpty()) {
            // The launcher handles "quick" without arguments, for which it opens the quick-add window.
            throw usageError("usage.missing", "TEXT");
        }
        Database database = database();
        List<String> lists = database.list(SidebarQueries.lists()).stream()
                .map(ItemList::name)
                .toList();
        QuickAdd parsed = new QuickAddParser(Locale.getDefault())
                .parse(String.join(" ", words), context().now(), lists, Set.of());
        ItemArguments.title(parsed.title());
        UUID id = items().inTransaction(writer -> {
            @Nullable UUID list = parsed.list() == null ? null : writer.list(parsed.list());
            return writer.add(parsed.item(Kind.TODO, list));
        });
        new ItemPrinter(root()).added(id);
    }
}
