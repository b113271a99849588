package dev.tidemark.app.errors;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.util.LinkedHashSet;
import java.util.Set;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/**
 * Shows an unexpected error or a required action in a window until the user closes the notice. Confined to the JavaFX
 * thread.
 */
public final class ErrorNotice extends VBox {
    private final Label requiredAction = line("standing-sentence");
    private final Label sentence = line("error-sentence");
    private final CopyDiagnosticsButton copy;
    private final Label code = new Label();
    private final Set<String> codes = new LinkedHashSet<>();

    public ErrorNotice(ErrorHelp help) {
        setId("error-notice");
        getStyleClass().add(Styles.ERROR_NOTICE);
        setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        code.setId("error-code");
        code.getStyleClass().add(Styles.CAPTION);
        code.setWrapText(true);
        copy = new CopyDiagnosticsButton("error-copy", help);
        HBox buttons = new HBox(
                4,
                code,
                Controls.spacer(),
                copy,
                Controls.button("error-close", Styles.QUIET_BUTTON, Messages.text(Keys.TOAST_CLOSE), this::close));
        buttons.setAlignment(Pos.CENTER_LEFT);
        getChildren().setAll(requiredAction, sentence, buttons);
        close();
    }

    private static Label line(String id) {
        Label label = new Label();
        label.setId(id);
        Controls.wrapped(label);
        label.getStyleClass().add(Styles.ERROR_SENTENCE);
        return label;
    }

    /** Shows a sentence about a required action of the user. Unexpected errors do not replace this sentence. */
    public void show(String todo) {
        requiredAction.setText(todo);
        Controls.show(requiredAction, true);
        Controls.show(this, true);
    }

    /** Adds an error to the notice. Shows the codes of all errors, and the sentence of the last one. */
    public void show(ErrorReport report) {
        codes.add(report.code());
        sentence.setText(report.sentence() + " " + Messages.text(Keys.TROUBLE_GOES_ON));
        code.setText(Messages.text(Keys.TROUBLE_CODE, String.join(", ", codes)));
        showError(true);
        Controls.show(this, true);
    }

    private void close() {
        codes.clear();
        showError(false);
        Controls.show(requiredAction, false);
        Controls.show(this, false);
    }

    private void showError(boolean shown) {
        Controls.show(sentence, shown);
        Controls.show(code, shown);
        Controls.show(copy, shown);
    }
}
