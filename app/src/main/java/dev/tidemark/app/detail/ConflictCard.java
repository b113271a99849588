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
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** One conflict of the page. For texts it offers an editor to merge both versions. */
final class ConflictCard extends VBox {
    private final LosingVersion losing;
    private final ConflictsViewModel model;
    private final TextArea text = Controls.styled(new TextArea(), Styles.FIELD, Styles.OUTLINED);
    private final VBox editor = Controls.styled(new VBox(), Styles.CONFLICT_EDITOR);

    ConflictCard(LosingVersion losing, Function<UUID, Optional<String>> listName, ConflictsViewModel model) {
        this.losing = losing;
        this.model = model;
        ConflictComparison notice = new ConflictComparison(losing, listName, model);
        getChildren().setAll(notice, editor);
        if (ConflictComparison.isText(losing.conflict()) && fitsField(losing.conflict())) {
            notice.add(Controls.quietButton(
                    "conflict-merge", Icons.CONFLICT, Messages.text(Keys.CONFLICT_MERGE), this::open));
        }
        createEditor();
    }

    /** Whether both texts fit one field: in a longer text, every key would block the window. */
    private static boolean fitsField(Conflict conflict) {
        return ConflictComparison.plain(conflict.winner()).length()
                        + ConflictComparison.plain(conflict.loser()).length()
                <= TextParts.MAX_LENGTH;
    }

    private void createEditor() {
        text.setWrapText(true);
        Controls.leaveByTab(text);
        Controls.style(text, Styles.LONG, losing.conflict().column().equals("body"));
        text.setId("conflict-merged");
        text.setAccessibleText(Messages.text(Keys.CONFLICT_MERGE_TEXT));
        Label hint = Controls.styled(new Label(Messages.text(Keys.CONFLICT_MERGE_HINT)), Styles.CAPTION);
        Button save =
                Controls.button("conflict-merge-save", Styles.PRIMARY, Messages.text(Keys.CONFLICT_MERGE_SAVE), () -> {
                    Controls.show(editor, false);
                    model.merge(losing, text.getText());
                });
        Button cancel = Controls.button(
                "conflict-merge-cancel",
                Styles.QUIET_BUTTON,
                Messages.text(Keys.CONFLICT_MERGE_CANCEL),
                () -> Controls.show(editor, false));
        editor.getChildren().setAll(hint, text, new HBox(8, save, cancel));
        Controls.show(editor, false);
    }

    private void open() {
        Conflict conflict = losing.conflict();
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
