package dev.tidemark.app.model;

import java.time.LocalDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an item to create. Immutable.
 *
 * @param kind todo or note
 * @param title one line of text, which may be empty
 * @param body text in Markdown, which may be empty
 * @param due when the item is due, or {@code null}
 * @param listId the id of the item's list, or {@code null} for the Inbox
 * @param reminder the time of the item's reminder, or {@code null}
 */
public record NewItem(
        Kind kind,
        String title,
        String body,
        @Nullable Due due,
        @Nullable UUID listId,
        List<String> tags,
        Priority priority,
        @Nullable LocalDateTime reminder) {
    public static NewItem todo(String title) {
        return new NewItem(Kind.TODO, title, "", null, null, List.of(), Priority.NONE, null);
    }

    public static NewItem note(String title) {
        return new NewItem(Kind.NOTE, title, "", null, null, List.of(), Priority.NONE, null);
    }

    public NewItem withBody(String other) {
        return new NewItem(kind, title, other, due, listId, tags, priority, reminder);
    }

    public NewItem withDue(@Nullable Due other) {
        return new NewItem(kind, title, body, other, listId, tags, priority, reminder);
    }

    public NewItem inList(@Nullable UUID list) {
        return new NewItem(kind, title, body, due, list, tags, priority, reminder);
    }

    public NewItem withTags(List<String> names) {
        return new NewItem(kind, title, body, due, listId, names, priority, reminder);
    }

    public NewItem withPriority(Priority other) {
        return new NewItem(kind, title, body, due, listId, tags, other, reminder);
    }

    public NewItem withReminder(@Nullable LocalDateTime other) {
        return new NewItem(kind, title, body, due, listId, tags, priority, other);
    }
}
