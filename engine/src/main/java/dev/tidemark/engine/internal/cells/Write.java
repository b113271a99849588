package dev.tidemark.engine.internal.cells;

import dev.tidemark.engine.changelog.HlcTimestamp;
import java.util.BitSet;

/**
 * One change as stored in the cell state of a row: replica, timestamp, and the cells that it wins. Mutable, not
 * thread-safe.
 *
 * <p>{@code replica} is the number of the replica in this database.
 */
public final class Write {
    final int replica;
    final long sequence;
    public final long hlcTime;
    final long clockOffset;
    final boolean delete;
    final BitSet cells;
    boolean seen;

    /**
     * @param hlcTime the clock value of the write's HLC timestamp
     * @param clockOffset milliseconds of the HLC timestamp minus the writer's wall time
     */
    public Write(int replica, long sequence, long hlcTime, long clockOffset, boolean delete, BitSet cells) {
        this.replica = replica;
        this.sequence = sequence;
        this.hlcTime = hlcTime;
        this.clockOffset = clockOffset;
        this.delete = delete;
        this.cells = cells;
        this.seen = isFromMigration();
    }

    /**
     * Returns whether a migration made the write. Such a write takes part in no conflict, and counts as having seen
     * nothing.
     */
    public boolean isFromMigration() {
        return HlcTimestamp.isFromMigration(hlcTime);
    }

    public int replica() {
        return replica;
    }

    public long sequence() {
        return sequence;
    }

    public long hlcTime() {
        return hlcTime;
    }

    public long clockOffset() {
        return clockOffset;
    }

    public boolean isDelete() {
        return delete;
    }

    /**
     * Returns whether another write has seen this one, or a migration made it. Such a write takes part in no conflict.
     */
    public boolean isSeen() {
        return seen;
    }

    public void markSeen() {
        seen = true;
    }

    /** Returns the wall time in milliseconds since 1970, by the writer's clock. */
    public long wallMillis() {
        return (hlcTime >>> HlcTimestamp.COUNTER_BITS) - clockOffset;
    }

    public boolean wins(int cell) {
        return cells.get(cell);
    }

    /** Returns the first cell at or above {@code cell} that this write wins, or -1. */
    public int next(int cell) {
        return cells.nextSetBit(cell);
    }

    /** Returns whether this write wins none of these cells. */
    public boolean winsNoneOf(BitSet shown) {
        return !cells.intersects(shown);
    }
}
