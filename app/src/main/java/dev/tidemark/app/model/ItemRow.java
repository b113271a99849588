package dev.tidemark.app.model;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a list shows of an item. Immutable.
 *
 * @param id its id
 * @param kind todo or note
 * @param title one line, may be empty
 * @param excerpt the beginning of the body, up to 200 characters, may be empty and have several lines
 * @param priority how much it matters
 * @param done whether it is ticked off
 * @param due when it is due, or {@code null}
 * @param listId the list it was put into, or {@code null}; that list may be gone
 * @param list that list's name, or {@code null} if the item is in the Inbox
 * @param tags its tags, sorted
 * @param trashed whether it lies in the trash
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

    /** Whether there is more than the title. */
    public boolean hasBody() {
        return !excerpt.isEmpty();
    }
}
