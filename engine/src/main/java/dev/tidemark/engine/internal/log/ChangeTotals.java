package dev.tidemark.engine.internal.log;

import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.internal.codec.ChangeSize;

/** Count, size and time range of a set of changes, initially empty. Mutable, not thread-safe. */
final class ChangeTotals {
    long entries;
    long bytes;
    /** Wall times in milliseconds since 1970. */
    long oldest = Long.MAX_VALUE;

    long newest = Long.MIN_VALUE;
    /** HLC clock values. */
    long lowest = Long.MAX_VALUE;

    long highest = Long.MIN_VALUE;

    void add(Change change) {
        entries++;
        bytes += ChangeSize.of(change);
        oldest = Math.min(oldest, change.wallMillis());
        newest = Math.max(newest, change.wallMillis());
        lowest = Math.min(lowest, change.hlcTime());
        highest = Math.max(highest, change.hlcTime());
    }

    void add(ChangeTotals other) {
        entries += other.entries;
        bytes += other.bytes;
        oldest = Math.min(oldest, other.oldest);
        newest = Math.max(newest, other.newest);
        lowest = Math.min(lowest, other.lowest);
        highest = Math.max(highest, other.highest);
    }
}
