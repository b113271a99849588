package dev.tidemark.app.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.app.driver.KeptLanguage;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.app.settings.Setting;
import dev.tidemark.app.settings.SettingsFile;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.temporal.WeekFields;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(KeptLanguage.class)
class LanguageSetupTest {
    @TempDir
    private Path folder;

    private SettingsFile settings;

    @BeforeEach
    void begin() {
        settings = new SettingsFile(folder.resolve("settings.properties"));
    }

    @Test
    void isThatOfTheSystemUntilOneIsChosen() {
        Locale.setDefault(Locale.FRANCE);
        Locale.setDefault(Locale.Category.FORMAT, Locale.GERMANY);
        LanguageSetup.use(settings);
        assertThat(Locale.getDefault()).isEqualTo(Locale.FRANCE);
        assertThat(Locale.getDefault(Locale.Category.FORMAT)).isEqualTo(Locale.GERMANY);
    }

    @Test
    void textsAndDatesAreInTheLanguageChosenEachWithItsCountry() {
        Locale.setDefault(Locale.UK);
        Locale.setDefault(Locale.Category.FORMAT, Locale.of("de", "AT"));
        settings.set(Setting.LANGUAGE, "de");
        LanguageSetup.use(settings);
        assertThat(Messages.text(Keys.SETTINGS_LANGUAGE)).isEqualTo("Sprache");
        assertThat(Locale.getDefault(Locale.Category.FORMAT)).isEqualTo(Locale.of("de", "AT"));
    }

    @Test
    void englishIsEnglishOnAGermanSystem() {
        Locale.setDefault(Locale.GERMANY);
        settings.set(Setting.LANGUAGE, "en");
        LanguageSetup.use(settings);
        assertThat(Messages.text(Keys.SETTINGS_LANGUAGE)).isEqualTo("Language");
        assertThat(new ProblemException("window.display").getMessage()).contains("no display");
    }

    @Test
    void weeksBeginOnMondayWhereTheSystemNamesNoCountry() {
        Locale.setDefault(Locale.GERMAN);
        LanguageSetup.use(settings);
        assertThat(WeekFields.of(Locale.getDefault(Locale.Category.FORMAT)).getFirstDayOfWeek())
                .isEqualTo(DayOfWeek.MONDAY);
        Locale.setDefault(Locale.US);
        LanguageSetup.use(settings);
        assertThat(WeekFields.of(Locale.getDefault(Locale.Category.FORMAT)).getFirstDayOfWeek())
                .isEqualTo(DayOfWeek.SUNDAY);
    }

    @Test
    void anUnknownOneLeavesTheSystemsForTheSentenceThatSaysSo() throws IOException {
        Locale.setDefault(Locale.GERMANY);
        Files.writeString(folder.resolve("settings.properties"), "language=klingon\n");
        LanguageSetup.use(settings);
        assertThat(Locale.getDefault()).isEqualTo(Locale.GERMANY);
        assertThatThrownBy(settings::read)
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("language kann system, en, de sein, nicht „klingon“.");
    }
}
