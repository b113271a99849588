package dev.tidemark.app.format;

import dev.tidemark.app.model.Due;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Formats due dates, for example "today", "Friday" or "24 Nov". */
public final class DueFormat {
    private static final int WEEK = 7;

    private DueFormat() {}

    public static String of(Due due, LocalDate today) {
        String day = day(due.date(), today);
        LocalTime time = due.time();
        return time == null ? day : Messages.text(Keys.DUE_WITH_TIME, day, time(time));
    }

    /** Formats a due date relative to today. A weekday is followed by its date. */
    public static String full(Due due, LocalDate today) {
        long days = ChronoUnit.DAYS.between(today, due.date());
        if (days <= 1 || days >= WEEK) {
            return of(due, today);
        }
        String day = written("MMMEd", due.date());
        LocalTime time = due.time();
        return time == null ? day : Messages.text(Keys.DUE_WITH_TIME, day, time(time));
    }

    public static String day(LocalDate date, LocalDate today) {
        long days = ChronoUnit.DAYS.between(today, date);
        if (days == 0) {
            return Messages.text(Keys.DUE_TODAY);
        }
        if (days == 1) {
            return Messages.text(Keys.DUE_TOMORROW);
        }
        if (days == -1) {
            return Messages.text(Keys.DUE_YESTERDAY);
        }
        if (days > 0 && days < WEEK) {
            return DateTimeFormatter.ofPattern("EEE", Locale.getDefault(Locale.Category.FORMAT))
                    .format(date);
        }
        return date(date, today);
    }

    /** Formats a date as "today", "tomorrow" or the name of its weekday. */
    public static String dayName(LocalDate date, LocalDate today) {
        long days = ChronoUnit.DAYS.between(today, date);
        return days == 0 || days == 1
                ? day(date, today)
                : DateTimeFormatter.ofPattern("EEEE", Locale.getDefault(Locale.Category.FORMAT))
                        .format(date);
    }

    /** Formats the day and the month, and the year if it is not the current year. */
    public static String date(LocalDate date, LocalDate today) {
        return written(date.getYear() == today.getYear() ? "MMMd" : "yMMMd", date);
    }

    /** Formats a period by its first and last day. */
    public static String interval(LocalDate first, LocalDate last, LocalDate today) {
        return first.equals(last)
                ? date(first, today)
                : Messages.text(Keys.DUE_INTERVAL, date(first, today), date(last, today));
    }

    /** Formats the name of the month, and the year if it is not the current year. */
    public static String month(LocalDate date, LocalDate today) {
        return date.getYear() == today.getYear()
                ? DateTimeFormatter.ofPattern("LLLL", Locale.getDefault(Locale.Category.FORMAT))
                        .format(date)
                : written("yMMMM", date);
    }

    /** Formats a day and its month as is usual in the user's locale, for example "24 Dec", "Dec 24" or "24. Dez.". */
    static String dayOfYear(LocalDate date) {
        return written("MMMd", date);
    }

    /** @param parts the pattern letters of the wanted parts, as for {@link DateTimeFormatter#ofLocalizedPattern} */
    private static String written(String parts, LocalDate date) {
        return DateTimeFormatter.ofLocalizedPattern(parts)
                .withLocale(Locale.getDefault(Locale.Category.FORMAT))
                .format(date);
    }

    /** Formats a time of day in the short form of the user's locale; empty for {@code null}. */
    public static String time(@Nullable LocalTime time) {
        return time == null
                ? ""
                : DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT)
                        .withLocale(Locale.getDefault(Locale.Category.FORMAT))
                        .format(time);
    }
}
