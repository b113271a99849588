package dev.tidemark.engine.internal.cells;

import org.jspecify.annotations.Nullable;

/**
 * A losing write of a cell that no other write has seen. Immutable.
 *
 * @param cell the cell, or {@link #DELETE}
 * @param clockOffset milliseconds of the HLC timestamp minus the writer's wall time
 * @param context the packed causal context; {@code null} after the change was truncated from the changelog
 */
@SuppressWarnings("ArrayRecordComponent") // arrays are never modified
public record Sibling(
        int cell,
        int replica,
        long sequence,
        long hlcTime,
        long clockOffset,
        byte @Nullable [] context,
        @Nullable Object value) {

    /** Takes the place of a cell number if the write is a delete. */
    public static final int DELETE = -1;

    static Sibling of(int cell, Write write, byte @Nullable [] context, @Nullable Object value) {
        return new Sibling(cell, write.replica, write.sequence, write.hlcTime, write.clockOffset, context, value);
    }

    /** Returns the wall time in milliseconds since 1970, by the writer's clock. */
    public long wallMillis() {
        return (hlcTime >>> dev.tidemark.engine.changelog.HlcTimestamp.COUNTER_BITS) - clockOffset;
    }
}
