package dev.tidemark.engine;

/**
 * What the writer of a database has done since it was opened, merges and the engine's own upkeep included; what other
 * processes do to the file is not. Immutable. The numbers are read while writers go on, so one may be a commit ahead of
 * another.
 *
 * @param commits transactions committed
 * @param rolledBack transactions that left nothing
 * @param fsyncs how often commits were made durable; without what SQLite does by itself for a checkpoint
 * @param queueDepth how many threads wait for their turn to write, at this moment
 * @param groupSizes how many commits an fsync covered
 * @param fsyncNanos how long an fsync took, in nanoseconds
 * @param commitNanos how long a commit took, in nanoseconds: from the call, with the wait for other writers and the
 *     transaction's own work, until it was as durable as promised
 */
public record WriterMetrics(
        long commits,
        long rolledBack,
        long fsyncs,
        int queueDepth,
        Distribution groupSizes,
        Distribution fsyncNanos,
        Distribution commitNanos) {

    /**
     * How values are spread, each within one percent. All zero where there is none.
     *
     * @param count how many values
     * @param mean their mean
     * @param p50 the smallest value that half of them do not exceed
     * @param p95 the same for 95 percent
     * @param p99 the same for 99 percent
     * @param max the greatest
     */
    public record Distribution(long count, double mean, long p50, long p95, long p99, long max) {}
}
