package dev.tidemark.app.detail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.detail.RepeatDraft.Unit;
import dev.tidemark.app.model.Repeat;
import java.time.DayOfWeek;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The form creates and edits repeat rules. */
class RepeatDraftTest {
    /** A Tuesday, the second of its month. */
    private static final LocalDate TUESDAY = LocalDate.of(2026, 12, 8);

    @Test
    void beginsWithTheDayThatItIsDueOn() {
        assertThat(new RepeatDraft(null, TUESDAY).repeat().toString()).isEqualTo("FREQ=WEEKLY;BYDAY=TU");
    }

    @Test
    void takesDaysOfTheWeekAndKeepsTheLastOne() {
        RepeatDraft draft = new RepeatDraft(null, TUESDAY);
        draft.setDay(DayOfWeek.FRIDAY, true);
        draft.setInterval("2");
        assertThat(draft.repeat().toString()).isEqualTo("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,FR");
        draft.setDay(DayOfWeek.TUESDAY, false);
        draft.setDay(DayOfWeek.FRIDAY, false);
        assertThat(draft.days()).containsExactly(DayOfWeek.FRIDAY);
    }

    @Test
    void monthsCountTheDayOrTheWeekday() {
        RepeatDraft draft = new RepeatDraft(null, TUESDAY);
        draft.setUnit(Unit.MONTHS);
        assertThat(draft.repeat().toString()).isEqualTo("FREQ=MONTHLY;BYMONTHDAY=8");
        draft.setByWeekday(true);
        assertThat(draft.repeat().toString()).isEqualTo("FREQ=MONTHLY;BYDAY=2TU");
    }

    @Test
    void aFifthWeekdayOfAMonthIsTheLast() {
        RepeatDraft draft = new RepeatDraft(null, LocalDate.of(2026, 12, 29));
        draft.setUnit(Unit.MONTHS);
        draft.setByWeekday(true);
        assertThat(draft.repeat().toString()).isEqualTo("FREQ=MONTHLY;BYDAY=-1TU");
    }

    @Test
    void countedFromCompletionOnlyTheUnitIsLeft() {
        RepeatDraft draft = new RepeatDraft(Repeat.parse("FREQ=WEEKLY;INTERVAL=3;BYDAY=TU"), TUESDAY);
        draft.setAfterCompletion(true);
        assertThat(draft.repeat().toString()).isEqualTo("AFTER FREQ=WEEKLY;INTERVAL=3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "two", "1000", "1.5"})
    void whatIsNoNumberOfUnitsChangesNothing(String typed) {
        RepeatDraft draft = new RepeatDraft(Repeat.daily(4), TUESDAY);
        assertThat(draft.setInterval(typed)).isFalse();
        assertThat(draft.interval()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FREQ=DAILY",
                "FREQ=DAILY;INTERVAL=3",
                "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
                "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO",
                "FREQ=MONTHLY;BYMONTHDAY=8",
                "FREQ=MONTHLY;BYDAY=2TU",
                "FREQ=MONTHLY;BYDAY=-1TU",
                "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=8",
                "AFTER FREQ=MONTHLY;INTERVAL=2"
            })
    void whatWasPutTogetherHereOpensAsItIs(String rule) {
        assertThat(new RepeatDraft(Repeat.parse(rule), TUESDAY).repeat().toString())
                .isEqualTo(Repeat.parse(rule).toString());
    }
}
