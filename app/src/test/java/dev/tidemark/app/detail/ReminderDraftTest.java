package dev.tidemark.app.detail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.detail.ReminderDraft.Suggestion;
import dev.tidemark.app.driver.KeptLanguage;
import dev.tidemark.app.model.Due;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(KeptLanguage.class)
class ReminderDraftTest {
    /** A Saturday. */
    private static final ZonedDateTime NOW = ZonedDateTime.of(2026, 11, 21, 14, 30, 0, 0, ZoneOffset.UTC);

    @Test
    void offersTimesAroundWhenItIsDueThatAreStillToCome() {
        Due due = new Due(LocalDate.of(2026, 11, 21), LocalTime.of(15, 0));
        assertThat(new ReminderDraft(due, NOW).suggestions())
                .containsEntry(Suggestion.WHEN_DUE, LocalDateTime.of(2026, 11, 21, 15, 0))
                .doesNotContainKeys(Suggestion.HOUR_BEFORE, Suggestion.DAY_BEFORE, Suggestion.DUE_DAY)
                .containsEntry(Suggestion.LATER, LocalDateTime.of(2026, 11, 21, 17, 30));
    }

    @Test
    void ofADayItOffersTheMorning() {
        assertThat(new ReminderDraft(new Due(LocalDate.of(2026, 11, 25)), NOW).suggestions())
                .containsEntry(Suggestion.DUE_DAY, LocalDateTime.of(2026, 11, 25, 9, 0))
                .containsEntry(Suggestion.DAY_BEFORE, LocalDateTime.of(2026, 11, 24, 9, 0))
                .containsEntry(Suggestion.NEXT_WEEK, LocalDateTime.of(2026, 11, 23, 9, 0));
    }

    @Test
    void offersNoTimeTwice() {
        assertThat(new ReminderDraft(new Due(LocalDate.of(2026, 11, 23)), NOW).suggestions())
                .containsKey(Suggestion.DUE_DAY)
                .doesNotContainKey(Suggestion.NEXT_WEEK);
    }

    @Test
    void understandsWhatIsTypedAndNothingElse() {
        ReminderDraft draft = new ReminderDraft(null, NOW);
        assertThat(draft.typed("tomorrow 5pm")).isEqualTo("2026-11-22T17:00");
        assertThat(draft.typed("tomorrow")).isEqualTo("2026-11-22T09:00");
        assertThat(draft.typed("in 2 hours")).isEqualTo("2026-11-21T16:30");
        assertThat(draft.typed("every week")).isNull();
        assertThat(draft.typed("tomorrow maybe")).isNull();
        Locale.setDefault(Locale.GERMAN);
        assertThat(new ReminderDraft(null, NOW).typed("morgen um 17 Uhr")).isEqualTo("2026-11-22T17:00");
    }

    @Test
    void whereClocksArePutForwardAnHourBeforeIsAnHourBefore() {
        ZonedDateTime evening = ZonedDateTime.of(2027, 3, 27, 23, 0, 0, 0, ZoneId.of("Europe/Berlin"));
        Due due = new Due(LocalDate.of(2027, 3, 28), LocalTime.of(3, 30));
        assertThat(new ReminderDraft(due, evening).suggestions())
                .containsEntry(Suggestion.HOUR_BEFORE, LocalDateTime.of(2027, 3, 28, 1, 30))
                .containsEntry(Suggestion.LATER, LocalDateTime.of(2027, 3, 28, 3, 0));
        assertThat(new ReminderDraft(null, evening).typed("in 4 hours")).isEqualTo("2027-03-28T04:00");
    }
}
