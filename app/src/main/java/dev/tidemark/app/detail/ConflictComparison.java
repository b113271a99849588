package dev.tidemark.app.detail;

import dev.tidemark.app.format.RelativeTimeFormat;
import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.RtlWrapWorkaround;
import dev.tidemark.app.fx.SideBySide;
import dev.tidemark.app.fx.UiScale;
import dev.tidemark.app.fx.WritingDirection;
import dev.tidemark.engine.history.Conflict;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
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
 * Shows the winning and the losing version, with their devices and times and with highlighted differences. Each version
 * has a button to keep it. The versions are side by side if there is room.
 */
final class ConflictComparison extends HBox {
    private static final double SIDE_BY_SIDE = 480;
    private static final double CHOICES_GAP = 8;

    private final FlowPane choices;
    private final Function<UUID, Optional<String>> listName;
    private final ZonedDateTime now;

    ConflictComparison(LosingVersion value, Function<UUID, Optional<String>> listName, ConflictsViewModel model) {
        this.listName = listName;
        this.now = model.now();
        Conflict conflict = value.conflict();
        getStyleClass().add(Styles.CONFLICT_NOTICE);
        setId("conflict-" + conflict.column());
        Label field = Controls.styled(new Label(Messages.text(headingKey(conflict))), Styles.CONFLICT_VALUE);
        WordDiff diff = isText(conflict) ? WordDiff.of(plain(conflict.winner()), plain(conflict.loser())) : null;
        VBox won = side(
                caption(Keys.CONFLICT_NOW, value.winnerDevice(), conflict.winner()),
                content("conflict-now", conflict, conflict.winner(), diff == null ? null : diff.one()),
                Controls.button(
                        "conflict-keep",
                        Styles.PRIMARY,
                        Messages.text(Keys.CONFLICT_KEEP),
                        () -> model.keepWinner(value)));
        VBox losing = side(
                caption(Keys.CONFLICT_LOST, value.device(), conflict.loser()),
                content("conflict-value", conflict, conflict.loser(), diff == null ? null : diff.other()),
                Controls.button(
                        "conflict-use",
                        Styles.QUIET_BUTTON,
                        Messages.text(Keys.CONFLICT_USE),
                        () -> model.useLosingVersion(value)));
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

    /** Adds a button with another way to resolve the conflict. */
    void add(Button button) {
        choices.getChildren().add(button);
    }

    /** Whether the versions are texts, which can be compared word by word and merged. */
    static boolean isText(Conflict conflict) {
        return FieldText.isText(conflict.column());
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

    private static String headingKey(Conflict conflict) {
        if (!conflict.column().equals(Conflict.ROW)) {
            return FieldText.headingKey(conflict.column());
        }
        return switch (conflict.table()) {
            case "tag" -> Keys.CONFLICT_HEADING_TAG;
            case "attachment" -> Keys.CONFLICT_HEADING_ATTACHMENT;
            default -> Keys.CONFLICT_HEADING_ROW;
        };
    }

    private String words(String column, Conflict.Version side) {
        return column.equals(Conflict.ROW)
                ? Messages.text(side.delete() ? Keys.TOAST_PURGED : Keys.CONFLICT_EDITED)
                : FieldText.words(column, side.value(), listName, now.toLocalDate());
    }
}
