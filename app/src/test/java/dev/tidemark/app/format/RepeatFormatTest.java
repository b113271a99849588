package dev.tidemark.app.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.KeptLanguage;
import dev.tidemark.app.model.Repeat;
import java.util.Locale;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Repeat rules are formatted for users. */
@ExtendWith(KeptLanguage.class)
class RepeatFormatTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FREQ=DAILY | Every day | Jeden Tag",
                "FREQ=DAILY;INTERVAL=3 | Every 3 days | Alle 3 Tage",
                "FREQ=WEEKLY;BYDAY=MO,FR | Every week on Mon, Fri | Jede Woche am Mo, Fr",
                "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR | Every weekday | Jeden Werktag",
                "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU,WE,TH,FR | Every 2 weeks on Mon, Tue, Wed, Thu, Fri | Alle 2"
                        + " Wochen am Mo, Di, Mi, Do, Fr",
                "FREQ=MONTHLY;BYMONTHDAY=21 | Every month on day 21 | Jeden Monat am 21.",
                "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1 | Every month on day 31 | Jeden Monat am 31.",
                "FREQ=MONTHLY;BYDAY=-1FR | Every month on the last Fri | Jeden Monat am letzten Fr",
                "FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO | Every 2 months on the first Mon | Alle 2 Monate am ersten Mo",
                "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24 | Every year on Dec 24 | Jedes Jahr am 24. Dez.",
                "AFTER FREQ=WEEKLY;INTERVAL=2 | Every 2 weeks after completion | Alle 2 Wochen nach dem Erledigen",
                // made by other programs: shown as they are, rather than wrongly
                "FREQ=YEARLY;BYYEARDAY=100 | FREQ=YEARLY;BYYEARDAY=100 | FREQ=YEARLY;BYYEARDAY=100",
                "FREQ=DAILY;UNTIL=20261231 | FREQ=DAILY;UNTIL=20261231 | FREQ=DAILY;UNTIL=20261231",
            })
    void saysItInWords(String rule, String english, String german) {
        Repeat repeat = Repeat.parse(rule);
        Locale.setDefault(Locale.ENGLISH);
        assertThat(RepeatFormat.of(repeat)).isEqualTo(english);
        Locale.setDefault(Locale.GERMAN);
        assertThat(RepeatFormat.of(repeat)).isEqualTo(german);
    }
}
