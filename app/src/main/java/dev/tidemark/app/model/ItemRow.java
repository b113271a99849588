package dev.tidemark.app.model;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An item as a row of the list. Immutable.
 *
 * @param kind todo or note
 * @param title one line, may be empty
 * @param excerpt up to 200 characters of the body, possibly several lines, may be empty
 * @param due when it is due, or {@code null}
 * @param listId the id of its list, or {@code null}; that list may be deleted
 * @param list that list's name, or {@code null} if the item is in the Inbox
 * @param tags its tags, sorted
 */
public record ItemRow(
        UUID id,
        Kind kind,
        String title,
        String excerpt,
        Priority priority,
        boolean done,
        @Nullable Due due,
        @Nullable UUID listId,
        @Nullable String list,
        List<String> tags,
        boolean trashed) {

    /** Whether the item is neither completed nor in the trash. */
    public boolean isOpen() {
        return !done && !trashed;
    }

    public boolean hasBody() {
        return !excerpt.isEmpty();
    }
}
