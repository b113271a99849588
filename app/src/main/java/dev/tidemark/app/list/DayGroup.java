package dev.tidemark.app.list;

import dev.tidemark.app.model.Due;
import dev.tidemark.app.model.ItemRow;
import dev.tidemark.resources.Keys;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.time.temporal.WeekFields;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Groups the rows of the Upcoming view. The constants have the order of the view. */
enum DayGroup {
    OVERDUE(Keys.GROUP_OVERDUE),
    TODAY(Keys.GROUP_TODAY),
    TOMORROW(Keys.GROUP_TOMORROW),
    THIS_WEEK(Keys.GROUP_THIS_WEEK),
    LATER(Keys.GROUP_LATER),
    /** Completed items, whatever their day. */
    COMPLETED(Keys.SIDEBAR_COMPLETED);

    private final String key;

    DayGroup(String key) {
        this.key = key;
    }

    String key() {
        return key;
    }

    /**
     * Returns the group that starts at a row; {@code null} if none does.
     *
     * @param withDone whether completed items have their own group; if not, a row that was just completed stays in its
     *     group for a moment
     */
    static @Nullable DayGroup startingAt(List<ItemRow> rows, int index, LocalDate today, boolean withDone) {
        if (index < 0 || index >= rows.size()) {
            return null;
        }
        DayGroup group = of(rows.get(index), today, withDone);
        return index > 0 && group == of(rows.get(index - 1), today, withDone) ? null : group;
    }

    private static @Nullable DayGroup of(ItemRow row, LocalDate today, boolean withDone) {
        if (withDone && row.done()) {
            return COMPLETED;
        }
        return row.due() == null ? null : of(row.due(), today);
    }

    /** Returns the group of a due date. The first day of the week depends on the user's locale. */
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
