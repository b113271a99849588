package dev.tidemark.app.model;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The due date of an item. It is a date, or a date and a time to the minute, in floating local time, with an optional
 * repeat rule. Sync merges all parts as one value. Immutable.
 *
 * @param date the day, in the years 1 to 9999
 * @param time the time on that day, or {@code null} for the whole day
 * @param repeat the rule for the next occurrence, or {@code null} if the todo does not repeat
 */
public record Due(
        LocalDate date, @Nullable LocalTime time, @Nullable Repeat repeat) implements Comparable<Due> {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter DATE_TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    private static final Pattern FORM = Pattern.compile("(\\d{4}-\\d{2}-\\d{2})(T\\d{2}:\\d{2})?");
    private static final Pattern STORED = Pattern.compile(FORM + "(?: (.+))?");

    public Due(LocalDate date) {
        this(date, null, null);
    }

    public Due(LocalDate date, @Nullable LocalTime time) {
        this(date, time, null);
    }

    /** @throws IllegalArgumentException if the year is not between 1 and 9999 */
    public Due {
        if (!isInRange(date)) {
            throw new IllegalArgumentException("The year must be between 1 and 9999: " + date);
        }
    }

    private static boolean isInRange(LocalDate date) {
        return date.getYear() >= 1 && date.getYear() <= 9999;
    }

    /** Returns the due date that is a number of days later, or this one if that day is outside the allowed years. */
    public Due plusDays(int days) {
        LocalDate later = date.plusDays(days);
        return isInRange(later) ? new Due(later, time, repeat) : this;
    }

    /**
     * Reads {@code 2026-12-31} or {@code 2026-12-31T17:00}.
     *
     * @throws ProblemException if the text has neither form, or the day or time does not exist
     */
    public static Due parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new ProblemException("due.bad", text);
        }
        try {
            return read(form);
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new ProblemException(e, "due.bad", text);
        }
    }

    /**
     * Reads the stored form. Returns {@code null} if there is no value, and for an unknown form, which a later version
     * may write.
     */
    public static @Nullable Due ofStored(@Nullable String text) {
        if (text == null) {
            return null;
        }
        Matcher form = STORED.matcher(text);
        try {
            if (!form.lookingAt()) {
                return null;
            }
            String repeat = form.group(3);
            return read(form).repeating(repeat == null ? null : Repeat.ofStored(repeat));
        } catch (DateTimeException | IllegalArgumentException e) {
            return null;
        }
    }

    private static Due read(Matcher form) {
        if (form.group(2) == null) {
            return new Due(LocalDate.parse(form.group(1), DATE));
        }
        LocalDateTime both = LocalDateTime.parse(form.group(1) + form.group(2), DATE_TIME);
        return new Due(both.toLocalDate(), both.toLocalTime());
    }

    public Due repeating(@Nullable Repeat other) {
        return new Due(date, time, other);
    }

    public Due untimed() {
        return new Due(date, null, repeat);
    }

    /**
     * Returns the stored form, which is {@link #toString} followed by the repeat rule. Stored forms sort
     * chronologically.
     */
    String stored() {
        return repeat == null ? toString() : this + " " + repeat;
    }

    /** Whether this due date has passed, in the user's time zone. A date without a time passes when its day ends. */
    public boolean isBefore(ZonedDateTime now) {
        return time == null
                ? date.isBefore(now.toLocalDate())
                : date.atTime(time).atZone(now.getZone()).isBefore(now);
    }

    @Override
    public int compareTo(Due other) {
        return stored().compareTo(other.stored());
    }

    /** Returns the form without the repeat rule, which {@link #parse} reads and JSON uses. */
    @Override
    public String toString() {
        return time == null ? DATE.format(date) : DATE_TIME.format(date.atTime(time));
    }
}
