package dev.tidemark.app.detail;

import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Texts;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;

/** Says how long ago something was. */
public final class AgoText {
    private static final Duration NOW = Duration.ofSeconds(45);
    private static final Duration HOUR = Duration.ofMinutes(60);

    private AgoText() {}

    /** The moment seen from now, in this time zone: just now, 2 min ago, today at 14:02. */
    public static String of(Instant moment, Instant now, ZoneId zone) {
        Duration since = Duration.between(moment, now);
        if (since.compareTo(NOW) < 0) {
            return Texts.text(Keys.TIME_NOW);
        }
        if (since.compareTo(HOUR) < 0) {
            return Texts.text(Keys.TIME_MINUTES, Math.max(1, since.toMinutes()));
        }
        LocalDateTime local = LocalDateTime.ofInstant(moment, zone);
        LocalDate today = LocalDate.ofInstant(now, zone);
        String time = DueText.time(local.toLocalTime());
        if (local.toLocalDate().equals(today)) {
            return Texts.text(Keys.TIME_TODAY, time);
        }
        if (local.toLocalDate().equals(today.minusDays(1))) {
            return Texts.text(Keys.TIME_YESTERDAY, time);
        }
        return Texts.text(Keys.TIME_DATE, DueText.day(local.toLocalDate(), today));
    }
}
