package dev.tidemark.app.cli;

import dev.tidemark.app.model.Due;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.Kind;
import dev.tidemark.app.model.NewItem;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds an item and prints its id. Takes its words literally. */
@Command(name = "add")
final class AddCommand implements Runnable {
    private final TidemarkCommand root;

    @Parameters(paramLabel = "TITLE", arity = "1..*", descriptionKey = "add.title")
    private List<String> words = new ArrayList<>();

    @Option(names = "--body", paramLabel = "TEXT")
    private @Nullable String body;

    @Option(names = "--due", paramLabel = "DATE")
    private @Nullable String due;

    @Option(names = "--repeat", paramLabel = "RULE")
    private @Nullable String repeat;

    @Option(names = "--reminder", paramLabel = "TIME")
    private @Nullable String reminder;

    @Option(names = "--priority", paramLabel = "LEVEL")
    private @Nullable String priority;

    @Option(names = "--list", paramLabel = "NAME")
    private @Nullable String list;

    @Option(names = "--tag", paramLabel = "TAG")
    private List<String> tags = new ArrayList<>();

    @Option(names = "--note")
    private boolean note;

    AddCommand(TidemarkCommand root) {
        this.root = root;
    }

    @Override
    public void run() {
        Due date = ItemArguments.due(null, due, repeat);
        String text = body == null ? "" : ItemArguments.body(body, root.terminal());
        NewItem item = new NewItem(
                note ? Kind.NOTE : Kind.TODO,
                ItemArguments.title(String.join(" ", words)),
                text,
                date,
                null,
                tags,
                ItemArguments.priority(priority),
                ItemArguments.reminder(reminder));
        UUID id = new Items(root.composition().database()).inTransaction(writer -> {
            @Nullable UUID target = list == null || ItemArguments.isNone(list) ? null : writer.list(list);
            return writer.add(item.inList(target));
        });
        new ItemPrinter(root).added(id);
    }
}
