package dev.tidemark.app.cli;

import dev.tidemark.app.model.ItemLookup;
import dev.tidemark.app.model.ItemWriter;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.Kind;
import dev.tidemark.engine.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Changes fields of an item in one transaction. {@code none} clears a field. */
@Command(name = "edit")
final class EditCommand implements Runnable {
    private final TidemarkCommand root;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "ID", descriptionKey = "id")
    private String id = "";

    @Option(names = "--title", paramLabel = "TEXT")
    private @Nullable String title;

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

    @Option(names = "--untag", paramLabel = "TAG")
    private List<String> untags = new ArrayList<>();

    @ArgGroup
    private @Nullable KindChoice kind;

    /** The new kind, or neither option. */
    static final class KindChoice {
        @Option(names = "--todo")
        private boolean todo;

        @Option(names = "--note")
        private boolean note;

        Kind kind() {
            return note && !todo ? Kind.NOTE : Kind.TODO;
        }
    }

    EditCommand(TidemarkCommand root) {
        this.root = root;
    }

    @Override
    public void run() {
        requireSomething();
        String text = body == null ? null : ItemArguments.body(body, root.terminal());
        Database database = root.composition().database();
        UUID item = database.read(reader -> ItemLookup.find(reader, id));
        new Items(database).inTransaction(writer -> {
            edit(writer, item, text);
            return null;
        });
        new ItemPrinter(root).changed(item);
    }

    private void edit(ItemWriter writer, UUID item, @Nullable String text) {
        if (title != null) {
            writer.setTitle(item, ItemArguments.title(title));
        }
        if (text != null) {
            writer.setBody(item, text);
        }
        if (due != null || repeat != null) {
            writer.setDue(item, ItemArguments.due(writer.due(item), due, repeat));
        }
        if (reminder != null) {
            writer.setReminder(item, ItemArguments.reminder(reminder));
        }
        if (priority != null) {
            writer.setPriority(item, ItemArguments.priority(priority));
        }
        if (list != null) {
            writer.setList(item, ItemArguments.isNone(list) ? null : writer.list(list));
        }
        if (kind != null) {
            writer.setKind(item, kind.kind());
        }
        tags.forEach(tag -> writer.tag(item, tag));
        untags.forEach(tag -> writer.untag(item, tag));
    }

    private void requireSomething() {
        boolean nothing = Stream.of(title, body, due, repeat, reminder, priority, list, kind)
                .allMatch(Objects::isNull);
        if (nothing && tags.isEmpty() && untags.isEmpty() && spec != null) {
            throw new ParameterException(spec.commandLine(), CliMessages.get("edit.nothing"));
        }
    }
}
