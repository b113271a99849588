package dev.tidemark.app.model;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A todo or a note with its list and tags. Immutable.
 *
 * @param kind todo or note
 * @param title one line, may be empty
 * @param body Markdown, may be empty
 * @param due when it is due, or {@code null}
 * @param listId the id of its list, or {@code null}; that list may be deleted
 * @param list that list's name, or {@code null} if the item is in the Inbox
 * @param tags its tags, sorted
 * @param createdAt the time of creation, on the clock of the device that created it
 * @param position its sort key in the manual order, or {@code null}
 */
public record Item(
        UUID id,
        Kind kind,
        String title,
        String body,
        Priority priority,
        boolean done,
        @Nullable Due due,
        @Nullable Reminder reminder,
        @Nullable UUID listId,
        @Nullable String list,
        List<String> tags,
        boolean trashed,
        Instant createdAt,
        @Nullable String position) {

    /** Whether the item is neither completed nor in the trash. */
    public boolean isOpen() {
        return !done && !trashed;
    }
}
