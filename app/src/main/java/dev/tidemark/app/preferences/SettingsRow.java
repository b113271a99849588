package dev.tidemark.app.preferences;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Shows a setting: its name with a hint below, and the control on the right. */
final class SettingsRow extends HBox {
    private final Label hint = new Label();
    private String defaultHint;
    private final Node control;

    /**
     * @param name the key of the name in the text bundle
     * @param hintKey the key of the hint in the text bundle; empty for a row without a fixed hint
     */
    SettingsRow(String name, String hintKey, Node control) {
        this.control = control;
        defaultHint = hintKey.isEmpty() ? "" : Messages.text(hintKey);
        getStyleClass().add(Styles.SETTINGS_ROW);
        Label title = new Label(Messages.text(name));
        title.getStyleClass().add(Styles.SETTINGS_NAME);
        hint.setText(defaultHint);
        hint.getStyleClass().add(Styles.SETTINGS_HINT);
        Controls.wrapped(hint);
        VBox words = new VBox(2, title, hint);
        words.setMinWidth(0);
        words.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(words, Priority.ALWAYS);
        title.setLabelFor(control);
        control.setAccessibleHelp(defaultHint);
        getChildren().setAll(words, control);
        if (control instanceof Region region) {
            region.setMinWidth(Region.USE_PREF_SIZE);
        }
    }

    /** Sets the usual hint, which a row without a mark shows. The next call of {@link #mark} applies the hint. */
    void setDefaultHint(String hintText) {
        defaultHint = hintText;
    }

    /**
     * Replaces the hint and marks the control.
     *
     * @param sentence the sentence to show instead of the hint; {@code null} to restore the hint and remove the mark
     * @param wrong whether the sentence is an error; otherwise it is a warning
     */
    void mark(@Nullable String sentence, boolean wrong) {
        hint.setText(sentence == null ? defaultHint : sentence);
        Controls.toggleStyle(hint, Styles.PROBLEM, sentence != null && wrong);
        Controls.toggleStyle(hint, Styles.CAUTION, sentence != null && !wrong);
        Controls.toggleStyle(control, Styles.WRONG, sentence != null && wrong);
        control.setAccessibleHelp(sentence == null ? defaultHint : sentence);
    }

    Label hint() {
        return hint;
    }
}
