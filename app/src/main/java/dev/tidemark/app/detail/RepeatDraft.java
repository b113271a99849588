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
 * How something comes again, while a person puts it together: a number of units, and of weeks the days, of months whether
 * the day or the weekday counts. Not thread-safe.
 */
final class RepeatDraft {
    static final int MOST = 999;
    private static final Pattern NTH_DAY = Pattern.compile("(-1|[1-4])([A-Z]{2})");

    /** What is counted. */
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

    /** The day on which it is due, or would be first. */
    private final LocalDate day;

    private final Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    private Unit unit = Unit.WEEKS;
    private int interval = 1;
    private boolean byWeekday;
    private boolean lastWeekday;
    private boolean afterCompletion;

    /**
     * @param before how it has come again so far, or {@code null}; what a person cannot put together here is left out
     * @param day the day on which it is due, or would be first
     */
    RepeatDraft(@Nullable Repeat before, LocalDate day) {
        this.day = day;
        lastWeekday = isLastOfItsKind(day) && nth(day) > 4;
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

    /** What most people want, for this day. */
    static List<Repeat> presets(LocalDate day) {
        return List.of(
                Repeat.daily(1),
                Repeat.weekdays(),
                Repeat.weekly(1, Set.of(day.getDayOfWeek())),
                Repeat.monthly(1, day),
                Repeat.yearly(1, day));
    }

    /** The rule. */
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

    /** The rule of months by the weekday, whether or not that is chosen. */
    Repeat onWeekday() {
        return Repeat.monthly(interval, which(), day.getDayOfWeek());
    }

    /** The rule of months by the day, whether or not that is chosen. */
    Repeat onDay() {
        return Repeat.monthly(interval, day);
    }

    private int which() {
        return lastWeekday ? -1 : Math.min(4, nth(day));
    }

    private static int nth(LocalDate date) {
        return (date.getDayOfMonth() - 1) / 7 + 1;
    }

    private static boolean isLastOfItsKind(LocalDate date) {
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

    /** @param wanted what is typed; from 1 to {@link #MOST} it is taken */
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

    /** The last day stays: a week without days is none. */
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
