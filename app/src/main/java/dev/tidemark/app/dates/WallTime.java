package dev.tidemark.app.dates;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.Objects;

/**
 * Converts between local time and instants. A local time that a clock change skips moves forward by the length of the
 * gap. A local time that occurs twice means its first occurrence.
 */
public final class WallTime {
    private WallTime() {}

    /** Returns whether this local time has passed in the user's time zone. */
    public static boolean isPast(LocalDateTime at, ZonedDateTime now) {
        return !at.atZone(now.getZone()).isAfter(now);
    }

    /**
     * Returns the local time after a delay. A clock change can repeat an hour. If the delay ends in the second of these
     * two hours, returns the end of that hour, because a local time within it would mean the first hour, which has
     * passed.
     */
    public static LocalDateTime after(ZonedDateTime now, Duration wait) {
        ZonedDateTime then = now.plus(wait);
        LocalDateTime shown = then.toLocalDateTime();
        boolean isSecond = shown.atZone(now.getZone()).isBefore(then);
        return isSecond
                ? Objects.requireNonNull(now.getZone().getRules().getTransition(shown))
                        .getDateTimeBefore()
                : shown;
    }

    /** Returns the local time that is {@code lead} before {@code at}, in the time zone of {@code now}. */
    public static LocalDateTime before(LocalDateTime at, Duration lead, ZonedDateTime now) {
        return at.atZone(now.getZone()).minus(lead).toLocalDateTime();
    }
}
