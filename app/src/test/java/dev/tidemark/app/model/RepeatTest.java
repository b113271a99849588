package dev.tidemark.app.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The next due date of a repeating todo. */
class RepeatTest {
    private static final LocalDate LAST_OF_JANUARY = LocalDate.of(2027, 1, 31);

    private static String next(Repeat repeat, String due, String completed) {
        Due next = repeat.next(Due.parse(due).repeating(repeat), LocalDateTime.parse(completed));
        return next == null ? "never" : next.toString();
    }

    @Test
    void comesAtTheNextTimeOfItsRule() {
        assertThat(next(Repeat.daily(1), "2026-11-21", "2026-11-21T09:00")).isEqualTo("2026-11-22");
        assertThat(next(Repeat.daily(3), "2026-11-21T17:00", "2026-11-21T18:00"))
                .isEqualTo("2026-11-24T17:00");
        assertThat(next(Repeat.weekdays(), "2026-11-20", "2026-11-20T09:00")).isEqualTo("2026-11-23");
        Repeat mondayAndFriday = Repeat.weekly(2, List.of(DayOfWeek.FRIDAY, DayOfWeek.MONDAY));
        assertThat(next(mondayAndFriday, "2026-11-16", "2026-11-16T09:00")).isEqualTo("2026-11-20");
        assertThat(next(mondayAndFriday, "2026-11-20", "2026-11-20T09:00")).isEqualTo("2026-11-30");
        assertThat(next(Repeat.monthly(1, -1, DayOfWeek.FRIDAY), "2026-11-27", "2026-11-27T09:00"))
                .isEqualTo("2026-12-25");
        assertThat(next(Repeat.monthly(1, 2, DayOfWeek.TUESDAY), "2026-11-10", "2026-11-10T09:00"))
                .isEqualTo("2026-12-08");
    }

    @Test
    void aDayThatAMonthDoesNotHaveIsItsLast() {
        Repeat monthly = Repeat.monthly(1, LAST_OF_JANUARY);
        assertThat(next(monthly, "2027-01-31", "2027-01-31T09:00")).isEqualTo("2027-02-28");
        assertThat(next(monthly, "2027-02-28", "2027-02-28T09:00")).isEqualTo("2027-03-31");
        Repeat leapDay = Repeat.yearly(1, LocalDate.of(2028, 2, 29));
        assertThat(next(leapDay, "2028-02-29", "2028-02-29T09:00")).isEqualTo("2029-02-28");
        assertThat(next(leapDay, "2031-02-28", "2031-02-28T09:00")).isEqualTo("2032-02-29");
    }

    @ParameterizedTest
    @CsvSource({
        // ticked off days late: what was missed does not come after it
        "FREQ=DAILY, 2026-11-18, 2026-11-21T09:00, 2026-11-22",
        "FREQ=WEEKLY;BYDAY=MO, 2026-11-02, 2026-11-21T09:00, 2026-11-23",
        // today's time is still to come
        "FREQ=DAILY, 2026-11-18T10:00, 2026-11-21T09:00, 2026-11-21T10:00",
        "FREQ=DAILY, 2026-11-18T08:00, 2026-11-21T09:00, 2026-11-22T08:00",
        // ticked off early: the one that was done does not come again
        "FREQ=DAILY, 2026-11-25, 2026-11-21T09:00, 2026-11-26",
        "FREQ=WEEKLY;BYDAY=MO;UNTIL=20261120, 2026-11-16, 2026-11-16T09:00, never",
    })
    void neverComesBeforeItWasTickedOff(String rule, String due, String completed, String expected) {
        assertThat(next(new Repeat(rule, false), due, completed)).isEqualTo(expected);
    }

    @Test
    void afterCompletionCountsFromWhenItWasTickedOff() {
        Repeat everyTenDays = Repeat.daily(10).fromCompletion();
        assertThat(next(everyTenDays, "2026-11-01T07:30", "2026-11-21T09:00")).isEqualTo("2026-12-01T07:30");
        assertThat(next(everyTenDays, "2026-12-24", "2026-11-21T09:00")).isEqualTo("2026-12-01");
        assertThat(next(Repeat.monthly(1, LAST_OF_JANUARY).fromCompletion(), "2027-01-31", "2027-02-03T09:00"))
                .isEqualTo("2027-03-03");
    }

    @Test
    void aMonthAfterTheThirtyFirstIsTheLastOfTheNextMonth() {
        assertThat(next(new Repeat("FREQ=MONTHLY", true), "2027-01-31", "2027-01-31T09:00"))
                .isEqualTo("2027-02-28");
        assertThat(next(new Repeat("FREQ=YEARLY", true), "2028-02-29", "2028-02-29T09:00"))
                .isEqualTo("2029-02-28");
    }

    @Test
    void readsWhatItWrites() {
        for (Repeat repeat : List.of(Repeat.weekdays(), Repeat.daily(4).fromCompletion())) {
            assertThat(Repeat.parse(repeat.toString())).isEqualTo(repeat);
            Due due = Due.parse("2026-11-21T17:00").repeating(repeat);
            assertThat(Due.ofStored(due.stored())).isEqualTo(due);
        }
        assertThat(new Repeat("freq=daily;interval=2", false)).isEqualTo(Repeat.daily(2));
    }

    @Test
    void aRuleOfALaterVersionLeavesTheDate() {
        assertThat(Due.ofStored("2026-11-21 MOON=FULL")).isEqualTo(Due.parse("2026-11-21"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "weekly",
                "FREQ=FORTNIGHTLY",
                "FREQ=HOURLY",
                "FREQ=DAILY;BYHOUR=7",
                "FREQ=DAILY;COUNT=3",
                "FREQ=DAILY;INTERVAL=0",
                "FREQ=DAILY;INTERVAL=2147483647",
                "AFTER FREQ=DAILY;INTERVAL=2147483647",
                "FREQ=DAILY;UNTIL=20261231T120000Z"
            })
    void refusesWhatItCannotKeep(String rule) {
        assertThatThrownBy(() -> Repeat.parse(rule)).isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
                "FREQ=MONTHLY;BYMONTH=4;BYMONTHDAY=31",
                "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
                "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6",
                "FREQ=YEARLY;BYYEARDAY=366;BYMONTH=1"
            })
    void refusesARuleOfADayThatNeverComes(String rule) {
        assertThatThrownBy(() -> Repeat.parse(rule)).isInstanceOf(ProblemException.class);
        assertThat(Due.ofStored("2026-11-21 " + rule)).isEqualTo(Due.parse("2026-11-21"));
    }

    @ParameterizedTest
    @CsvSource({
        // 2027 and every fourth year after it have no such day
        "FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29, 2027-01-31, 2027-01-31T09:00, never",
        "FREQ=MONTHLY;INTERVAL=12;BYMONTH=2, 2027-01-31, 2027-01-31T09:00, never",
        "FREQ=YEARLY;INTERVAL=100000, 2027-01-31, 2027-01-31T09:00, never",
        "AFTER FREQ=YEARLY;INTERVAL=100000, 2027-01-31, 2027-01-31T09:00, never",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO, 2027-01-31, 2027-01-31T09:00, 2044-02-29",
    })
    void aRuleWithoutAnotherDayHasEnded(String rule, String due, String completed, String expected) {
        assertThat(next(Repeat.parse(rule), due, completed)).isEqualTo(expected);
    }

    @Test
    void firstComesOnADayOfItsRule() {
        LocalDate saturday = LocalDate.of(2026, 11, 21);
        assertThat(Repeat.weekdays().firstOnOrAfter(saturday)).isEqualTo("2026-11-23");
        assertThat(Repeat.daily(3).firstOnOrAfter(saturday)).isEqualTo(saturday);
        assertThat(Repeat.weekly(2, List.of(DayOfWeek.SATURDAY)).firstOnOrAfter(saturday))
                .isEqualTo(saturday);
    }
}
