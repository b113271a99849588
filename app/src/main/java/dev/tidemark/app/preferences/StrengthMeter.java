package dev.tidemark.app.preferences;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import javafx.scene.control.ProgressBar;

/** Shows how strong a passphrase is. */
final class StrengthMeter extends ProgressBar {
    StrengthMeter(String id) {
        super(0);
        setId(id);
        getStyleClass().add(Styles.STRENGTH);
        setMaxWidth(Double.MAX_VALUE);
        show("");
    }

    void show(String passphrase) {
        PassphraseStrength strength = PassphraseStrength.of(passphrase);
        setProgress(strength.share());
        setAccessibleText(words(passphrase));
        Controls.toggleStyle(this, Styles.WRONG, strength == PassphraseStrength.WEAK);
    }

    static String words(String passphrase) {
        return Messages.text(
                switch (PassphraseStrength.of(passphrase)) {
                    case NONE -> Keys.SETTINGS_CRYPT_PASSPHRASE_HINT;
                    case WEAK -> Keys.SETTINGS_CRYPT_WEAK;
                    case FAIR -> Keys.SETTINGS_CRYPT_FAIR;
                    case STRONG -> Keys.SETTINGS_CRYPT_STRONG;
                });
    }
}
