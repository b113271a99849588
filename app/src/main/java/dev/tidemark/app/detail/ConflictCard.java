package dev.tidemark.app.detail;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.SingleLineText;
import dev.tidemark.app.model.TextMerge;
import dev.tidemark.engine.history.Conflict;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** Shows one conflict on the conflicts page. For a text, the card offers an editor to merge both versions. */
final class ConflictCard extends VBox {
    /**
     * The maximum number of passages that the card offers a choice for. Further passages keep the current version
     * unless the user edits the text.
     */
    private static final int MAX_CHOICES = 20;

    private final LosingVersion losing;
    private final ConflictsViewModel model;
    private final TextArea text = Controls.styled(new TextArea(), Styles.FIELD, Styles.OUTLINED);
    private final Label hint = Controls.wrapped(Controls.styled(new Label(), Styles.CAPTION));
    private final FlowPane choices = new FlowPane(4, 4);
    private final VBox editor = Controls.styled(new VBox(), Styles.CONFLICT_EDITOR);

    ConflictCard(LosingVersion losing, Function<UUID, Optional<String>> listName, ConflictsViewModel model) {
        this.losing = losing;
        this.model = model;
        ConflictComparison notice = new ConflictComparison(losing, listName, model);
        getChildren().setAll(notice, editor);
        if (ConflictComparison.isText(losing.conflict()) && fitsField(losing.conflict())) {
            notice.add(Controls.flatButton(
                    "conflict-merge", Icons.CONFLICT, Messages.text(Keys.CONFLICT_MERGE), this::open));
        }
        createEditor();
    }

    /**
     * Whether both texts together are short enough for one field. In a longer text, each key press would block the
     * window.
     */
    private static boolean fitsField(Conflict conflict) {
        return ConflictComparison.plain(conflict.winner()).length()
                        + ConflictComparison.plain(conflict.loser()).length()
                <= TextParts.MAX_LENGTH;
    }

    private void createEditor() {
        text.setWrapText(true);
        Controls.traverseFocusWithTab(text);
        Controls.toggleStyle(text, Styles.LONG, losing.conflict().column().equals("body"));
        text.setId("conflict-merged");
        Controls.name(text, Messages.text(Keys.CONFLICT_MERGE_TEXT));
        choices.getStyleClass().add(Styles.MERGE_CHOICES);
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
        editor.getChildren().setAll(hint, choices, text, new HBox(8, save, cancel));
        Controls.show(editor, false);
    }

    private void open() {
        Conflict conflict = losing.conflict();
        model.merge(conflict, this::edit);
    }

    /** Shows the merged text. A button for each passage that both versions changed switches to the other version. */
    private void edit(TextMerge merge) {
        choices.getChildren().clear();
        List<ToggleButton> others = new ArrayList<>();
        List<TextMerge.Part> open = merge.parts() == null
                ? List.of()
                : merge.parts().stream().filter(TextMerge.Part::isChoice).toList();
        Runnable show = () -> {
            Set<Integer> taken = new HashSet<>();
            for (int index = 0; index < others.size(); index++) {
                if (others.get(index).isSelected()) {
                    taken.add(index);
                }
            }
            text.setText(merge.text(index -> taken.contains(index)));
        };
        for (TextMerge.Part part : open.stream().limit(MAX_CHOICES).toList()) {
            ToggleButton other = new ToggleButton(
                    Messages.text(Keys.CONFLICT_MERGE_CHOICE, words(part.current()), words(part.other())));
            other.setId("conflict-merge-choice");
            other.getStyleClass().add(Styles.MERGE_CHOICE);
            other.setMnemonicParsing(false);
            other.setAccessibleText(other.getText());
            other.setMinWidth(0);
            other.setOnAction(event -> show.run());
            others.add(other);
        }
        choices.getChildren().setAll(others);
        Controls.show(choices, !others.isEmpty());
        hint.setText(Messages.text(
                merge.parts() == null
                        ? Keys.CONFLICT_MERGE_LONG
                        : others.isEmpty() ? Keys.CONFLICT_MERGE_CLEAN : Keys.CONFLICT_MERGE_HINT));
        if (merge.parts() == null) {
            text.setText(ConflictComparison.plain(losing.conflict().winner()));
        } else {
            show.run();
        }
        Controls.show(editor, true);
        text.requestFocus();
        text.positionCaret(0);
    }

    private static String words(String passage) {
        String words = SingleLineText.abbreviate(passage.strip());
        return words.isEmpty() ? Messages.text(Keys.CONFLICT_EMPTY) : words;
    }

    /** Whether the user is merging the versions. */
    boolean isEditing() {
        return editor.isVisible();
    }
}
