package dev.tidemark.app.preferences;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Styles;
import dev.tidemark.resources.Texts;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Whether what is synced is encrypted, and the passphrase for it. */
final class EncryptionGroup extends VBox {
    private final EncryptionModel model;
    private final ChoiceBar<Boolean> choice;
    private final PasswordField passphrase;
    private final PasswordField repeated;
    private final ProgressBar meter = new ProgressBar(0);
    private final SettingsRow passphraseRow;
    private final SettingsRow repeatedRow;
    private final SettingsRow actionRow;
    private final Button use;
    private final Button newCode;

    EncryptionGroup(EncryptionModel model) {
        this.model = model;
        getStyleClass().add(Styles.SETTINGS_GROUP);
        choice = new ChoiceBar<Boolean>("settings-crypt", Texts.text(Keys.SETTINGS_CRYPT))
                .with(false, Texts.text(Keys.SETTINGS_S3_OFF), model::setWanted)
                .with(true, Texts.text(Keys.SETTINGS_S3_ON), model::setWanted);
        passphrase = Fields.secret("settings-passphrase", Texts.text(Keys.SETTINGS_CRYPT_PASSPHRASE), "");
        repeated = Fields.secret("settings-passphrase-again", Texts.text(Keys.SETTINGS_CRYPT_AGAIN), "");
        meter.setId("settings-passphrase-strength");
        meter.getStyleClass().add(Styles.STRENGTH);
        meter.setMaxWidth(Double.MAX_VALUE);
        VBox typed = new VBox(4, passphrase, meter);
        passphraseRow = new SettingsRow(
                Texts.text(Keys.SETTINGS_CRYPT_PASSPHRASE), Texts.text(Keys.SETTINGS_CRYPT_PASSPHRASE_HINT), typed);
        repeatedRow = new SettingsRow(
                Texts.text(Keys.SETTINGS_CRYPT_AGAIN), Texts.text(Keys.SETTINGS_CRYPT_AGAIN_HINT), repeated);
        use = Controls.button("settings-crypt-use", Styles.PRIMARY, "", this::submit);
        newCode = Controls.button(
                "settings-crypt-code", Styles.PLAIN, Texts.text(Keys.SETTINGS_CRYPT_NEW_CODE), model::newRecoveryCode);
        HBox buttons = new HBox(newCode, use);
        buttons.getStyleClass().add(Styles.SETTINGS_BUTTONS);
        actionRow = new SettingsRow(Texts.text(Keys.SETTINGS_CRYPT_KEY), "", buttons);
        actionRow.hint().setId("settings-crypt-outcome");
        getChildren()
                .setAll(
                        new SettingsRow(Texts.text(Keys.SETTINGS_CRYPT), Texts.text(Keys.SETTINGS_CRYPT_HINT), choice),
                        new RecoveryCodePanel(model),
                        passphraseRow,
                        repeatedRow,
                        actionRow);
        bind();
    }

    private void bind() {
        model.wantedProperty().subscribe(wanted -> show());
        model.unlockedProperty().subscribe(unlocked -> show());
        model.busyProperty().subscribe(busy -> show());
        model.problemProperty().subscribe(problem -> show());
        model.doneProperty().subscribe(done -> show());
        passphrase.textProperty().subscribe(text -> showStrength());
        repeated.setOnAction(event -> submit());
    }

    private void submit() {
        model.usePassphrase(passphrase.getText(), repeated.getText());
        if (model.problemProperty().get() == null) {
            passphrase.clear();
            repeated.clear();
        }
    }

    private void show() {
        boolean wanted = model.wantedProperty().get();
        boolean unlocked = model.unlockedProperty().get();
        choice.select(wanted);
        Controls.show(passphraseRow, wanted);
        Controls.show(repeatedRow, wanted);
        Controls.show(actionRow, wanted);
        Controls.show(newCode, unlocked);
        use.setText(Texts.text(unlocked ? Keys.SETTINGS_CRYPT_CHANGE : Keys.SETTINGS_CRYPT_USE));
        use.setAccessibleText(use.getText());
        use.setDisable(model.busyProperty().get());
        newCode.setDisable(model.busyProperty().get());
        String problem = model.problemProperty().get();
        String done = model.doneProperty().get();
        Label hint = actionRow.hint();
        String standing = Texts.text(unlocked ? Keys.SETTINGS_CRYPT_UNLOCKED : Keys.SETTINGS_CRYPT_LOCKED);
        hint.setText(problem != null ? problem : done != null ? done : standing);
        Controls.style(hint, Styles.PROBLEM, problem != null);
        Controls.style(hint, Styles.GOOD, problem == null && done != null);
        passphraseRow.setMinHeight(Region.USE_PREF_SIZE);
    }

    private void showStrength() {
        PassphraseStrength strength = PassphraseStrength.of(passphrase.getText());
        String words = Texts.text(
                switch (strength) {
                    case NONE -> Keys.SETTINGS_CRYPT_PASSPHRASE_HINT;
                    case WEAK -> Keys.SETTINGS_CRYPT_WEAK;
                    case FAIR -> Keys.SETTINGS_CRYPT_FAIR;
                    case STRONG -> Keys.SETTINGS_CRYPT_STRONG;
                });
        meter.setProgress(strength.share());
        meter.setAccessibleText(words);
        Controls.style(meter, Styles.WRONG, strength == PassphraseStrength.WEAK);
        passphraseRow.hint().setText(words);
    }
}
