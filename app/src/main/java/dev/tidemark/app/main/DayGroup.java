package dev.tidemark.app.main;

import dev.tidemark.app.model.Due;
import dev.tidemark.resources.Keys;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.time.temporal.WeekFields;
import java.util.Locale;

/** The groups of what is coming up, in their order. */
enum DayGroup {
    OVERDUE(Keys.GROUP_OVERDUE),
    TODAY(Keys.GROUP_TODAY),
    TOMORROW(Keys.GROUP_TOMORROW),
    THIS_WEEK(Keys.GROUP_THIS_WEEK),
    LATER(Keys.GROUP_LATER);

    private final String key;

    DayGroup(String key) {
        this.key = key;
    }

    /** The key of its heading. */
    String key() {
        return key;
    }

    /** The group of what is due then. The week ends where weeks end for the person. */
    static DayGroup of(Due due, LocalDate today) {
        LocalDate day = due.date();
        DayOfWeek last = WeekFields.of(Locale.getDefault()).getFirstDayOfWeek().minus(1);
        if (day.isBefore(today)) {
            return OVERDUE;
        }
        if (day.equals(today)) {
            return TODAY;
        }
        if (day.equals(today.plusDays(1))) {
            return TOMORROW;
        }
        return day.isAfter(today.with(TemporalAdjusters.nextOrSame(last))) ? LATER : THIS_WEEK;
    }
}
