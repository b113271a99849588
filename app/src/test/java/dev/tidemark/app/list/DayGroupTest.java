package dev.tidemark.app.list;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.KeptLanguage;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The groups of the Upcoming view. Today is a Tuesday. */
@ExtendWith(KeptLanguage.class)
class DayGroupTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);

    @BeforeEach
    void useAmericanDates() {
        Locale.setDefault(Locale.US);
    }

    private static List<String> headings(int firstDay, int lastDay) {
        return TODAY.plusDays(firstDay)
                .datesUntil(TODAY.plusDays(lastDay + 1L))
                .map(day -> DayGroup.of(day, TODAY).heading(TODAY))
                .distinct()
                .toList();
    }

    @Test
    void eachDayOfTheNextWeekIsAGroup() {
        assertThat(headings(-400, 7))
                .containsExactly(
                        "Overdue",
                        "Today",
                        "Tomorrow",
                        "Thursday",
                        "Friday",
                        "Saturday",
                        "Sunday",
                        "Monday",
                        "Tuesday");
        assertThat(DayGroup.of(TODAY.plusDays(2), TODAY).date(TODAY)).isEqualTo("Nov 26");
        assertThat(DayGroup.of(TODAY.minusDays(2), TODAY).date(TODAY)).isEmpty();
    }

    @Test
    void weeksFollowTheDaysAndMonthsFollowTheWeeks() {
        assertThat(headings(8, 70))
                .containsExactly(
                        "Dec 2 – Dec 5",
                        "Dec 6 – Dec 12",
                        "Dec 13 – Dec 19",
                        "Dec 20 – Dec 26",
                        "December",
                        "January 2027",
                        "February 2027");
    }

    @Test
    void weeksBeginAsInTheLocale() {
        Locale.setDefault(Locale.GERMANY);
        assertThat(headings(8, 15)).containsExactly("2. Dez. – 6. Dez.", "7. Dez. – 13. Dez.");
    }

    @Test
    void groupsOfLaterDaysNeverOverlap() {
        for (int start = 0; start < 40; start++) {
            LocalDate today = TODAY.plusDays(start);
            DayGroup before = null;
            for (LocalDate day = today; day.isBefore(today.plusDays(400)); day = day.plusDays(1)) {
                DayGroup group = DayGroup.of(day, today);
                assertThat(day).isBetween(group.first(), group.last());
                if (before != null && !before.equals(group)) {
                    assertThat(group.first()).isEqualTo(before.last().plusDays(1));
                }
                before = group;
            }
        }
    }
}
