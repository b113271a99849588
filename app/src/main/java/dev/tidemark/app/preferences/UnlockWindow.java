package dev.tidemark.app.preferences;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.ThemeManager;
import dev.tidemark.app.fx.UiScale;
import dev.tidemark.app.fx.WindowIcon;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.stage.Modality;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/** Asks the user for the passphrase of the library or a recovery code. For the JavaFX thread. */
public final class UnlockWindow {
    private static final double WIDTH = 460;

    private final UnlockViewModel model;
    private final Stage stage = new Stage();
    private final VBox root = new VBox(12);
    private final Label reason = Fields.hintLabel("unlock-reason");
    private final Label outcome = Fields.hintLabel("unlock-outcome");
    private final Label location = Fields.hintLabel("unlock-place");
    private final PasswordField secret;
    private final PasswordField repeated;
    private final StrengthMeter meter = new StrengthMeter("unlock-strength");
    private final Button unlock;
    private String why = "";

    public UnlockWindow(UnlockViewModel model, ThemeManager themes, Window owner) {
        this.model = model;
        secret = secret("unlock-secret", Keys.UNLOCK_SECRET);
        repeated = secret("unlock-again", Keys.SETTINGS_CRYPT_AGAIN);
        unlock = Fields.primary("unlock-submit", Keys.UNLOCK_SUBMIT, this::submit);
        unlock.setDefaultButton(true);
        Button cancel = Fields.plain("unlock-cancel", Keys.UNLOCK_CANCEL, stage::hide);
        HBox buttons = new HBox(8, cancel, unlock);
        buttons.setAlignment(Pos.CENTER_RIGHT);
        Label title = new Label(Messages.text(Keys.UNLOCK_TITLE));
        title.getStyleClass().add(Styles.PANEL_TITLE);
        root.getStyleClass().addAll(Styles.SETTINGS, Styles.UNLOCK);
        root.getChildren().setAll(title, reason, secret, meter, repeated, outcome, location, buttons);
        List.of(reason, outcome, location).forEach(label -> label.setMaxWidth(Double.MAX_VALUE));
        root.setPrefWidth(UiScale.scaled(WIDTH));
        Scene scene = new Scene(root);
        scene.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                stage.hide();
            }
        });
        themes.applyTheme(scene);
        stage.initOwner(owner);
        stage.initModality(Modality.WINDOW_MODAL);
        stage.setTitle(Messages.text(Keys.UNLOCK_TITLE));
        WindowIcon.applyTo(stage);
        stage.setScene(scene);
        stage.setResizable(false);
        stage.setOnHidden(event -> clearSecret());
        bind();
    }

    private static PasswordField secret(String id, String name) {
        PasswordField field = Fields.secret(id, name);
        field.setPromptText(Messages.text(name));
        return field;
    }

    private void bind() {
        secret.textProperty().subscribe(meter::show);
        secret.textProperty().subscribe(text -> show());
        model.busyProperty().subscribe(busy -> show());
        model.creatingProperty().subscribe(creating -> show());
        model.problemProperty().subscribe(problem -> show());
        model.secretLocationProperty().subscribe(text -> location.setText(text));
        model.doneProperty().subscribe(done -> {
            if (done) {
                stage.hide();
            }
        });
    }

    private void show() {
        boolean creating = model.creatingProperty().get();
        boolean busy = model.busyProperty().get();
        String problem = model.problemProperty().get();
        reason.setText(creating ? Messages.text(Keys.UNLOCK_FOUNDING) : why);
        Controls.show(repeated, creating);
        Controls.show(meter, creating);
        outcome.setText(busy ? Messages.text(Keys.UNLOCK_BUSY) : problem == null ? "" : problem);
        Controls.show(outcome, busy || problem != null);
        Controls.toggleStyle(outcome, Styles.PROBLEM, !busy && problem != null);
        // If the two inputs differ, marks only the second.
        mark(secret, busy || creating ? null : problem);
        mark(repeated, busy ? null : problem);
        unlock.setText(Messages.text(creating ? Keys.SETTINGS_CRYPT_USE : Keys.UNLOCK_SUBMIT));
        unlock.setAccessibleText(unlock.getText());
        unlock.setDisable(busy || secret.getText().isEmpty());
        secret.setDisable(busy);
        repeated.setDisable(busy);
        stage.sizeToScene();
    }

    private static void mark(PasswordField field, @Nullable String wrong) {
        Controls.toggleStyle(field, Styles.WRONG, wrong != null);
        field.setAccessibleHelp(wrong);
    }

    private void submit() {
        boolean asksAgain = model.creatingProperty().get();
        model.submit(secret.getText(), repeated.getText());
        if (!asksAgain && model.creatingProperty().get()) {
            repeated.requestFocus();
        }
    }

    private void clearSecret() {
        secret.clear();
        repeated.clear();
    }

    /**
     * Opens the window, or brings an open window to the front.
     *
     * @param sentence the sentence that tells why the passphrase is needed
     */
    public void show(String sentence) {
        if (!stage.isShowing()) {
            why = sentence;
            clearSecret();
            model.begin();
            show();
            stage.show();
            stage.sizeToScene();
        }
        stage.toFront();
        secret.requestFocus();
    }

    public void close() {
        stage.hide();
    }

    public Stage stage() {
        return stage;
    }
}
