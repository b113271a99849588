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
class KeyWordsTest {
    private static final KeyCombination PRINT =
            new KeyCodeCombination(KeyCode.P, KeyCombination.CONTROL_DOWN, KeyCombination.SHIFT_DOWN);
    private static final KeyCombination TICK = new KeyCodeCombination(KeyCode.ENTER, KeyCombination.CONTROL_DOWN);
    private static final KeyCombination DELETE = new KeyCodeCombination(KeyCode.DELETE);

    @Test
    void areThoseOfTheKeyboardOfTheLanguage() {
        Locale.setDefault(Locale.GERMAN);
        assertThat(KeyWords.of(PRINT)).isEqualTo("Strg+Umschalt+P");
        assertThat(KeyWords.of(TICK)).isEqualTo("Strg+Eingabe");
        assertThat(KeyWords.of(DELETE)).isEqualTo("Entf");
        assertThat(KeyWords.worded(DELETE).getDisplayText()).isEqualTo("Entf");
        Locale.setDefault(Locale.ENGLISH);
        assertThat(KeyWords.of(PRINT)).isEqualTo("Ctrl+Shift+P");
        assertThat(KeyWords.of(TICK)).isEqualTo("Ctrl+Enter");
    }

    @Test
    void sayTheSameKeysInAMenu() {
        assertThat(KeyWords.worded(PRINT)).isEqualTo(KeyWords.worded(PRINT)).isNotEqualTo(KeyWords.worded(TICK));
    }
}
