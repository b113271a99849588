package dev.tidemark.app.detail;

import dev.tidemark.app.format.PriorityFormat;
import dev.tidemark.app.format.RelativeTimeFormat;
import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.RtlWrapWorkaround;
import dev.tidemark.app.fx.SideBySide;
import dev.tidemark.app.fx.SingleLineText;
import dev.tidemark.app.fx.UiScale;
import dev.tidemark.app.fx.WritingDirection;
import dev.tidemark.app.model.ConflictLine;
import dev.tidemark.app.model.Due;
import dev.tidemark.engine.history.Conflict;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import org.jspecify.annotations.Nullable;

/**
 * Shows the winning and the losing version with device, time and highlighted differences, side by side if there is
 * room, and buttons to keep either.
 */
final class ConflictComparison extends HBox {
    private static final int MAX_LENGTH = 240;
    private static final double SIDE_BY_SIDE = 480;
    private static final double CHOICES_GAP = 8;
    private static final Set<String> TEXTS = Set.of("title", "body");

    private final FlowPane choices;
    private final Function<UUID, Optional<String>> listName;
    private final ZonedDateTime now;

    ConflictComparison(LosingVersion value, Function<UUID, Optional<String>> listName, ConflictsViewModel model) {
        this.listName = listName;
        this.now = model.now();
        Conflict conflict = value.conflict();
        getStyleClass().add(Styles.CONFLICT_NOTICE);
        setId("conflict-" + conflict.column());
        Label field = Controls.styled(new Label(Messages.text(fieldKey(conflict))), Styles.CONFLICT_VALUE);
        WordDiff diff = isText(conflict) ? WordDiff.of(plain(conflict.winner()), plain(conflict.loser())) : null;
        VBox won = side(
                caption(Keys.CONFLICT_NOW, value.winnerDevice(), conflict.winner()),
                content("conflict-now", conflict, conflict.winner(), diff == null ? null : diff.one()),
                Controls.quietButton(
                        "conflict-keep", Icons.DONE, Messages.text(Keys.CONFLICT_KEEP), () -> model.keepWinner(value)));
        VBox losing = side(
                caption(Keys.CONFLICT_LOST, value.device(), conflict.loser()),
                content("conflict-value", conflict, conflict.loser(), diff == null ? null : diff.other()),
                Controls.quietButton(
                        "conflict-use", Icons.RESTORE, Messages.text(Keys.CONFLICT_USE), () -> model.useLoser(value)));
        choices = new FlowPane(CHOICES_GAP, CHOICES_GAP, losing.getChildren().removeLast());
        losing.getChildren().add(choices);
        for (Node choice : List.of(won.getChildren().getLast(), choices)) {
            VBox.setMargin(choice, new Insets(UiScale.scaled(6), 0, 0, 0));
        }
        VBox text = new VBox(4, field, new SideBySide(UiScale.scaled(SIDE_BY_SIDE), won, losing));
        text.setMinWidth(0);
        HBox.setHgrow(text, Priority.ALWAYS);
        getChildren().setAll(Controls.icon(Icons.CONFLICT), text);
    }

    /** Adds another way to resolve the conflict. */
    void add(Button button) {
        choices.getChildren().add(button);
    }

    /** Whether the conflict is about text, which can be compared and merged. */
    static boolean isText(Conflict conflict) {
        return TEXTS.contains(conflict.column());
    }

    static String plain(Conflict.Version side) {
        return side.value() instanceof String text ? text : "";
    }

    private Label caption(String key, String device, Conflict.Version side) {
        Label caption = Controls.styled(
                new Label(Messages.text(
                        key,
                        device,
                        RelativeTimeFormat.of(
                                Instant.ofEpochMilli(side.wallMillis()), now.toInstant(), now.getZone()))),
                Styles.CAPTION);
        caption.setWrapText(true);
        return caption;
    }

    private static VBox side(Label caption, Node content, Button choice) {
        VBox side = new VBox(2, caption, content, choice);
        side.setMinWidth(0);
        return side;
    }

    private Node content(String id, Conflict conflict, Conflict.Version side, @Nullable List<WordDiff.Piece> pieces) {
        if (pieces == null || pieces.isEmpty()) {
            String words = words(conflict.column(), side);
            return flow(id, List.of(new WordDiff.Piece(words, true)), Styles.CONFLICT_PLAIN);
        }
        return flow(id, pieces, Styles.DIFFERS);
    }

    private static TextFlow flow(String id, List<WordDiff.Piece> pieces, String differs) {
        TextFlow flow = new TextFlow();
        flow.setId(id);
        for (WordDiff.Piece piece : pieces) {
            for (Text text : RtlWrapWorkaround.texts(piece.text())) {
                text.getStyleClass().add(piece.differs() ? differs : Styles.IN_COMMON);
                flow.getChildren().add(text);
            }
        }
        String whole = pieces.stream().map(WordDiff.Piece::text).collect(Collectors.joining());
        WritingDirection.apply(flow, whole);
        flow.setAccessibleText(whole);
        return flow;
    }

    private static String fieldKey(Conflict conflict) {
        return switch (conflict.column()) {
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
            case Conflict.ROW -> rowKey(conflict.table());
            default -> Keys.CONFLICT_FIELD_OTHER;
        };
    }

    private static String rowKey(String table) {
        return switch (table) {
            case "tag" -> Keys.CONFLICT_FIELD_TAG;
            case "attachment" -> Keys.CONFLICT_FIELD_ATTACHMENT;
            default -> Keys.CONFLICT_FIELD_ROW;
        };
    }

    private String words(String column, Conflict.Version side) {
        @Nullable Object value = side.value();
        return switch (column) {
            case Conflict.ROW -> Messages.text(side.delete() ? Keys.TOAST_PURGED : Keys.CONFLICT_EDITED);
            case "trashed" -> Messages.text(isTrue(value) ? Keys.CONFLICT_DELETED : Keys.TOAST_RESTORED);
            case "done" -> Messages.text(isTrue(value) ? Keys.CONFLICT_VALUE_YES : Keys.CONFLICT_VALUE_NO);
            case "kind" -> Messages.text("note".equals(value) ? Keys.DETAIL_KIND_NOTE : Keys.DETAIL_KIND_TODO);
            case "due", "reminder", "dismissed", "snoozed" -> due(value);
            case "priority" -> Messages.text(PriorityFormat.keyOfStored(value instanceof Long number ? number : 0));
            case "list_id" -> listName(value);
            default -> text(value);
        };
    }

    private String due(@Nullable Object value) {
        Due due = value instanceof String text ? Due.ofStored(text) : null;
        if (due == null) {
            return text(value);
        }
        return DueButton.format(due, now.toLocalDate());
    }

    private static boolean isTrue(@Nullable Object value) {
        return value instanceof Long number && number != 0;
    }

    private String listName(@Nullable Object value) {
        if (value instanceof byte[] bytes && bytes.length == 2 * Long.BYTES) {
            ByteBuffer bits = ByteBuffer.wrap(bytes);
            return listName.apply(new UUID(bits.getLong(), bits.getLong()))
                    .map(SingleLineText::brief)
                    .orElse(Messages.text(Keys.SIDEBAR_INBOX));
        }
        return Messages.text(Keys.SIDEBAR_INBOX);
    }

    private static String text(@Nullable Object value) {
        String text = Objects.toString(ConflictLine.readable(value), "");
        if (text.isBlank()) {
            return Messages.text(Keys.CONFLICT_EMPTY);
        }
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
    }
}
