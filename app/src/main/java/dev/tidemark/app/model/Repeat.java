package dev.tidemark.app.model;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dmfs.rfc5545.DateTime;
import org.dmfs.rfc5545.recur.Freq;
import org.dmfs.rfc5545.recur.InvalidRecurrenceRuleException;
import org.dmfs.rfc5545.recur.RecurrenceRule;
import org.dmfs.rfc5545.recur.RecurrenceRule.Part;
import org.dmfs.rfc5545.recur.RecurrenceRule.RfcMode;
import org.dmfs.rfc5545.recur.RecurrenceRuleIterator;
import org.jspecify.annotations.Nullable;

/**
 * The repeat rule of a todo: an iCalendar recurrence rule (RFC 5545, section 3.3.10), evaluated in floating local time.
 * Immutable.
 *
 * @param rule the rule in days or longer units, without {@code COUNT}, because concurrent devices cannot count the
 *     occurrences
 * @param afterCompletion whether the interval starts at completion instead of at the due date. Such a rule has only a
 *     unit and an interval
 */
public record Repeat(String rule, boolean afterCompletion) {
    private static final String AFTER = "AFTER ";

    private static final Set<Freq> FREQUENCIES = Set.of(Freq.DAILY, Freq.WEEKLY, Freq.MONTHLY, Freq.YEARLY);

    /** Limits the search for rules that match no day. It is enough for any rule that matches a day of the calendar. */
    private static final int MAX_SEARCH_STEPS = 100_000;

    /**
     * The maximal interval, about 270 years in days. It is limited because the library iterates over each day of an
     * interval.
     */
    private static final int MAX_INTERVAL = 100_000;

    private static final LocalDate A_LEAP_YEAR = LocalDate.of(2000, 1, 1);

    /** @throws ProblemException if the rule is invalid or matches no day */
    public Repeat {
        RecurrenceRule checked = checked(rule);
        rule = afterCompletion ? unitOnly(checked) : checked.toString();
        if (!afterCompletion && !matchesAnyDay(rule)) {
            throw new ProblemException("repeat.never", rule);
        }
    }

    /** Whether the rule matches any day, regardless of its interval and end. */
    private static boolean matchesAnyDay(String rule) {
        RecurrenceRule everyTime = checked(rule);
        everyTime.setInterval(1);
        everyTime.setUntil(null);
        return firstDay(everyTime, A_LEAP_YEAR, day -> true) != null;
    }

    private static String unitOnly(RecurrenceRule rule) {
        int interval = rule.getInterval();
        return "FREQ=" + rule.getFreq() + (interval == 1 ? "" : ";INTERVAL=" + interval);
    }

    private static RecurrenceRule checked(String text) {
        try {
            RecurrenceRule rule = new RecurrenceRule(text.strip().toUpperCase(Locale.ROOT), RfcMode.RFC5545_STRICT);
            if (rule.getCount() != null) {
                throw new ProblemException("repeat.counted", text);
            }
            boolean ofDays = FREQUENCIES.contains(rule.getFreq())
                    && Stream.of(Part.BYHOUR, Part.BYMINUTE, Part.BYSECOND).noneMatch(rule::hasPart);
            DateTime until = rule.getUntil();
            if (ofDays && rule.getInterval() <= MAX_INTERVAL && (until == null || until.isAllDay())) {
                return rule;
            }
        } catch (InvalidRecurrenceRuleException e) {
            throw new ProblemException(e, "repeat.bad", text);
        }
        throw new ProblemException("repeat.bad", text);
    }

    public static Repeat daily(int interval) {
        return every("DAILY", interval, "");
    }

    public static Repeat weekdays() {
        return new Repeat("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", false);
    }

    /** Repeats every {@code interval} weeks on these days. */
    public static Repeat weekly(int interval, Collection<DayOfWeek> days) {
        String names = new TreeSet<>(days).stream().map(Repeat::code).collect(Collectors.joining(","));
        return every("WEEKLY", interval, ";BYDAY=" + names);
    }

    /** Repeats every {@code interval} months on this date's day of the month, or on the last day of a shorter month. */
    public static Repeat monthly(int interval, LocalDate date) {
        return every("MONTHLY", interval, dayOfMonth(date.getDayOfMonth()));
    }

    /**
     * Repeats every {@code interval} months on a weekday.
     *
     * @param which 1 to 4 for the first to the fourth such weekday in the month, or -1 for the last
     */
    public static Repeat monthly(int interval, int which, DayOfWeek day) {
        return every("MONTHLY", interval, ";BYDAY=" + which + code(day));
    }

    /**
     * Repeats every {@code interval} years on this day. February 29 becomes February 28 in years that are not leap
     * years.
     */
    public static Repeat yearly(int interval, LocalDate date) {
        return every("YEARLY", interval, ";BYMONTH=" + date.getMonthValue() + dayOfMonth(date.getDayOfMonth()));
    }

    /** Returns a copy that counts from completion. The copy has only the unit and the interval. */
    public Repeat fromCompletion() {
        return new Repeat(rule, true);
    }

    private static Repeat every(String unit, int interval, String more) {
        return new Repeat("FREQ=" + unit + (interval == 1 ? "" : ";INTERVAL=" + interval) + more, false);
    }

    private static String dayOfMonth(int day) {
        if (day <= 28) {
            return ";BYMONTHDAY=" + day;
        }
        String candidates =
                IntStream.rangeClosed(28, day).mapToObj(Integer::toString).collect(Collectors.joining(","));
        return ";BYMONTHDAY=" + candidates + ";BYSETPOS=-1";
    }

    private static String code(DayOfWeek day) {
        return day.name().substring(0, 2);
    }

    /**
     * Reads a rule. A rule that counts from completion begins with {@code AFTER}.
     *
     * @throws ProblemException if the rule is invalid
     */
    public static Repeat parse(String text) {
        String form = text.strip();
        boolean after = form.regionMatches(true, 0, AFTER, 0, AFTER.length());
        return new Repeat(after ? form.substring(AFTER.length()) : form, after);
    }

    /** Reads the stored form; {@code null} if a later version wrote a form that is unknown here. */
    static @Nullable Repeat ofStored(String text) {
        try {
            return parse(text);
        } catch (ProblemException e) {
            return null;
        }
    }

    /** Returns the form that {@link #parse} reads. The database and JSON use it. */
    @Override
    public String toString() {
        return afterCompletion ? AFTER + rule : rule;
    }

    /**
     * Returns the due date of the next occurrence. A rule that counts from completion gives the day one interval after
     * completion. Any other rule gives its first date after {@code due} that has not passed.
     *
     * @param completed when the todo was completed
     * @return {@code null} if the rule has ended
     */
    public @Nullable Due next(Due due, LocalDateTime completed) {
        LocalDate today = completed.toLocalDate();
        LocalDate day = afterCompletion
                ? plusInterval(today)
                : firstAfter(due.date(), due.date().isAfter(today) ? due.date() : lastPassedDay(due, completed));
        return day == null || day.getYear() > 9999 ? null : new Due(day, due.time(), this);
    }

    /**
     * Returns the last day that counts as passed. This is today, or yesterday for an overdue todo whose time of day is
     * later than now.
     */
    private static LocalDate lastPassedDay(Due due, LocalDateTime now) {
        LocalDate today = now.toLocalDate();
        LocalTime time = due.time();
        boolean isLaterToday = time != null && time.isAfter(now.toLocalTime()) && today.isAfter(due.date());
        return isLaterToday ? today.minusDays(1) : today;
    }

    /** Returns the first day of the rule on or after this day, for a todo without a date. */
    public LocalDate firstOnOrAfter(LocalDate day) {
        LocalDate first = afterCompletion ? day : firstAfter(day, day.minusDays(1));
        return first == null ? day : first;
    }

    private LocalDate plusInterval(LocalDate day) {
        RecurrenceRule parsed = checked(rule);
        ChronoUnit unit = switch (parsed.getFreq()) {
            case DAILY -> ChronoUnit.DAYS;
            case WEEKLY -> ChronoUnit.WEEKS;
            case MONTHLY -> ChronoUnit.MONTHS;
            default -> ChronoUnit.YEARS;
        };
        return day.plus(parsed.getInterval(), unit);
    }

    // Returns the first day of the rule after {@code last}. Intervals count from {@code start}.
    private @Nullable LocalDate firstAfter(LocalDate start, LocalDate last) {
        return firstDay(checked(rule), start, day -> day.isAfter(last));
    }

    /**
     * Returns the first wanted day of the rule, whose intervals count from {@code start}; {@code null} if none is
     * found.
     */
    private static @Nullable LocalDate firstDay(RecurrenceRule rule, LocalDate start, Predicate<LocalDate> wanted) {
        try {
            RecurrenceRuleIterator days =
                    rule.iterator(new DateTime(start.getYear(), start.getMonthValue() - 1, start.getDayOfMonth()));
            for (int searched = 0; days.hasNext() && searched < MAX_SEARCH_STEPS; searched++) {
                DateTime next = days.nextDateTime();
                LocalDate day = LocalDate.of(next.getYear(), next.getMonth() + 1, next.getDayOfMonth());
                if (wanted.test(day)) {
                    return day;
                }
            }
        } catch (RuntimeException e) {
            // The library searched a thousand intervals without a result, or cannot combine the parts of the rule.
            return null;
        }
        return null;
    }
}
