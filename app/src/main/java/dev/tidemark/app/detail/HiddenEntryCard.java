package dev.tidemark.app.detail;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.SingleLineText;
import dev.tidemark.app.fx.UiScale;
import dev.tidemark.app.model.HiddenEntry;
import dev.tidemark.engine.history.HiddenData;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.util.stream.Collectors;
import javafx.geometry.Insets;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** Shows one entry of the hidden data: the reason, the known text, and buttons to restore or discard the entry. */
final class HiddenEntryCard extends HBox {
    /** The maximum length, in characters, of the shown text and of the names of tags and attachments. */
    private static final int MAX_LENGTH = 240;

    private static final double CHOICES_GAP = 8;
    private static final double CHOICES_ABOVE = 6;

    private final VBox text = new VBox(4);

    /** Creates a card with buttons, for an entry that the user decides about. */
    HiddenEntryCard(HiddenEntry entry, ConflictsViewModel model) {
        this("hidden-entry", model.reason(entry));
        addText(entry.body());
        addText(entry.parts().stream().map(HiddenEntryCard::nameOf).collect(Collectors.joining(", ")));
        FlowPane choices = new FlowPane(CHOICES_GAP, CHOICES_GAP);
        if (entry.isRestorable()) {
            choices.getChildren()
                    .add(Controls.flatButton(
                            "hidden-restore",
                            Icons.RESTORE,
                            Messages.text(Keys.HIDDEN_RESTORE),
                            () -> model.restore(entry)));
        }
        choices.getChildren().add(createDiscard(entry, model));
        VBox.setMargin(choices, new Insets(UiScale.scaled(CHOICES_ABOVE), 0, 0, 0));
        text.getChildren().add(choices);
    }

    private HiddenEntryCard(String id, String reason) {
        setId(id);
        getStyleClass().add(Styles.CONFLICT_NOTICE);
        Label label = Controls.wrapped(new Label(reason));
        label.setId(id + "-reason");
        text.getChildren().add(label);
        text.setMinWidth(0);
        HBox.setHgrow(text, Priority.ALWAYS);
        getChildren().setAll(Controls.icon(Icons.CONFLICT), text);
    }

    /** Creates a card without buttons, for rows with fields that only a newer version of the app knows. */
    static HiddenEntryCard waiting(long rows) {
        return new HiddenEntryCard("hidden-waiting", Messages.text(Keys.HIDDEN_WAITING, rows));
    }

    private static String nameOf(HiddenData part) {
        String name = SingleLineText.of(HiddenEntry.name(part));
        return part.table().equals("tag") ? "#" + name : name;
    }

    private void addText(String known) {
        if (!known.isBlank()) {
            String line = SingleLineText.of(known);
            Label label = Controls.wrapped(
                    new Label(line.length() > MAX_LENGTH ? line.substring(0, MAX_LENGTH) + "…" : line));
            label.getStyleClass().add(Styles.CONFLICT_VALUE);
            text.getChildren().add(label);
        }
    }

    /**
     * Creates the button that discards the entry. If undo cannot restore the entry, the button discards it only when
     * the user presses a second time to confirm.
     */
    private static Button createDiscard(HiddenEntry entry, ConflictsViewModel model) {
        Button discard = Controls.flatButton(
                "hidden-discard", Icons.CLOSE, Messages.text(Keys.HIDDEN_DISCARD), () -> model.discard(entry));
        if (!entry.isDiscardUndoable()) {
            discard.setOnAction(pressed -> {
                discard.setText(Messages.text(Keys.HIDDEN_DISCARD_SURE));
                discard.setAccessibleText(discard.getText());
                discard.setOnAction(again -> model.discard(entry));
            });
            discard.getStyleClass().add(Styles.DANGER);
        }
        return discard;
    }
}
