package dev.tidemark.app.detail;

import dev.tidemark.app.format.PriorityFormat;
import dev.tidemark.app.fx.SingleLineText;
import dev.tidemark.app.model.ConflictLine;
import dev.tidemark.app.model.DerivedId;
import dev.tidemark.app.model.Due;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Translates columns and their stored values into names and values that users read, for conflicts and the history. */
public final class FieldText {
    private static final int MAX_LENGTH = 240;

    private FieldText() {}

    /** The message key of the field's name. */
    public static String key(String column) {
        return switch (column) {
            case "title" -> Keys.CONFLICT_FIELD_TITLE;
            case "body" -> Keys.CONFLICT_FIELD_BODY;
            case "done" -> Keys.CONFLICT_FIELD_DONE;
            case "due" -> Keys.CONFLICT_FIELD_DUE;
            case "priority" -> Keys.CONFLICT_FIELD_PRIORITY;
            case "reminder", "dismissed", "snoozed" -> Keys.CONFLICT_FIELD_REMINDER;
            case "list_id" -> Keys.CONFLICT_FIELD_LIST;
            case "kind" -> Keys.CONFLICT_FIELD_KIND;
            case "trashed" -> Keys.CONFLICT_FIELD_TRASHED;
            case "name" -> Keys.CONFLICT_FIELD_NAME;
            case "color" -> Keys.CONFLICT_FIELD_COLOR;
            case "icon" -> Keys.CONFLICT_FIELD_ICON;
            case "query" -> Keys.CONFLICT_FIELD_QUERY;
            case "tags" -> Keys.CONFLICT_FIELD_TAG;
            case "attachments" -> Keys.CONFLICT_FIELD_ATTACHMENT;
            default -> Keys.CONFLICT_FIELD_OTHER;
        };
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
