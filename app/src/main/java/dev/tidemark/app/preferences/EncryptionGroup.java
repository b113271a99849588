package dev.tidemark.app.preferences;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.SegmentedControl;
import dev.tidemark.app.sync.SyncViewModel;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.util.function.BiConsumer;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Shows the settings of encryption: on or off, passphrase, key and recovery code. */
final class EncryptionGroup extends VBox {
    private final EncryptionViewModel model;
    private final SegmentedControl<Boolean> choice;
    private final PasswordField passphrase;
    private final PasswordField repeated;
    private final StrengthMeter meter = new StrengthMeter("settings-passphrase-strength");
    private final SyncViewModel sync;
    private final SettingsRow passphraseRow;
    private final SettingsRow repeatedRow;
    private final SettingsRow actionRow;
    private final SettingsRow newKeyRow;
    private final Button use;
    private final Button newCode;
    private final Button newKey;
    private final Button unlock;

    /** @param sync the sync state, which tells whether the user must unlock the library */
    EncryptionGroup(EncryptionViewModel model, SyncViewModel sync) {
        this.model = model;
        this.sync = sync;
        getStyleClass().add(Styles.SETTINGS_GROUP);
        choice = Fields.choice(
                "settings-crypt",
                Keys.SETTINGS_CRYPT,
                new Boolean[] {false, true},
                model::setWanted,
                Keys.SETTINGS_S3_OFF,
                Keys.SETTINGS_S3_ON);
        passphrase = Fields.secret("settings-passphrase", Keys.SETTINGS_CRYPT_PASSPHRASE);
        repeated = Fields.secret("settings-passphrase-again", Keys.SETTINGS_CRYPT_AGAIN);
        VBox typed = new VBox(4, passphrase, meter);
        passphraseRow = new SettingsRow(Keys.SETTINGS_CRYPT_PASSPHRASE, Keys.SETTINGS_CRYPT_PASSPHRASE_HINT, typed);
        repeatedRow = new SettingsRow(Keys.SETTINGS_CRYPT_AGAIN, Keys.SETTINGS_CRYPT_AGAIN_HINT, repeated);
        use = Controls.button("settings-crypt-use", Styles.PRIMARY, "", () -> submit(model::usePassphrase));
        newCode = Fields.plain("settings-crypt-code", Keys.SETTINGS_CRYPT_NEW_CODE, model::newRecoveryCode);
        unlock = Fields.plain("settings-crypt-unlock", Keys.SYNC_PANEL_PASSPHRASE, sync::enterPassphrase);
        HBox buttons = new HBox(newCode, use, unlock);
        buttons.getStyleClass().add(Styles.SETTINGS_BUTTONS);
        actionRow = new SettingsRow(Keys.SETTINGS_CRYPT_KEY, "", buttons);
        actionRow.hint().setId("settings-crypt-outcome");
        newKey = Fields.plain("settings-crypt-new-key", Keys.SETTINGS_CRYPT_NEW_KEY, () -> submit(model::newKey));
        newKeyRow = new SettingsRow(Keys.SETTINGS_CRYPT_LATER, Keys.SETTINGS_CRYPT_LATER_HINT, newKey);
        getChildren()
                .setAll(
                        new SettingsRow(Keys.SETTINGS_CRYPT, Keys.SETTINGS_CRYPT_HINT, choice),
                        new RecoveryCodePanel(model),
                        passphraseRow,
                        repeatedRow,
                        actionRow,
                        newKeyRow);
        bind();
    }

    private void bind() {
        model.wantedProperty().subscribe(wanted -> show());
        model.unlockedProperty().subscribe(unlocked -> show());
        model.passphraseSetProperty().subscribe(given -> show());
        model.secretLocationProperty().subscribe(place -> show());
        sync.stateProperty().subscribe(state -> show());
        model.busyProperty().subscribe(busy -> show());
        model.problemProperty().subscribe(problem -> show());
        model.doneProperty().subscribe(done -> show());
        passphrase.textProperty().subscribe(text -> showStrength());
        repeated.setOnAction(event -> submit(model::usePassphrase));
    }

    private void submit(BiConsumer<String, String> action) {
        action.accept(passphrase.getText(), repeated.getText());
        if (model.problemProperty().get() == null) {
            passphrase.clear();
            repeated.clear();
        }
    }

    private void show() {
        boolean wanted = model.wantedProperty().get();
        boolean unlocked = model.unlockedProperty().get();
        boolean awaitsPassphrase = sync.asksForPassphrase();
        choice.select(wanted);
        Controls.show(passphraseRow, wanted && !awaitsPassphrase);
        Controls.show(repeatedRow, wanted && !awaitsPassphrase);
        Controls.show(actionRow, wanted || awaitsPassphrase);
        Controls.show(newCode, unlocked && !awaitsPassphrase);
        Controls.show(newKeyRow, wanted && unlocked && !awaitsPassphrase);
        Controls.show(use, !awaitsPassphrase);
        Controls.show(unlock, awaitsPassphrase);
        use.setText(Messages.text(unlocked ? Keys.SETTINGS_CRYPT_CHANGE : Keys.SETTINGS_CRYPT_USE));
        use.setAccessibleText(use.getText());
        use.setDisable(model.busyProperty().get());
        newCode.setDisable(model.busyProperty().get());
        newKey.setDisable(model.busyProperty().get());
        String problem = model.problemProperty().get();
        String done = model.doneProperty().get();
        Label hint = actionRow.hint();
        hint.setText(problem != null ? problem : done != null ? done : statusText(unlocked, awaitsPassphrase));
        Controls.toggleStyle(hint, Styles.PROBLEM, problem != null);
        Controls.toggleStyle(hint, Styles.GOOD, problem == null && done != null);
        passphraseRow.setMinHeight(Region.USE_PREF_SIZE);
    }

    private String statusText(boolean unlocked, boolean awaitsPassphrase) {
        if (awaitsPassphrase) {
            return Messages.text(Keys.SETTINGS_CRYPT_LOCKED);
        }
        String key = unlocked
                ? Keys.SETTINGS_CRYPT_UNLOCKED
                : model.passphraseSetProperty().get() ? Keys.SETTINGS_CRYPT_GIVEN : Keys.SETTINGS_CRYPT_LOCKED;
        return Messages.text(key) + " " + model.secretLocationProperty().get();
    }

    private void showStrength() {
        meter.show(passphrase.getText());
        passphraseRow.hint().setText(StrengthMeter.words(passphrase.getText()));
    }
}
