package dev.tidemark.app.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.KeptLanguage;
import dev.tidemark.app.model.Due;
import java.time.LocalDate;
import java.util.Locale;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(KeptLanguage.class)
class DueFormatTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en-US | Dec 1 | Dec 1, 2027 | Wed, Nov 25",
                "en-GB | 1 Dec | 1 Dec 2027 | Wed 25 Nov",
                "de-DE | 1. Dez. | 1. Dez. 2027 | Mi., 25. Nov.",
            })
    void writesDaysInTheOrderOfThePersonsCountry(String tag, String day, String otherYear, String full) {
        Locale.setDefault(Locale.forLanguageTag(tag));
        assertThat(DueFormat.of(new Due(LocalDate.of(2026, 12, 1)), TODAY)).isEqualTo(day);
        assertThat(DueFormat.of(new Due(LocalDate.of(2027, 12, 1)), TODAY)).isEqualTo(otherYear);
        assertThat(DueFormat.full(new Due(LocalDate.of(2026, 11, 25)), TODAY)).isEqualTo(full);
    }
}
