package dev.tidemark.app.settings;

import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** How long the changelog is retained. */
public enum HistoryRetention {
    MONTH(1),
    YEAR(12),
    FOREVER(0);

    private final int months;

    HistoryRetention(int months) {
        this.months = months;
    }

    /** Changes made before this time may be removed; {@code null} for none. */
    public @Nullable Instant end(Instant now) {
        return this == FOREVER
                ? null
                : now.atOffset(ZoneOffset.UTC).minusMonths(months).toInstant();
    }
}
