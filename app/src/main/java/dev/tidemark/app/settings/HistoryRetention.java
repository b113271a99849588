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

    /** Log truncation may remove changes made before this time; {@code null} for no truncation. */
    public @Nullable Instant end(Instant now) {
        return this == FOREVER
                ? null
                : now.atOffset(ZoneOffset.UTC).minusMonths(months).toInstant();
    }
}
