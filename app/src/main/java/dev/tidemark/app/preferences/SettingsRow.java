package dev.tidemark.app.preferences;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.resources.Styles;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** A line of a settings page: what it is, a hint below, and the control at the right. */
final class SettingsRow extends HBox {
    private final Label hint = new Label();
    private String usual;
    private final Node control;

    SettingsRow(String name, String hintText, Node control) {
        this.control = control;
        usual = hintText;
        getStyleClass().add(Styles.SETTINGS_ROW);
        Label title = new Label(name);
        title.getStyleClass().add(Styles.SETTINGS_NAME);
        hint.setText(hintText);
        hint.getStyleClass().add(Styles.SETTINGS_HINT);
        hint.setMinHeight(Region.USE_PREF_SIZE);
        hint.setWrapText(true);
        VBox words = new VBox(2, title, hint);
        words.setMinWidth(0);
        words.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(words, Priority.ALWAYS);
        title.setLabelFor(control);
        control.setAccessibleHelp(hintText);
        getChildren().setAll(words, control);
        if (control instanceof Region region) {
            region.setMinWidth(Region.USE_PREF_SIZE);
        }
    }

    /** What the hint is while nothing is marked; seen with the next {@link #mark}. */
    void setUsual(String hintText) {
        usual = hintText;
    }

    /**
     * Says something else below the name, and marks the control.
     *
     * @param sentence {@code null} for the usual hint, unmarked
     * @param wrong whether it has to be changed, and does not just deserve a thought
     */
    void mark(@Nullable String sentence, boolean wrong) {
        hint.setText(sentence == null ? usual : sentence);
        Controls.style(hint, Styles.PROBLEM, sentence != null && wrong);
        Controls.style(hint, Styles.CAUTION, sentence != null && !wrong);
        Controls.style(control, Styles.WRONG, sentence != null && wrong);
        control.setAccessibleHelp(sentence == null ? usual : sentence);
    }

    /** The line below the name. */
    Label hint() {
        return hint;
    }
}
