package dev.tidemark.app.model;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A todo or a note with its list and tags. Immutable.
 *
 * @param kind todo or note
 * @param title one line of text, which may be empty
 * @param body text in Markdown, which may be empty
 * @param due when the item is due, or {@code null}
 * @param listId the id of the item's list, or {@code null}. The list may be deleted
 * @param list the list's name, or {@code null} if the item is in the Inbox
 * @param tags the item's tags in sorted order
 * @param createdAt the time of creation, on the clock of the device that created it
 * @param position the item's sort key in the manual order, or {@code null}
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
