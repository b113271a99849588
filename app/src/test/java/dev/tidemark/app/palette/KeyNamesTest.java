package dev.tidemark.app.palette;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.KeptLanguage;
import java.util.Locale;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(KeptLanguage.class)
class KeyNamesTest {
    private static final KeyCombination PRINT =
            new KeyCodeCombination(KeyCode.P, KeyCombination.CONTROL_DOWN, KeyCombination.SHIFT_DOWN);
    private static final KeyCombination TICK = new KeyCodeCombination(KeyCode.ENTER, KeyCombination.CONTROL_DOWN);
    private static final KeyCombination DELETE = new KeyCodeCombination(KeyCode.DELETE);

    @Test
    void areThoseOfTheKeyboardOfTheLanguage() {
        Locale.setDefault(Locale.GERMAN);
        assertThat(KeyNames.of(PRINT)).isEqualTo("Strg+Umschalt+P");
        assertThat(KeyNames.of(TICK)).isEqualTo("Strg+Eingabe");
        assertThat(KeyNames.of(DELETE)).isEqualTo("Entf");
        assertThat(KeyNames.localized(DELETE).getDisplayText()).isEqualTo("Entf");
        Locale.setDefault(Locale.ENGLISH);
        assertThat(KeyNames.of(PRINT)).isEqualTo("Ctrl+Shift+P");
        assertThat(KeyNames.of(TICK)).isEqualTo("Ctrl+Enter");
    }

    @Test
    void sayTheSameKeysInAMenu() {
        assertThat(KeyNames.localized(PRINT))
                .isEqualTo(KeyNames.localized(PRINT))
                .isNotEqualTo(KeyNames.localized(TICK));
    }
}
