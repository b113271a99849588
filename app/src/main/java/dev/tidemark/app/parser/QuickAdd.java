package dev.tidemark.app.parser;

import dev.tidemark.app.model.Due;
import dev.tidemark.app.model.Kind;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.model.Priority;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The parsed quick-add line. Immutable.
 *
 * @param title the rest of the line; blank only if the whole line is blank
 * @param due the due date and repeat rule, or {@code null}
 * @param tags the tags in order, without {@code #}
 * @param list the name of an existing or new list, or {@code null}
 * @param parts the parsed phrases, in the order of the text
 */
public record QuickAdd(
        String title,
        @Nullable Due due,
        List<String> tags,
        Priority priority,
        @Nullable String list,
        List<Part> parts) {

    /** A parsed phrase, its position in the text, and its text as the user typed it. */
    public record Part(PartKind kind, int start, String text) {}

    public enum PartKind {
        DATE,
        TIME,
        REPEAT,
        PRIORITY,
        TAG,
        LIST
    }

    /** Returns the item to create in the list with this id, or in the Inbox for {@code null}. */
    public NewItem item(Kind kind, @Nullable UUID listId) {
        return new NewItem(kind, title, "", due, listId, tags, priority, null);
    }

    /** Returns the title, followed by the parsed phrases as the user typed them. */
    public String words() {
        return Stream.concat(Stream.of(title), parts.stream().map(Part::text)).collect(Collectors.joining(" "));
    }
}
