package dev.tidemark.app.detail;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.engine.history.Conflict;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import javafx.scene.TraversalDirection;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** One conflict of the page. For texts it offers an editor to merge both versions. */
final class ConflictCard extends VBox {
    private final LosingVersion lost;
    private final ConflictsViewModel model;
    private final TextArea text = new TextArea();
    private final VBox editor = new VBox();

    ConflictCard(LosingVersion lost, Function<UUID, Optional<String>> listName, ConflictsViewModel model) {
        this.lost = lost;
        this.model = model;
        getStyleClass().add(Styles.CONFLICT_CARD);
        ConflictComparison notice =
                new ConflictComparison(
                        lost, listName, model.now(), () -> model.useLoser(lost), () -> model.keepWinner(lost));
        getChildren().setAll(notice, editor);
        if (ConflictComparison.isText(lost.conflict()) && fitsField(lost.conflict())) {
            notice.add(Controls.quietButton(
                    "conflict-merge", Icons.CONFLICT, Messages.text(Keys.CONFLICT_MERGE), this::open));
        }
        createEditor();
    }

    /** In a longer text, every key would block the window. */
    private static boolean fitsField(Conflict conflict) {
        return ConflictComparison.plain(conflict.winner()).length()
                        + ConflictComparison.plain(conflict.loser()).length()
                <= TextParts.LONGEST;
    }

    private void createEditor() {
        text.setId("conflict-merged");
        text.setWrapText(true);
        // Tab moves the focus instead of inserting a tab.
        text.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.TAB && !event.isControlDown()) {
                text.requestFocusTraversal(event.isShiftDown() ? TraversalDirection.PREVIOUS : TraversalDirection.NEXT);
                event.consume();
            }
        });
        Controls.style(text, Styles.LONG, lost.conflict().column().equals("body"));
        text.setAccessibleText(Messages.text(Keys.CONFLICT_MERGE_TEXT));
        text.getStyleClass().addAll(Styles.FIELD, Styles.OUTLINED);
        Label hint = new Label(Messages.text(Keys.CONFLICT_MERGE_HINT));
        hint.getStyleClass().add(Styles.CAPTION);
        Button save =
                Controls.button("conflict-merge-save", Styles.PRIMARY, Messages.text(Keys.CONFLICT_MERGE_SAVE), () -> {
                    Controls.show(editor, false);
                    model.merge(lost, text.getText());
                });
        Button cancel = Controls.button(
                "conflict-merge-cancel",
                Styles.QUIET_BUTTON,
                Messages.text(Keys.CONFLICT_MERGE_CANCEL),
                () -> Controls.show(editor, false));
        HBox buttons = new HBox(8, save, cancel);
        editor.getStyleClass().add(Styles.CONFLICT_EDITOR);
        editor.getChildren().setAll(hint, text, buttons);
        Controls.show(editor, false);
    }

    private void open() {
        Conflict conflict = lost.conflict();
        text.setText(
                WordDiff.both(ConflictComparison.plain(conflict.winner()), ConflictComparison.plain(conflict.loser())));
        Controls.show(editor, true);
        text.requestFocus();
        text.positionCaret(0);
    }

    /** Whether the user is merging the versions. */
    boolean isEditing() {
        return editor.isVisible();
    }
}
