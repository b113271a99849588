package dev.tidemark.app.preferences;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.app.settings.PrivateFile;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.io.File;
import java.io.IOException;
import javafx.print.PrinterJob;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;

/** Shows a recovery code once, until the user confirms that it is stored. */
final class RecoveryCodePanel extends VBox {
    private final TextField code = new TextField();
    private final Label note = Fields.hintLabel("recovery-code-note");

    RecoveryCodePanel(EncryptionViewModel model) {
        setId("recovery-code-panel");
        getStyleClass().add(Styles.RECOVERY_CODE_PANEL);
        Label title = new Label(Messages.text(Keys.SETTINGS_CODE_TITLE));
        title.getStyleClass().add(Styles.SETTINGS_NAME);
        code.setId("recovery-code");
        code.setEditable(false);
        code.getStyleClass().addAll(Styles.FIELD, Styles.OUTLINED, Styles.CODE);
        Controls.name(code, Messages.text(Keys.SETTINGS_CODE_TITLE));
        FlowPane buttons = new FlowPane(
                8,
                8,
                Fields.plain("recovery-code-copy", Keys.SETTINGS_CODE_COPY, this::copy),
                Fields.plain("recovery-code-print", Keys.SETTINGS_CODE_PRINT, this::print),
                Fields.plain("recovery-code-save", Keys.SETTINGS_CODE_SAVE, this::save),
                Fields.primary("recovery-code-kept", Keys.SETTINGS_CODE_KEPT, model::clearCode));
        getChildren().setAll(title, note, code, buttons);
        model.codeProperty().subscribe(text -> {
            code.setText(text == null ? "" : text);
            note.setText(Messages.text(Keys.SETTINGS_CODE_HINT));
            Controls.show(this, text != null);
        });
    }

    private void copy() {
        ClipboardContent content = new ClipboardContent();
        content.putString(code.getText());
        Clipboard.getSystemClipboard().setContent(content);
        note.setText(Messages.text(Keys.SETTINGS_CODE_COPIED));
    }

    private void print() {
        PrinterJob job = PrinterJob.createPrinterJob();
        if (job == null) {
            note.setText(Messages.text(Keys.SETTINGS_CODE_NO_PRINTER));
            return;
        }
        if (job.showPrintDialog(getScene().getWindow())) {
            Label page = new Label(Messages.text(Keys.SETTINGS_CODE_PAGE, code.getText()));
            boolean printed = job.printPage(page) && job.endJob();
            note.setText(Messages.text(printed ? Keys.SETTINGS_CODE_PRINTED : Keys.SETTINGS_CODE_NOT_PRINTED));
        }
    }

    private void save() {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(Messages.text(Keys.SETTINGS_CODE_SAVE));
        chooser.setInitialFileName("tidemark-recovery-code.txt");
        File file = chooser.showSaveDialog(getScene().getWindow());
        if (file == null) {
            return;
        }
        try {
            PrivateFile.write(file.toPath(), Messages.text(Keys.SETTINGS_CODE_PAGE, code.getText()) + "\n");
            note.setText(Messages.text(Keys.SETTINGS_CODE_SAVED, file.getPath()));
        } catch (IOException e) {
            note.setText(String.valueOf(new ProblemException(e, "file.unwritable", file).getMessage()));
        }
    }
}
