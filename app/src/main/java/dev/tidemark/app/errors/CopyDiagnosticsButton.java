package dev.tidemark.app.errors;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import javafx.scene.control.Button;

/** Copies the diagnostics to the clipboard and shows the result as its text. Confined to the JavaFX thread. */
public final class CopyDiagnosticsButton extends Button {
    public CopyDiagnosticsButton(String id, ErrorHelp help) {
        setId(id);
        getStyleClass().add(Styles.QUIET_BUTTON);
        setGraphic(Controls.icon(Icons.COPY));
        setMinWidth(USE_PREF_SIZE);
        showMessage(Messages.text(Keys.DIAGNOSTICS_COPY));
        setOnAction(event -> help.copyDiagnostics(
                () -> showMessage(Messages.text(Keys.DIAGNOSTICS_COPIED)),
                failure -> showMessage(ErrorReport.of(failure).sentence())));
    }

    private void showMessage(String text) {
        setText(text);
        setAccessibleText(text);
    }
}
