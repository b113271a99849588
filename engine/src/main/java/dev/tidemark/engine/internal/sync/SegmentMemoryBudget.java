package dev.tidemark.engine.internal.sync;

/**
 * Limits the memory that the segments of all replicas take together while they are merged. All amounts are in bytes.
 * Not thread-safe.
 */
final class SegmentMemoryBudget {
    /** The maximal bytes of segments that are downloaded but not yet open. */
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
     * @param mostOpen no segment is opened while the open ones take this many bytes or more; the last one to be opened
     *     may exceed the limit
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
