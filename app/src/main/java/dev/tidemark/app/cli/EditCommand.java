package dev.tidemark.app.cli;

import dev.tidemark.app.model.ItemWriter;
import dev.tidemark.app.model.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Changes fields of an item in one transaction. {@code none} clears a field. */
@Command(name = "edit")
final class EditCommand extends ChangeCommand {
    @Option(names = "--title", paramLabel = "TEXT")
    private @Nullable String title;

    @Mixin
    private ItemArguments fields = new ItemArguments();

    @Option(names = "--untag", paramLabel = "TAG")
    private List<String> untags = new ArrayList<>();

    @ArgGroup
    private @Nullable KindChoice kind;

    private String body = "";

    /** The options for the new kind of the item. The user can choose at most one. */
    static final class KindChoice {
        @Option(names = "--todo")
        private boolean todo;

        @Option(names = "--note")
        private boolean note;

        Kind kind() {
            return note && !todo ? Kind.NOTE : Kind.TODO;
        }
    }

    @Override
    public void run() {
        if (title == null && kind == null && fields.isEmpty() && untags.isEmpty()) {
            throw usageError("edit.nothing");
        }
        // Reads the body before the transaction, because standard input may take a while.
        body = fields.body(root().terminal());
        super.run();
    }

    @Override
    void change(ItemWriter writer, UUID item) {
        if (title != null) {
            writer.setTitle(item, ItemArguments.title(title));
        }
        if (fields.body != null) {
            writer.setBody(item, body);
        }
        if (fields.due != null || fields.repeat != null) {
            writer.setDue(item, fields.due(writer.due(item)));
        }
        if (fields.reminder != null) {
            writer.setReminder(item, fields.reminder());
        }
        if (fields.priority != null) {
            writer.setPriority(item, fields.priority());
        }
        if (fields.list != null) {
            writer.setList(item, fields.list(writer));
        }
        if (kind != null) {
            writer.setKind(item, kind.kind());
        }
        fields.tags.forEach(tag -> writer.tag(item, tag));
        untags.forEach(tag -> writer.untag(item, tag));
    }
}
