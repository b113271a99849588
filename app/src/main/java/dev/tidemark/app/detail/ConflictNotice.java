package dev.tidemark.app.detail;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.model.Due;
import dev.tidemark.engine.history.Conflict;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Styles;
import dev.tidemark.resources.Texts;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Says what lost, on which device and when, and offers both ways to end the conflict. */
final class ConflictNotice extends HBox {
    private static final int LONGEST = 240;

    /**
     * @param listName finds the name of a list
     * @param use takes what lost in place of what won
     * @param keep keeps what won
     */
    ConflictNotice(LostValue lost, Function<UUID, Optional<String>> listName, Runnable use, Runnable keep) {
        Conflict conflict = lost.conflict();
        getStyleClass().add(Styles.CONFLICT_NOTICE);
        setId("conflict-" + conflict.column());
        Label what = new Label(Texts.text(
                Keys.CONFLICT_LOST,
                Texts.text(fieldKey(conflict.column())),
                lost.device(),
                AgoText.of(
                        Instant.ofEpochMilli(conflict.loser().wallMillis()), Instant.now(), ZoneId.systemDefault())));
        what.getStyleClass().add(Styles.CAPTION);
        what.setWrapText(true);
        Label value = new Label(words(conflict, listName));
        value.setId("conflict-value");
        value.getStyleClass().add(Styles.CONFLICT_VALUE);
        value.setWrapText(true);
        FlowPane buttons = new FlowPane(
                Controls.quietButton("conflict-use", Icons.RESTORE, Texts.text(Keys.CONFLICT_USE), use),
                Controls.quietButton("conflict-keep", Icons.DONE, Texts.text(Keys.CONFLICT_KEEP), keep));
        buttons.setTranslateX(-8);
        VBox text = new VBox(2, what, value, buttons);
        text.setMinWidth(0);
        HBox.setHgrow(text, Priority.ALWAYS);
        getChildren().setAll(Controls.icon(Icons.CONFLICT), text);
    }

    private static String fieldKey(String column) {
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
            case Conflict.ROW -> Keys.CONFLICT_FIELD_ROW;
            default -> Keys.CONFLICT_FIELD_OTHER;
        };
    }

    private static String words(Conflict conflict, Function<UUID, Optional<String>> listName) {
        @Nullable Object value = conflict.loser().value();
        return switch (conflict.column()) {
            case Conflict.ROW -> Texts.text(conflict.loser().delete() ? Keys.TOAST_PURGED : Keys.CONFLICT_EMPTY);
            case "trashed" -> Texts.text(isTrue(value) ? Keys.CONFLICT_DELETED : Keys.TOAST_RESTORED);
            case "done" -> Texts.text(isTrue(value) ? Keys.CONFLICT_VALUE_YES : Keys.CONFLICT_VALUE_NO);
            case "kind" -> Texts.text("note".equals(value) ? Keys.DETAIL_KIND_NOTE : Keys.DETAIL_KIND_TODO);
            case "due", "reminder", "dismissed", "snoozed" -> due(value);
            case "priority" -> Texts.text(PriorityText.keyOfStored(value instanceof Long number ? number : 0));
            case "list_id" -> listName(value, listName);
            default -> text(value);
        };
    }

    private static String due(@Nullable Object value) {
        Due due = value instanceof String text ? Due.ofStored(text) : null;
        if (due == null) {
            return text(value);
        }
        return DueButton.words(due, LocalDate.now(ZoneId.systemDefault()));
    }

    private static boolean isTrue(@Nullable Object value) {
        return value instanceof Long number && number != 0;
    }

    private static String listName(@Nullable Object value, Function<UUID, Optional<String>> names) {
        if (value instanceof byte[] bytes && bytes.length == 2 * Long.BYTES) {
            java.nio.ByteBuffer bits = java.nio.ByteBuffer.wrap(bytes);
            return names.apply(new UUID(bits.getLong(), bits.getLong())).orElse(Texts.text(Keys.SIDEBAR_INBOX));
        }
        return Texts.text(Keys.SIDEBAR_INBOX);
    }

    private static String text(@Nullable Object value) {
        String text = value == null ? "" : value.toString();
        if (text.isBlank()) {
            return Texts.text(Keys.CONFLICT_EMPTY);
        }
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    /** All notices of an item. */
    static List<ConflictNotice> all(
            List<LostValue> lost, Function<UUID, Optional<String>> listName, DetailViewModel model) {
        return lost.stream()
                .map(one -> new ConflictNotice(one, listName, () -> model.useInstead(one), () -> model.keep(one)))
                .toList();
    }
}
