package dev.tidemark.engine.internal.sync;

/**
 * Limits the memory that the segments of all replicas take together while they are merged. All amounts are in bytes.
 * Not thread-safe.
 */
final class SegmentMemoryBudget {
    /** The maximal number of bytes of segments that were downloaded but are not open yet. */
    private static final long MAX_AHEAD = 24L << 20;

    private static final long MIN_OPEN = 64L << 20;

    private final long mostOpen;
    private long ahead;
    private long open;

    /** Allows open segments a quarter of the maximal heap, but at least 64 MiB. */
    SegmentMemoryBudget() {
        this(Math.max(MIN_OPEN, Runtime.getRuntime().maxMemory() / 4));
    }

    /**
     * @param mostOpen the number of bytes of open segments from which no further segment is opened. The segment opened
     *     last may exceed it.
     */
    SegmentMemoryBudget(long mostOpen) {
        this.mostOpen = mostOpen;
    }

    /** Returns the number of bytes that a replica may download in advance, besides its first segment. */
    static long aheadOf(int replicas) {
        return MAX_AHEAD / replicas;
    }

    boolean fitsAhead(long bytes) {
        return ahead + bytes <= MAX_AHEAD;
    }

    void fetched(long bytes) {
        ahead += bytes;
    }

    void taken(long bytes) {
        ahead -= bytes;
    }

    boolean mayOpen() {
        return open < mostOpen;
    }

    void opened(long bytes) {
        open += bytes;
    }

    void closed(long bytes) {
        open -= bytes;
    }
}
