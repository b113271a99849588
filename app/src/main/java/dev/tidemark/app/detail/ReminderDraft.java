package dev.tidemark.app.detail;

import dev.tidemark.app.dates.WallTime;
import dev.tidemark.app.model.Due;
import dev.tidemark.app.parser.QuickAddParser;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Suggests reminder times for an item, and parses typed times. */
record ReminderDraft(@Nullable Due due, ZonedDateTime now) {
    /** The reminder time on a day for which no time is given. */
    static final LocalTime MORNING = LocalTime.of(9, 0);

    private static final Duration LATER = Duration.ofHours(3);

    /** The suggestions in the order of the popup. */
    enum Suggestion {
        WHEN_DUE,
        HOUR_BEFORE,
        DUE_DAY,
        DAY_BEFORE,
        LATER,
        TOMORROW,
        NEXT_WEEK
    }

    /** Returns the suggested times that are in the future. */
    Map<Suggestion, LocalDateTime> suggestions() {
        Map<Suggestion, LocalDateTime> offers = new EnumMap<>(Suggestion.class);
        if (due != null) {
            LocalTime time = due.time();
            if (time != null) {
                LocalDateTime at = due.date().atTime(time);
                offers.put(Suggestion.WHEN_DUE, at);
                offers.put(Suggestion.HOUR_BEFORE, WallTime.before(at, Duration.ofHours(1), now));
            } else {
                offers.put(Suggestion.DUE_DAY, due.date().atTime(MORNING));
            }
            offers.put(Suggestion.DAY_BEFORE, due.date().minusDays(1).atTime(MORNING));
        }
        offers.put(Suggestion.LATER, WallTime.after(now, LATER).truncatedTo(ChronoUnit.MINUTES));
        offers.put(Suggestion.TOMORROW, now.toLocalDate().plusDays(1).atTime(MORNING));
        offers.put(
                Suggestion.NEXT_WEEK,
                now.toLocalDate().with(TemporalAdjusters.next(DayOfWeek.MONDAY)).atTime(MORNING));
        // Drops times in the past. Of suggestions with equal times, keeps only the first.
        Set<LocalDateTime> seen = new HashSet<>();
        offers.values().removeIf(at -> WallTime.isPast(at, now) || !seen.add(at));
        return offers;
    }

    /** Parses a typed time. Returns {@code null} if the text is not valid or has a repeat rule. */
    @Nullable
    LocalDateTime typed(String text) {
        Due typed = new QuickAddParser(Locale.getDefault()).parseDue(text, now, null);
        if (typed == null || typed.repeat() != null) {
            return null;
        }
        LocalTime time = typed.time();
        return typed.date().atTime(time == null ? MORNING : time);
    }
}
