package dev.tidemark.engine.internal.cells;

import dev.tidemark.engine.changelog.HlcTimestamp;
import java.util.BitSet;

/**
 * One change as a row remembers it: who, when, and which cells still hold what it wrote. Mutable, not thread-safe.
 *
 * <p>A replica is meant by its number in the database.
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
     * A write.
     *
     * @param time the clock value of its stamp
     * @param lag milliseconds of the stamp minus the writer's wall time
     * @param cells what it wrote; empty for a delete
     */
    public Write(int replica, long sequence, long time, long lag, boolean delete, BitSet cells) {
        this.replica = replica;
        this.sequence = sequence;
        this.hlcTime = time;
        this.clockOffset = lag;
        this.delete = delete;
        this.cells = cells;
        this.seen = isFromMigration();
    }

    /** Whether a migration made it: nobody's opinion, so it is part of no conflict, and has seen nothing. */
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

    /** Whether some other write has seen it, or a migration made it, so that it cannot be part of a conflict. */
    public boolean isSeen() {
        return seen;
    }

    /** Some other write has seen it. */
    public void markSeen() {
        seen = true;
    }

    /** Milliseconds since 1970 on the writer's clock. */
    public long wallMillis() {
        return (hlcTime >>> HlcTimestamp.COUNTER_BITS) - clockOffset;
    }

    /** Whether a cell still holds what it wrote. */
    public boolean holds(int cell) {
        return cells.get(cell);
    }

    /** The first cell from this one on that holds what it wrote; -1 if there is none. */
    public int next(int cell) {
        return cells.nextSetBit(cell);
    }

    /** Whether every cell that holds what it wrote lies outside these. */
    public boolean holdsNothingOf(BitSet shown) {
        return !cells.intersects(shown);
    }
}
