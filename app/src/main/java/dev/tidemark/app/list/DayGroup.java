package dev.tidemark.app.list;

import dev.tidemark.app.format.DueFormat;
import dev.tidemark.app.model.ItemRow;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.time.temporal.WeekFields;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A group of the Upcoming view: overdue items, each day of the next week, then weeks, then months.
 *
 * @param first the first day of the group; {@link LocalDate#MIN} for overdue and completed items
 * @param last the last day of the group; {@link LocalDate#MIN} for overdue and completed items
 */
record DayGroup(Kind kind, LocalDate first, LocalDate last) {
    enum Kind {
        OVERDUE,
        DAY,
        WEEK,
        MONTH,
        /** Completed items of any day. */
        COMPLETED
    }

    /** The number of days after today that have their own groups, one for each day. */
    private static final int DAYS = 7;

    /** The number of days after today up to which each week has its own group. Later items are grouped by month. */
    private static final int WEEKS = 28;

    private static final DayGroup OVERDUE = new DayGroup(Kind.OVERDUE, LocalDate.MIN, LocalDate.MIN);
    private static final DayGroup COMPLETED = new DayGroup(Kind.COMPLETED, LocalDate.MIN, LocalDate.MIN);

    /**
     * Returns the group that starts at a row; {@code null} if no group starts there.
     *
     * @param withDone whether completed items have their own group. Without that group, a row that the user just
     *     completed stays in its group for a moment
     */
    static @Nullable DayGroup startingAt(List<ItemRow> rows, int index, LocalDate today, boolean withDone) {
        if (index < 0 || index >= rows.size()) {
            return null;
        }
        DayGroup group = of(rows.get(index), today, withDone);
        return index > 0 && group != null && group.equals(of(rows.get(index - 1), today, withDone)) ? null : group;
    }

    /** The group of a row; {@code null} for a row without a due date. */
    static @Nullable DayGroup of(ItemRow row, LocalDate today, boolean withDone) {
        if (withDone && row.done()) {
            return COMPLETED;
        }
        return row.due() == null ? null : of(row.due().date(), today);
    }

    /** The group of a day. Weeks begin as in the user's locale. */
    static DayGroup of(LocalDate day, LocalDate today) {
        LocalDate lastDay = today.plusDays(DAYS);
        if (day.isBefore(today)) {
            return OVERDUE;
        }
        if (!day.isAfter(lastDay)) {
            return new DayGroup(Kind.DAY, day, day);
        }
        DayOfWeek start =
                WeekFields.of(Locale.getDefault(Locale.Category.FORMAT)).getFirstDayOfWeek();
        LocalDate lastWeekEnd = today.plusDays(WEEKS).with(TemporalAdjusters.nextOrSame(start.minus(1)));
        if (!day.isAfter(lastWeekEnd)) {
            return new DayGroup(
                    Kind.WEEK,
                    later(day.with(TemporalAdjusters.previousOrSame(start)), lastDay.plusDays(1)),
                    day.with(TemporalAdjusters.nextOrSame(start.minus(1))));
        }
        return new DayGroup(
                Kind.MONTH,
                later(day.with(TemporalAdjusters.firstDayOfMonth()), lastWeekEnd.plusDays(1)),
                day.with(TemporalAdjusters.lastDayOfMonth()));
    }

    private static LocalDate later(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }

    /** The heading: the name of the day or month, or the first and last day of the week. */
    String heading(LocalDate today) {
        return switch (kind) {
            case OVERDUE -> Messages.text(Keys.GROUP_OVERDUE);
            case DAY -> DueFormat.dayName(first, today);
            case WEEK -> DueFormat.interval(first, last, today);
            case MONTH -> DueFormat.month(first, today);
            case COMPLETED -> Messages.text(Keys.SIDEBAR_COMPLETED);
        };
    }

    /** The date beside the heading of a day; empty for other groups. */
    String date(LocalDate today) {
        return kind == Kind.DAY ? DueFormat.date(first, today) : "";
    }
}
