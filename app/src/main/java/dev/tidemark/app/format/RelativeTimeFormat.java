package dev.tidemark.app.format;

import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;

/** Formats past times relative to the current time. */
public final class RelativeTimeFormat {
    private static final Duration NOW = Duration.ofSeconds(45);
    private static final Duration HOUR = Duration.ofMinutes(60);

    private RelativeTimeFormat() {}

    /** Formats a moment in a time zone, for example "just now", "2 min ago" or "today at 14:02". */
    public static String of(Instant moment, Instant now, ZoneId zone) {
        Duration since = Duration.between(moment, now);
        if (since.compareTo(NOW) < 0) {
            return Messages.text(Keys.TIME_NOW);
        }
        if (since.compareTo(HOUR) < 0) {
            return Messages.text(Keys.TIME_MINUTES, Math.max(1, since.toMinutes()));
        }
        LocalDateTime local = LocalDateTime.ofInstant(moment, zone);
        LocalDate today = LocalDate.ofInstant(now, zone);
        String time = DueFormat.time(local.toLocalTime());
        if (local.toLocalDate().equals(today)) {
            return Messages.text(Keys.TIME_TODAY, time);
        }
        if (local.toLocalDate().equals(today.minusDays(1))) {
            return Messages.text(Keys.TIME_YESTERDAY, time);
        }
        return Messages.text(Keys.TIME_DATE, DueFormat.day(local.toLocalDate(), today));
    }
}
