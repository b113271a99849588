package dev.tidemark.app.model;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An item as a row of the list. Immutable.
 *
 * @param kind todo or note
 * @param title one line of text, which may be empty
 * @param excerpt the first characters of the body, at most 200, possibly on several lines; empty if there is no body
 * @param due when the item is due, or {@code null}
 * @param listId the id of the item's list, or {@code null}. The list may be deleted
 * @param list the list's name, or {@code null} if the item is in the Inbox
 * @param tags the item's tags in sorted order
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
