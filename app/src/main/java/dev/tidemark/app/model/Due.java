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
 * When an item is due: a date, or a date and a time to the minute, in floating local wall time, and how it comes again.
 * All of it merges as one value. Immutable.
 *
 * @param date the day, in the years 1 to 9999
 * @param time the time of that day, or {@code null} for the whole day
 * @param repeat how it comes again once it is ticked off, or {@code null} if it does not
 */
public record Due(
        LocalDate date, @Nullable LocalTime time, @Nullable Repeat repeat) implements Comparable<Due> {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter DATE_TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    private static final Pattern FORM = Pattern.compile("(\\d{4}-\\d{2}-\\d{2})(T\\d{2}:\\d{2})?");
    private static final Pattern STORED = Pattern.compile(FORM + "(?: (.+))?");

    /** A whole day. */
    public Due(LocalDate date) {
        this(date, null, null);
    }

    /** A day or a time that does not come again. */
    public Due(LocalDate date, @Nullable LocalTime time) {
        this(date, time, null);
    }

    /** @throws IllegalArgumentException if the year has not one to four digits */
    public Due {
        if (date.getYear() < 1 || date.getYear() > 9999) {
            throw new IllegalArgumentException("Years go from 1 to 9999, but got " + date);
        }
    }

    /**
     * Reads {@code 2026-12-31} or {@code 2026-12-31T17:00}.
     *
     * @throws ProblemException if it is neither, or no such day or time exists
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

    /** Reads the database's form; {@code null} for none, and for a form that only a later version knows. */
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

    /** This, coming again in another way or not at all. */
    public Due repeating(@Nullable Repeat other) {
        return new Due(date, time, other);
    }

    /** The day alone. */
    public Due untimed() {
        return new Due(date, null, repeat);
    }

    /** The database's form: that of {@link #toString}, and the rule behind it. Sorts as the times do. */
    String stored() {
        return repeat == null ? toString() : this + " " + repeat;
    }

    /** Whether it lies before this moment where the person is: a whole day when it is over, a time when it has come. */
    public boolean isBefore(ZonedDateTime now) {
        return time == null
                ? date.isBefore(now.toLocalDate())
                : date.atTime(time).atZone(now.getZone()).isBefore(now);
    }

    @Override
    public int compareTo(Due other) {
        return stored().compareTo(other.stored());
    }

    /** The form that {@link #parse} reads, which is JSON's, too: without the repeat. */
    @Override
    public String toString() {
        return time == null ? DATE.format(date) : DATE_TIME.format(date.atTime(time));
    }
}
