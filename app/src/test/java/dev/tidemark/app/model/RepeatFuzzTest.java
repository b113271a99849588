package dev.tidemark.app.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tidemark.fuzz.Mutations;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A rule and a date are rejected with a message, or parsed to a value that formats to the same text; the next date, if
 * there is one, is later.
 */
class RepeatFuzzTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);

    @MethodSource("soundRules")
    @FuzzTest
    void rule(byte[] input) {
        try {
            Repeat rule = Repeat.parse(Mutations.text(input));
            assertThat(Repeat.parse(rule.toString())).isEqualTo(rule);
            Due next = rule.next(new Due(TODAY).repeating(rule), LocalDateTime.of(2026, 11, 21, 9, 0));
            assertThat(next == null || next.date().isAfter(TODAY)).isTrue();
            assertThat(rule.firstOnOrAfter(TODAY)).isAfterOrEqualTo(TODAY);
        } catch (ProblemException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    @MethodSource("soundDates")
    @FuzzTest
    void date(byte[] input) {
        try {
            Due due = Due.parse(Mutations.text(input));
            assertThat(Due.parse(due.toString())).isEqualTo(due);
        } catch (ProblemException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    static List<byte[]> soundRules() {
        return Mutations.corpus(
                "FREQ=DAILY;INTERVAL=2",
                "AFTER FREQ=WEEKLY",
                "FREQ=WEEKLY;BYDAY=MO,SU;WKST=SU",
                "FREQ=MONTHLY;BYMONTHDAY=28,-31;BYSETPOS=-1;UNTIL=20361231",
                "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;INTERVAL=2147483647",
                "FREQ=YEARLY;BYDAY=-53SU;BYWEEKNO=53;BYYEARDAY=-366;BYSETPOS=366");
    }

    static List<byte[]> soundDates() {
        return Mutations.corpus("2026-12-31", "2026-12-31T17:00", "0001-01-01", "9999-12-31T23:59");
    }

    @Test
    void mutationsOfRulesAreFollowedOrRefused() {
        Mutations.run(soundRules(), this::rule);
    }

    @Test
    void mutationsOfDatesAreReadOrRefused() {
        Mutations.run(soundDates(), this::date);
    }
}
