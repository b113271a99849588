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
 * What was understood of a line that was typed. Immutable.
 *
 * @param title what was not understood as anything else; never blank unless the line is
 * @param due when it is due and how it repeats, or {@code null}
 * @param tags the tags in their order, without {@code #}
 * @param priority how much it matters
 * @param list the name of a list that there is or that is to be made, or {@code null} if none was named
 * @param parts what is not part of the title, in the order of the text
 */
public record QuickAdd(
        String title,
        @Nullable Due due,
        List<String> tags,
        Priority priority,
        @Nullable String list,
        List<Part> parts) {

    /**
     * A piece of the text that was understood.
     *
     * @param kind as what
     * @param start where it begins in the text
     * @param text as it was typed
     */
    public record Part(PartKind kind, int start, String text) {}

    /** What a piece of the text can be. */
    public enum PartKind {
        DATE,
        TIME,
        REPEAT,
        PRIORITY,
        TAG,
        LIST
    }

    /**
     * The item to be made.
     *
     * @param kind todo or note
     * @param listId the id of {@link #list}, or of the list it goes to otherwise
     */
    public NewItem item(Kind kind, @Nullable UUID listId) {
        return new NewItem(kind, title, "", due, listId, tags, priority, null);
    }

    /** The title, followed by what was understood, in the words that were typed. */
    public String words() {
        return Stream.concat(Stream.of(title), parts.stream().map(Part::text)).collect(Collectors.joining(" "));
    }
}
