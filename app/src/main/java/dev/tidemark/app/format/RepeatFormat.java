package dev.tidemark.app.format;

import dev.tidemark.app.model.Repeat;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Formats repeat rules, for example "every week on Mon, Fri". Some rules can come only from other programs. For such a
 * rule, returns its stored form.
 */
public final class RepeatFormat {
    private static final String WEEKDAYS = "MO,TU,WE,TH,FR";
    private static final Pattern NTH_DAY = Pattern.compile("(-1|[1-4])([A-Z]{2})");
    private static final Set<String> KNOWN =
            Set.of("FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST");

    /** A leap year, in which all days of a year exist. */
    private static final int LEAP_YEAR = 2024;

    private RepeatFormat() {}

    public static String of(Repeat repeat) {
        Map<String, String> parts = new HashMap<>();
        for (String part : repeat.rule().split(";", -1)) {
            int equals = part.indexOf('=');
            parts.put(part.substring(0, equals), part.substring(equals + 1));
        }
        int interval = Integer.parseInt(parts.getOrDefault("INTERVAL", "1"));
        String unit = String.valueOf(parts.get("FREQ"));
        if (repeat.afterCompletion()) {
            return Messages.text(Keys.REPEAT_AFTER, interval(unit, interval));
        }
        String text = KNOWN.containsAll(parts.keySet()) ? text(unit, interval, parts) : null;
        return text == null ? repeat.rule() : text;
    }

    private static @Nullable String text(String unit, int interval, Map<String, String> parts) {
        String every = interval(unit, interval);
        String days = parts.get("BYDAY");
        String monthDays = parts.get("BYMONTHDAY");
        return switch (unit) {
            case "DAILY" -> days == null && monthDays == null ? every : null;
            case "WEEKLY" -> days == null ? every : weekly(every, interval, days);
            case "MONTHLY" -> days == null ? onDay(every, monthDays) : onWeekday(every, days);
            case "YEARLY" -> yearly(every, parts.get("BYMONTH"), monthDays);
            default -> null;
        };
    }

    private static String interval(String unit, int interval) {
        String key = switch (unit) {
            case "DAILY" -> Keys.REPEAT_DAYS;
            case "WEEKLY" -> Keys.REPEAT_WEEKS;
            case "MONTHLY" -> Keys.REPEAT_MONTHS;
            default -> Keys.REPEAT_YEARS;
        };
        return Messages.text(key, interval);
    }

    private static String weekly(String every, int interval, String days) {
        if (interval == 1 && days.equals(WEEKDAYS)) {
            return Messages.text(Keys.REPEAT_WEEKDAYS);
        }
        String names =
                Arrays.stream(days.split(",", -1)).map(RepeatFormat::dayName).collect(Collectors.joining(", "));
        return Messages.text(Keys.REPEAT_ON, every, names);
    }

    private static String onDay(String every, @Nullable String monthDays) {
        return monthDays == null ? every : Messages.text(Keys.REPEAT_ON_DAY, every, last(monthDays));
    }

    private static @Nullable String onWeekday(String every, String day) {
        Matcher nth = NTH_DAY.matcher(day);
        if (!nth.matches()) {
            return null;
        }
        List<String> ordinals =
                List.of(Keys.REPEAT_FIRST, Keys.REPEAT_SECOND, Keys.REPEAT_THIRD, Keys.REPEAT_FOURTH, Keys.REPEAT_LAST);
        int which = Integer.parseInt(nth.group(1));
        String key = which < 0 ? ordinals.getLast() : ordinals.get(which - 1);
        return Messages.text(Keys.REPEAT_ON, every, Messages.text(key, dayName(nth.group(2))));
    }

    private static @Nullable String yearly(String every, @Nullable String month, @Nullable String monthDays) {
        if (month == null && monthDays == null) {
            return every;
        }
        if (month == null || monthDays == null || !month.matches("[1-9]|1[0-2]")) {
            return null;
        }
        Month of = Month.of(Integer.parseInt(month));
        String day = last(monthDays);
        if (!day.matches("[1-9][0-9]?") || Integer.parseInt(day) > of.maxLength()) {
            return null;
        }
        LocalDate date = LocalDate.of(LEAP_YEAR, of, Integer.parseInt(day));
        return Messages.text(Keys.REPEAT_ON_DATE, every, DueFormat.dayOfYear(date));
    }

    /**
     * Returns the last day in the list, which is the wanted day of the month. The days before it replace the wanted day
     * in shorter months.
     */
    private static String last(String monthDays) {
        return monthDays.substring(monthDays.lastIndexOf(',') + 1);
    }

    private static String dayName(String code) {
        return Arrays.stream(DayOfWeek.values())
                .filter(day -> day.name().startsWith(code))
                .findFirst()
                .map(day -> day.getDisplayName(TextStyle.SHORT_STANDALONE, locale()))
                .orElse(code);
    }

    private static Locale locale() {
        return Locale.getDefault(Locale.Category.FORMAT);
    }
}
