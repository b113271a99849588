package dev.tidemark.app.cli;

import dev.tidemark.app.model.Due;
import dev.tidemark.app.model.Kind;
import dev.tidemark.app.model.NewItem;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds an item and prints its id. The words become the title as they are, whereas {@code quick} parses them. */
@Command(name = "add")
final class AddCommand extends Subcommand implements Runnable {
    @Parameters(paramLabel = "TITLE", arity = "1..*", descriptionKey = "add.title")
    private List<String> words = new ArrayList<>();

    @Mixin
    private ItemArguments fields = new ItemArguments();

    @Option(names = "--note")
    private boolean note;

    @Override
    public void run() {
        Due date = fields.due(null);
        NewItem item = new NewItem(
                note ? Kind.NOTE : Kind.TODO,
                ItemArguments.title(String.join(" ", words)),
                fields.body(root().terminal()),
                date,
                null,
                fields.tags,
                fields.priority(),
                fields.reminder());
        UUID id = items().inTransaction(writer -> writer.add(item.inList(fields.list(writer))));
        new ItemPrinter(root()).added(id);
    }
}
