package dev.tidemark.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.KeptLanguage;
import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.settings.Language;
import dev.tidemark.app.settings.Setting;
import dev.tidemark.proof.Proof;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The texts on the pages of the settings. */
@ExtendWith(KeptLanguage.class)
class SettingsPagesTest {
    @TempDir
    private Path place;

    @Proof
    @Test
    void languagesAreListedByTheirOwnNamesAndStored() throws Exception {
        Path profile = place.resolve("profile");
        try (OpenWindow open = OpenWindow.on(profile)) {
            Screen screen = open.screen();
            screen.click("open-settings");
            screen.click("settings-general");
            assertThat(screen.isSelected("settings-language-system")).isTrue();
            assertThat(screen.text("settings-language-en")).isEqualTo("English");
            assertThat(screen.text("settings-language-de")).isEqualTo("Deutsch");
            screen.click("settings-language-de");
            screen.await(
                    "it is kept", () -> open.composition().settings().read().get(Setting.LANGUAGE) == Language.DE);
            screen.await("it is selected", () -> screen.isSelected("settings-language-de"));
            assertThat(screen.text("settings-general")).isEqualTo("General");
        }
    }
}
