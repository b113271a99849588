package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.Database.WriterMetrics;
import dev.tidemark.engine.Database.WriterMetrics.Distribution;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.ConcurrentHistogram;

/** Counts commits, rollbacks and fsyncs, and records durations, without locks and without allocating. Thread-safe. */
final class WriterStatistics {
    private static final long MAX_NANOS = TimeUnit.HOURS.toNanos(1);
    private static final long LARGEST_GROUP = 1_000_000;
    private static final int DIGITS = 2;

    private final LongAdder commits = new LongAdder();
    private final LongAdder rolledBack = new LongAdder();
    private final ConcurrentHistogram groupSizes = new ConcurrentHistogram(LARGEST_GROUP, DIGITS);
    private final ConcurrentHistogram fsyncNanos = new ConcurrentHistogram(1000, MAX_NANOS, DIGITS);
    private final ConcurrentHistogram commitNanos = new ConcurrentHistogram(1000, MAX_NANOS, DIGITS);

    void committed() {
        commits.increment();
    }

    void rolledBack() {
        rolledBack.increment();
    }

    /** Records how long a commit took to become as durable as the mode requires. */
    void acknowledged(long begunNanos) {
        commitNanos.recordValue(Math.clamp(System.nanoTime() - begunNanos, 0, MAX_NANOS));
    }

    /** Records the duration of an fsync, and how many commits it made durable. */
    void synced(long nanos, long group) {
        fsyncNanos.recordValue(Math.clamp(nanos, 0, MAX_NANOS));
        if (group > 0) {
            groupSizes.recordValue(Math.min(group, LARGEST_GROUP));
        }
    }

    WriterMetrics metrics(int queueDepth) {
        Distribution fsyncs = distribution(fsyncNanos);
        return new WriterMetrics(
                commits.sum(),
                rolledBack.sum(),
                fsyncs.count(),
                queueDepth,
                distribution(groupSizes),
                fsyncs,
                distribution(commitNanos));
    }

    private static Distribution distribution(ConcurrentHistogram running) {
        AbstractHistogram values = running.copy();
        if (values.getTotalCount() == 0) {
            return new Distribution(0, 0, 0, 0, 0, 0);
        }
        return new Distribution(
                values.getTotalCount(),
                values.getMean(),
                values.getValueAtPercentile(50),
                values.getValueAtPercentile(95),
                values.getValueAtPercentile(99),
                values.getMaxValue());
    }
}
