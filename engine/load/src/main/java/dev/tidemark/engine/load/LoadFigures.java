package dev.tidemark.engine.load;

import java.util.Collection;
import org.HdrHistogram.Histogram;

/**
 * Figures of one kind of operation, over any number of workers, phases and databases. Percentiles are computed from all
 * latencies together, not as means of percentiles. Latencies are in milliseconds and only of operations that succeeded.
 * They are 0 if no operation succeeded. Immutable.
 *
 * @param operation the operation's name, or {@code all}
 * @param count how many operations succeeded
 * @param failures how many operations failed
 * @param perSecond how many operations succeeded per second
 * @param p50 the latency that 50 of 100 operations did not exceed
 * @param p95 the latency that 95 of 100 operations did not exceed
 * @param p99 the latency that 99 of 100 operations did not exceed
 * @param p999 the latency that 999 of 1,000 operations did not exceed
 * @param max the longest latency
 */
public record LoadFigures(
        String operation,
        long count,
        long failures,
        double perSecond,
        double p50,
        double p95,
        double p99,
        double p999,
        double max) {
    /** The value of {@code operation} in the figures of all operations together. */
    public static final String ALL = "all";

    static LoadFigures of(String operation, Collection<Histogram> histograms, long failures, double seconds) {
        Histogram merged = LoadRecorder.histogram();
        histograms.forEach(merged::add);
        return new LoadFigures(
                operation,
                merged.getTotalCount(),
                failures,
                seconds > 0 ? merged.getTotalCount() / seconds : 0,
                millis(merged, 50),
                millis(merged, 95),
                millis(merged, 99),
                millis(merged, 99.9),
                millis(merged, 100));
    }

    private static double millis(Histogram histogram, double percentile) {
        return histogram.getValueAtPercentile(percentile) / 1e6;
    }
}
