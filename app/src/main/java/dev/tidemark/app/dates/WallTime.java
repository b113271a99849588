package dev.tidemark.app.dates;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.Objects;

/**
 * Converts between local time and instants. A local time that a clock change skips moves forward by the length of the
 * gap; one that occurs twice means the first occurrence.
 */
public final class WallTime {
    private WallTime() {}

    /** Whether this local time has passed in the user's time zone. */
    public static boolean isPast(LocalDateTime at, ZonedDateTime now) {
        return !at.atZone(now.getZone()).isAfter(now);
    }

    /**
     * The local time after a delay. If that is the second occurrence of a repeated time, returns the end of the
     * repeated hour, because the same local time would mean the first occurrence, which has passed.
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

    /** The local time that is {@code lead} before another. */
    public static LocalDateTime before(LocalDateTime at, Duration lead, ZonedDateTime now) {
        return at.atZone(now.getZone()).minus(lead).toLocalDateTime();
    }
}
