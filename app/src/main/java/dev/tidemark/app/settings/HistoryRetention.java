package dev.tidemark.app.settings;

import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** The time for which the app retains the changelog. */
public enum HistoryRetention {
    MONTH(1),
    YEAR(12),
    FOREVER(0);

    private final int months;

    HistoryRetention(int months) {
        this.months = months;
    }

    /** Returns the time before which log truncation may remove changes; {@code null} if it must not remove any. */
    public @Nullable Instant end(Instant now) {
        return this == FOREVER
                ? null
                : now.atOffset(ZoneOffset.UTC).minusMonths(months).toInstant();
    }
}
