package dev.tidemark.app.history;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A typed date, time, or both, to which the history jumps. It reads {@code 2026-11-20}, {@code 20.11.},
 * {@code 20.11.2026}, {@code today}, {@code yesterday}, {@code heute}, {@code gestern}, and after it, or alone,
 * {@code 14:30}.
 */
final class HistoryMoment {
    private static final Pattern TEXT = Pattern.compile(
            "(?:(?<iso>\\d{4}-\\d{1,2}-\\d{1,2})|(?<day>\\d{1,2})\\.\\s?(?<month>\\d{1,2})\\.(?:\\s?(?<year>\\d{4}))?"
                    + "|(?<today>today|heute)|(?<yesterday>yesterday|gestern))?"
                    + "(?:(?:^|[\\sT,]+)(?<hour>\\d{1,2}):(?<minute>\\d{2}))?",
            Pattern.CASE_INSENSITIVE);

    private HistoryMoment() {}

    /**
     * The first instant after the typed day or minute, so that the changes within it are listed. A date without a year
     * and a time without a date mean the latest such moment that is not in the future.
     */
    static Optional<Instant> end(String text, ZonedDateTime now) {
        Matcher found = TEXT.matcher(text.strip());
        if (text.isBlank() || !found.matches()) {
            return Optional.empty();
        }
        try {
            LocalTime time = found.group("hour") == null
                    ? null
                    : LocalTime.of(Integer.parseInt(found.group("hour")), Integer.parseInt(found.group("minute")));
            LocalDate date = date(found, now, time);
            LocalDateTime end = time == null
                    ? date.plusDays(1).atStartOfDay()
                    : date.atTime(time).plusMinutes(1);
            return Optional.of(end.atZone(now.getZone()).toInstant());
        } catch (DateTimeException e) {
            // A day, month, hour or minute that does not exist.
            return Optional.empty();
        }
    }

    private static LocalDate date(Matcher found, ZonedDateTime now, @Nullable LocalTime time) {
        LocalDate today = now.toLocalDate();
        if (found.group("iso") != null) {
            String[] parts = found.group("iso").split("-", -1);
            return LocalDate.of(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
        }
        if (found.group("day") != null) {
            int day = Integer.parseInt(found.group("day"));
            int month = Integer.parseInt(found.group("month"));
            if (found.group("year") != null) {
                return LocalDate.of(Integer.parseInt(found.group("year")), month, day);
            }
            LocalDate date = LocalDate.of(today.getYear(), month, day);
            return date.isAfter(today) ? date.minusYears(1) : date;
        }
        if (found.group("yesterday") != null) {
            return today.minusDays(1);
        }
        boolean isLater = time != null && time.isAfter(now.toLocalTime());
        return found.group("today") == null && isLater ? today.minusDays(1) : today;
    }

    /** The day or minute that ends at this instant, as a user reads it. */
    static String format(Instant end, ZonedDateTime now) {
        LocalDateTime last = LocalDateTime.ofInstant(end, now.getZone());
        Locale locale = Locale.getDefault();
        return last.toLocalTime().equals(LocalTime.MIDNIGHT)
                ? DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
                        .withLocale(locale)
                        .format(last.minusDays(1))
                : DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                        .withLocale(locale)
                        .format(last.minusMinutes(1));
    }
}
