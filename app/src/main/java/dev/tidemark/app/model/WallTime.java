package dev.tidemark.app.model;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.Objects;

/**
 * Wall time and the moments that it means: where clocks are put forward, a time that they leave out is as much later; where they are
 * put back, a time that comes twice is the first.
 */
public final class WallTime {
    private WallTime() {}

    /** Whether this wall time has come, where the person is now. */
    public static boolean hasCome(LocalDateTime at, ZonedDateTime now) {
        return !at.atZone(now.getZone()).isAfter(now);
    }

    /**
     * What the clock shows so much later. Where it shows that for the second time, the end of what comes twice: whoever wants to wait
     * does not want to hear of it at once.
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

    /** What the clock shows so long before a wall time. */
    public static LocalDateTime before(LocalDateTime at, Duration lead, ZonedDateTime now) {
        return at.atZone(now.getZone()).minus(lead).toLocalDateTime();
    }
}
