package dev.tidemark.app.dates;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses dates in words and digits: tomorrow, Friday, next week, in 3 days, 24 Dec, 24.12., 2026-12-24. */
public final class DateGrammar {
    private static final Pattern ISO = Pattern.compile("(\\d{4})-(\\d{2})-(\\d{2})");
    private static final Pattern DOTTED = Pattern.compile("(\\d{1,2})\\.(\\d{1,2})\\.(\\d{4})?");
    private static final Pattern DAY = Pattern.compile("(\\d{1,2})(?:\\.|st|nd|rd|th)?", Pattern.CASE_INSENSITIVE);
    private static final List<ChronoUnit> UNITS = List.of(
            ChronoUnit.MINUTES,
            ChronoUnit.HOURS,
            ChronoUnit.DAYS,
            ChronoUnit.WEEKS,
            ChronoUnit.MONTHS,
            ChronoUnit.YEARS);
    private static final List<String> UNIT_NAMES = List.of("minute", "hour", "day", "week", "month", "year");
    private static final int MAX_COUNT = 1_000;

    private final Vocabulary vocabulary;
    private final ZonedDateTime now;
    private final LocalDate today;

    /**
     * A phrase that names a day.
     *
     * @param time the time of day, or {@code null} if the phrase contains no time
     * @param to the index after the last word of the phrase
     */
    public record Phrase(LocalDate date, @Nullable LocalTime time, int to) {}

    /** @param now the current time, to which words such as tomorrow refer */
    public DateGrammar(Vocabulary vocabulary, ZonedDateTime now) {
        this.vocabulary = vocabulary;
        this.now = now;
        today = now.toLocalDate();
    }

    /** Returns the date phrase that begins at this word; {@code null} if none does. */
    public @Nullable Phrase at(TokenSequence words, int index) {
        boolean connected = vocabulary.means(words.at(index), "on");
        int first = connected ? index + 1 : index;
        if (connected && vocabulary.means(words.following(first), "the")) {
            first++;
        }
        Token token = connected ? words.following(first) : words.at(first);
        if (token == null) {
            return null;
        }
        LocalDate date = named(token, connected);
        if (date != null) {
            return new Phrase(date, null, first + 1);
        }
        Phrase written = written(words, first);
        return written != null || connected ? written : relative(words, index);
    }

    /** Returns the date that all the words together mean; {@code null} if they do not mean a date or contain a time. */
    public @Nullable LocalDate day(TokenSequence words) {
        Token only = words.tokens().size() == 1 ? words.at(0) : null;
        if (only != null) {
            return named(only, true);
        }
        Phrase phrase = at(words, 0);
        return phrase != null && phrase.to() == words.tokens().size() && phrase.time() == null ? phrase.date() : null;
    }

    private @Nullable LocalDate named(Token token, boolean connected) {
        if (vocabulary.means(token, "today")) {
            return today;
        }
        if (vocabulary.means(token, "tomorrow")) {
            return today.plusDays(1);
        }
        if (vocabulary.means(token, "overmorrow")) {
            return today.plusDays(2);
        }
        DayOfWeek day = weekday(token, connected);
        return day == null ? inDigits(token.word()) : today.with(TemporalAdjusters.next(day));
    }

    /**
     * Returns the weekday that a word means; {@code null} if it does not mean a weekday.
     *
     * @param connected whether the word before makes clear that a day follows. Ambiguous short names are accepted only
     *     then.
     */
    public @Nullable DayOfWeek weekday(@Nullable Token token, boolean connected) {
        DayOfWeek day = vocabulary.constant(token, "day.", DayOfWeek.values());
        return day == null && connected ? vocabulary.constant(token, "short-day.", DayOfWeek.values()) : day;
    }

    private @Nullable LocalDate inDigits(String word) {
        Matcher iso = ISO.matcher(word);
        if (iso.matches()) {
            return day(number(iso, 1), number(iso, 2), number(iso, 3));
        }
        Matcher dotted = DOTTED.matcher(word);
        if (!dotted.matches()) {
            return null;
        }
        return dotted.group(3) == null
                ? nextDate(number(dotted, 2), number(dotted, 1))
                : day(number(dotted, 3), number(dotted, 2), number(dotted, 1));
    }

    /** Parses a day and the name of a month in either order, optionally followed by a year. */
    private @Nullable Phrase written(TokenSequence words, int first) {
        Token one = words.at(first);
        Token other = words.following(first + 1);
        if (one == null || other == null) {
            return null;
        }
        int to = first + 2;
        int day = dayOfMonth(one);
        if (day > 0 && vocabulary.means(other, "of")) {
            other = words.following(to);
            to++;
        }
        Month month = vocabulary.constant(other, "month.", Month.values());
        if (month == null) {
            month = vocabulary.constant(one, "month.", Month.values());
            day = dayOfMonth(other);
        }
        if (month == null || day < 0) {
            return null;
        }
        Token year = words.following(to);
        if (year != null && year.word().matches("20\\d\\d|19\\d\\d")) {
            LocalDate date = day(Integer.parseInt(year.word()), month.getValue(), day);
            return date == null ? null : new Phrase(date, null, to + 1);
        }
        LocalDate date = nextDate(month.getValue(), day);
        return date == null ? null : new Phrase(date, null, to);
    }

    private static int dayOfMonth(@Nullable Token token) {
        Matcher day = DAY.matcher(token == null ? "" : token.word());
        return day.matches() ? number(day, 1) : -1;
    }

    /** Parses phrases such as "next week" and "in 3 days". */
    private @Nullable Phrase relative(TokenSequence words, int index) {
        Token second = words.following(index + 1);
        if (vocabulary.means(words.at(index), "next")) {
            LocalDate date = next(second);
            return date == null ? null : new Phrase(date, null, index + 2);
        }
        int number = vocabulary.number(second);
        ChronoUnit unit = unit(words.following(index + 2));
        if (!vocabulary.means(words.at(index), "in") || number < 0 || number > MAX_COUNT || unit == null) {
            return null;
        }
        LocalDateTime then = unit.isTimeBased()
                ? WallTime.after(now, Duration.of(number, unit)).truncatedTo(ChronoUnit.MINUTES)
                : now.toLocalDateTime().plus(number, unit);
        return new Phrase(then.toLocalDate(), unit.isTimeBased() ? then.toLocalTime() : null, index + 3);
    }

    private @Nullable LocalDate next(@Nullable Token token) {
        LocalDate nextMonday = today.with(TemporalAdjusters.next(DayOfWeek.MONDAY));
        DayOfWeek day = weekday(token, true);
        if (day != null) {
            return nextMonday.with(TemporalAdjusters.nextOrSame(day));
        }
        ChronoUnit unit = unit(token);
        if (unit == null) {
            return null;
        }
        return switch (unit) {
            case WEEKS -> nextMonday;
            case MONTHS -> today.with(TemporalAdjusters.firstDayOfNextMonth());
            case YEARS -> today.with(TemporalAdjusters.firstDayOfNextYear());
            default -> null;
        };
    }

    /** Returns the unit of time that a word means, in singular or plural; {@code null} if it does not mean a unit. */
    public @Nullable ChronoUnit unit(@Nullable Token token) {
        int index = vocabulary.index(token, "unit.", UNIT_NAMES);
        return index < 0 ? null : UNITS.get(index);
    }

    /**
     * Returns the next occurrence of this day and month, which may be today. Searches eight years ahead, because that
     * many years can separate two leap days.
     */
    private @Nullable LocalDate nextDate(int month, int day) {
        for (int year = today.getYear(); year <= today.getYear() + 8; year++) {
            LocalDate date = day(year, month, day);
            if (date != null && !date.isBefore(today)) {
                return date;
            }
        }
        return null;
    }

    private static @Nullable LocalDate day(int year, int month, int day) {
        try {
            return LocalDate.of(year, month, day);
        } catch (DateTimeException e) {
            // There is no such day, so the text stays in the title.
            return null;
        }
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }
}
