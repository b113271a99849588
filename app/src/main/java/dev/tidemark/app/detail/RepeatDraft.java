package dev.tidemark.app.detail;

import dev.tidemark.app.model.Repeat;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Holds the parts of a repeat rule that the user edits: unit, interval, days of the week, and for a monthly rule the
 * day of the month or the weekday. Not thread-safe.
 */
final class RepeatDraft {
    static final int MAX_INTERVAL = 999;
    private static final Pattern NTH_DAY = Pattern.compile("(-1|[1-4])([A-Z]{2})");

    enum Unit {
        DAYS,
        WEEKS,
        MONTHS,
        YEARS;

        private static final List<String> NAMES = List.of("DAILY", "WEEKLY", "MONTHLY", "YEARLY");

        static Unit of(@Nullable String name) {
            int index = NAMES.indexOf(name);
            return index < 0 ? WEEKS : values()[index];
        }
    }

    /** The due date, or the proposed first date of an item without one. */
    private final LocalDate day;

    private final Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    private Unit unit = Unit.WEEKS;
    private int interval = 1;
    private boolean byWeekday;
    private boolean lastWeekday;
    private boolean afterCompletion;

    /**
     * @param before the rule before the edit; {@code null} for none. The draft drops the parts of the rule that the
     *     form cannot show
     * @param day the due date, or the proposed first date
     */
    RepeatDraft(@Nullable Repeat before, LocalDate day) {
        this.day = day;
        lastWeekday = isLastWeekdayOfMonth(day) && nth(day) > 4;
        days.add(day.getDayOfWeek());
        if (before != null) {
            read(before);
        }
    }

    private void read(Repeat before) {
        Map<String, String> parts = new HashMap<>();
        for (String part : before.rule().split(";", -1)) {
            int equals = part.indexOf('=');
            parts.put(part.substring(0, equals), part.substring(equals + 1));
        }
        unit = Unit.of(parts.get("FREQ"));
        interval = Integer.parseInt(parts.getOrDefault("INTERVAL", "1"));
        afterCompletion = before.afterCompletion();
        String named = parts.getOrDefault("BYDAY", "");
        if (unit == Unit.WEEKS && !named.isEmpty()) {
            days.clear();
            for (DayOfWeek each : DayOfWeek.values()) {
                if (List.of(named.split(",", -1)).contains(each.name().substring(0, 2))) {
                    days.add(each);
                }
            }
        }
        Matcher nth = NTH_DAY.matcher(named);
        byWeekday = unit == Unit.MONTHS && nth.matches();
        lastWeekday |= byWeekday && nth.group(1).equals("-1");
    }

    /** Returns common rules for a due date. */
    static List<Repeat> presets(LocalDate day) {
        return List.of(
                Repeat.daily(1),
                Repeat.weekdays(),
                Repeat.weekly(1, Set.of(day.getDayOfWeek())),
                Repeat.monthly(1, day),
                Repeat.yearly(1, day));
    }

    Repeat repeat() {
        Repeat rule = switch (unit) {
            case DAYS -> Repeat.daily(interval);
            case WEEKS -> Repeat.weekly(interval, days);
            case MONTHS ->
                byWeekday ? Repeat.monthly(interval, which(), day.getDayOfWeek()) : Repeat.monthly(interval, day);
            case YEARS -> Repeat.yearly(interval, day);
        };
        return afterCompletion ? rule.fromCompletion() : rule;
    }

    /** The rule that repeats monthly on a weekday, such as the second Monday. The user need not have selected it. */
    Repeat onWeekday() {
        return Repeat.monthly(interval, which(), day.getDayOfWeek());
    }

    /** The rule that repeats monthly on a day of the month. The user need not have selected it. */
    Repeat onDay() {
        return Repeat.monthly(interval, day);
    }

    private int which() {
        return lastWeekday ? -1 : Math.min(4, nth(day));
    }

    private static int nth(LocalDate date) {
        return (date.getDayOfMonth() - 1) / 7 + 1;
    }

    private static boolean isLastWeekdayOfMonth(LocalDate date) {
        return date.getDayOfMonth() + 7 > YearMonth.from(date).lengthOfMonth();
    }

    Unit unit() {
        return unit;
    }

    void setUnit(Unit wanted) {
        unit = wanted;
    }

    int interval() {
        return interval;
    }

    /**
     * Sets the interval. Returns {@code false} and changes nothing if the number is not valid.
     *
     * @param wanted the typed number; valid from 1 to {@link #MAX_INTERVAL}
     */
    boolean setInterval(String wanted) {
        String number = wanted.strip();
        if (!number.matches("[1-9]\\d{0,2}")) {
            return false;
        }
        interval = Integer.parseInt(number);
        return true;
    }

    Set<DayOfWeek> days() {
        return EnumSet.copyOf(days);
    }

    /**
     * Adds or removes a day of the week. Returns whether the days changed. Does not remove the last day, because a
     * weekly rule needs one.
     */
    boolean setDay(DayOfWeek which, boolean wanted) {
        if (wanted) {
            return days.add(which);
        }
        return days.size() > 1 && days.remove(which);
    }

    boolean byWeekday() {
        return byWeekday;
    }

    void setByWeekday(boolean wanted) {
        byWeekday = wanted;
    }

    boolean afterCompletion() {
        return afterCompletion;
    }

    void setAfterCompletion(boolean wanted) {
        afterCompletion = wanted;
    }
}
