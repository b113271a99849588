package dev.tidemark.app.detail;

import dev.tidemark.app.format.PriorityFormat;
import dev.tidemark.app.fx.SingleLineText;
import dev.tidemark.app.model.ConflictLine;
import dev.tidemark.app.model.DerivedId;
import dev.tidemark.app.model.Due;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Translates columns and their stored values into names and values that users read, for conflicts and the history. */
public final class FieldText {
    private static final int MAX_LENGTH = 240;

    private record FieldKeys(String name, String heading) {}

    private static final FieldKeys OTHER = new FieldKeys(Keys.CONFLICT_FIELD_OTHER, Keys.CONFLICT_HEADING_OTHER);
    private static final FieldKeys REMINDER =
            new FieldKeys(Keys.CONFLICT_FIELD_REMINDER, Keys.CONFLICT_HEADING_REMINDER);
    private static final Map<String, FieldKeys> KEYS = Map.ofEntries(
            Map.entry("title", new FieldKeys(Keys.CONFLICT_FIELD_TITLE, Keys.CONFLICT_HEADING_TITLE)),
            Map.entry("body", new FieldKeys(Keys.CONFLICT_FIELD_BODY, Keys.CONFLICT_HEADING_BODY)),
            Map.entry("done", new FieldKeys(Keys.CONFLICT_FIELD_DONE, Keys.CONFLICT_HEADING_DONE)),
            Map.entry("due", new FieldKeys(Keys.CONFLICT_FIELD_DUE, Keys.CONFLICT_HEADING_DUE)),
            Map.entry("priority", new FieldKeys(Keys.CONFLICT_FIELD_PRIORITY, Keys.CONFLICT_HEADING_PRIORITY)),
            Map.entry("reminder", REMINDER),
            Map.entry("dismissed", REMINDER),
            Map.entry("snoozed", REMINDER),
            Map.entry("list_id", new FieldKeys(Keys.CONFLICT_FIELD_LIST, Keys.CONFLICT_HEADING_LIST)),
            Map.entry("kind", new FieldKeys(Keys.CONFLICT_FIELD_KIND, Keys.CONFLICT_HEADING_KIND)),
            Map.entry("trashed", new FieldKeys(Keys.CONFLICT_FIELD_TRASHED, Keys.CONFLICT_HEADING_TRASHED)),
            Map.entry("name", new FieldKeys(Keys.CONFLICT_FIELD_NAME, Keys.CONFLICT_HEADING_NAME)),
            Map.entry("color", new FieldKeys(Keys.CONFLICT_FIELD_COLOR, Keys.CONFLICT_HEADING_COLOR)),
            Map.entry("icon", new FieldKeys(Keys.CONFLICT_FIELD_ICON, Keys.CONFLICT_HEADING_ICON)),
            Map.entry("query", new FieldKeys(Keys.CONFLICT_FIELD_QUERY, Keys.CONFLICT_HEADING_QUERY)),
            Map.entry("tags", new FieldKeys(Keys.CONFLICT_FIELD_TAG, Keys.CONFLICT_HEADING_TAG)),
            Map.entry("attachments", new FieldKeys(Keys.CONFLICT_FIELD_ATTACHMENT, Keys.CONFLICT_HEADING_ATTACHMENT)));

    private FieldText() {}

    /** Returns the message key of the field's name. */
    public static String key(String column) {
        return KEYS.getOrDefault(column, OTHER).name();
    }

    /** Returns the message key of the heading above the two versions of the field. */
    static String headingKey(String column) {
        return KEYS.getOrDefault(column, OTHER).heading();
    }

    /** Whether the field is a text, which can be compared word by word. */
    public static boolean isText(String column) {
        return column.equals("title") || column.equals("body");
    }

    /**
     * Formats a stored value for users. Cuts long texts.
     *
     * @param listName finds the name of a list by its id
     */
    public static String words(
            String column, @Nullable Object value, Function<UUID, Optional<String>> listName, LocalDate today) {
        return switch (column) {
            case "trashed" -> Messages.text(isTrue(value) ? Keys.CONFLICT_DELETED : Keys.TOAST_RESTORED);
            case "done" -> Messages.text(isTrue(value) ? Keys.CONFLICT_VALUE_YES : Keys.CONFLICT_VALUE_NO);
            case "kind" -> Messages.text("note".equals(value) ? Keys.DETAIL_KIND_NOTE : Keys.DETAIL_KIND_TODO);
            case "due", "reminder", "dismissed", "snoozed" -> due(value, today);
            case "priority" -> Messages.text(PriorityFormat.keyOfStored(value instanceof Long number ? number : 0));
            case "list_id" -> listName(value, listName);
            default -> text(value);
        };
    }

    private static String due(@Nullable Object value, LocalDate today) {
        Due due = value instanceof String text ? Due.ofStored(text) : null;
        return due == null ? text(value) : DueButton.format(due, today);
    }

    private static boolean isTrue(@Nullable Object value) {
        return value instanceof Long number && number != 0;
    }

    private static String listName(@Nullable Object value, Function<UUID, Optional<String>> listName) {
        return Optional.ofNullable(value instanceof byte[] bytes && bytes.length == 2 * Long.BYTES ? bytes : null)
                .flatMap(bytes -> listName.apply(DerivedId.ofBytes(bytes)))
                .map(SingleLineText::abbreviate)
                .orElse(Messages.text(Keys.SIDEBAR_INBOX));
    }

    private static String text(@Nullable Object value) {
        String text = Objects.toString(ConflictLine.readable(value), "");
        if (text.isBlank()) {
            return Messages.text(Keys.CONFLICT_EMPTY);
        }
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
    }
}
