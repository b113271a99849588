package dev.tidemark.engine.internal.cells;

import org.jspecify.annotations.Nullable;

/**
 * A write that did not win its cell and that no other write has seen. Immutable.
 *
 * @param cell the cell, or {@link #DELETE}
 * @param replica its writer's number
 * @param sequence its number there
 * @param hlcTime the clock value of its stamp
 * @param clockOffset milliseconds of the stamp minus the writer's wall time
 * @param context the packed context, {@code null} if it was compacted away
 * @param value what it wrote
 */
@SuppressWarnings("ArrayRecordComponent") // never changed after it is made
public record Sibling(
        int cell,
        int replica,
        long sequence,
        long hlcTime,
        long clockOffset,
        byte @Nullable [] context,
        @Nullable Object value) {

    /** Stands for the row in place of a cell. */
    public static final int DELETE = -1;

    static Sibling of(int cell, Write write, byte @Nullable [] context, @Nullable Object value) {
        return new Sibling(cell, write.replica, write.sequence, write.hlcTime, write.clockOffset, context, value);
    }

    /** Milliseconds since 1970 on the writer's clock. */
    public long wallMillis() {
        return (hlcTime >>> dev.tidemark.engine.changelog.HlcTimestamp.COUNTER_BITS) - clockOffset;
    }
}
