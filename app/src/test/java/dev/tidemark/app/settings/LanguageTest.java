package dev.tidemark.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.temporal.WeekFields;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageTest {
    @ParameterizedTest
    @CsvSource({
        "SYSTEM, fr-FR, fr-FR",
        "EN, en-GB, en-GB",
        "EN, de-AT, en-AT",
        "EN, de, en-US",
        "DE, de-CH, de-CH",
        "DE, en-US, de-US",
        "DE, zh-Hans-CN, de-CN",
        "DE, en, de-DE"
    })
    void isSpokenInTheCountryOfTheSystem(Language language, String system, String spoken) {
        assertThat(language.withRegionOf(Locale.forLanguageTag(system)).toLanguageTag())
                .isEqualTo(spoken);
    }

    @Test
    void datesFollowTheLanguageAndWeeksTheCountry() {
        DateTimeFormatter date = DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG);
        LocalDateTime day = LocalDateTime.of(2026, 12, 24, 17, 0);
        Locale english = Language.EN.withRegionOf(Locale.GERMANY);
        assertThat(date.withLocale(english).format(day)).isEqualTo("24 December 2026");
        assertThat(WeekFields.of(english).getFirstDayOfWeek()).isEqualTo(DayOfWeek.MONDAY);
        Locale german = Language.DE.withRegionOf(Locale.US);
        assertThat(date.withLocale(german).format(day)).isEqualTo("24. Dezember 2026");
        assertThat(WeekFields.of(german).getFirstDayOfWeek()).isEqualTo(DayOfWeek.SUNDAY);
    }
}
