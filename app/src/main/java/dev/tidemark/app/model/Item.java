package dev.tidemark.app.model;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A todo or a note with everything that belongs to it. Immutable.
 *
 * @param id its id
 * @param kind todo or note
 * @param title one line, may be empty
 * @param body Markdown, may be empty
 * @param priority how much it matters
 * @param done whether it is ticked off
 * @param due when it is due, or {@code null}
 * @param reminder when the person wants to hear of it, or {@code null}
 * @param listId the list it was put into, or {@code null}; that list may be gone
 * @param list that list's name, or {@code null} if the item is in the Inbox
 * @param tags its tags, sorted
 * @param trashed whether it lies in the trash
 * @param createdAt when it was made, on the maker's clock
 * @param position where it was moved by hand, or {@code null}
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
        @Nullable String position) {}
