package dev.tidemark.engine.load;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * Records the operations of one worker in one phase. Not thread-safe. Other threads may read the recorder after the
 * worker has ended.
 */
final class LoadRecorder {
    /** Latencies below this are not distinguished. Greater latencies are recorded with three significant digits. */
    private static final long SMALLEST_NANOS = 1_000;

    private static final int REASONS = 20;

    private final long start;
    private final Map<LoadOperation, Histogram> latencies = new EnumMap<>(LoadOperation.class);
    private final Map<LoadOperation, Long> failed = new EnumMap<>(LoadOperation.class);
    private final Map<String, Long> reasons = new HashMap<>();
    private long[] perSecond = new long[16];
    private int seconds;
    private long startNanos;
    private long endNanos;

    /** @param start the {@link System#nanoTime} when the whole test began */
    LoadRecorder(long start) {
        this.start = start;
    }

    static Histogram histogram() {
        Histogram histogram = new Histogram(SMALLEST_NANOS, 2 * SMALLEST_NANOS, 3);
        histogram.setAutoResize(true);
        return histogram;
    }

    void begin(long now) {
        startNanos = now;
        endNanos = now;
    }

    void end(long now) {
        endNanos = now;
    }

    void succeeded(LoadOperation operation, long from, long to) {
        latencies.computeIfAbsent(operation, key -> histogram()).recordValue(to - from);
        int second = (int) ((to - start) / 1_000_000_000L);
        if (second >= perSecond.length) {
            perSecond = Arrays.copyOf(perSecond, Math.max(second + 1, perSecond.length * 2));
        }
        perSecond[second]++;
        seconds = Math.max(seconds, second + 1);
    }

    void failed(LoadOperation operation, String reason) {
        failed.merge(operation, 1L, Long::sum);
        boolean known = reasons.containsKey(reason) || reasons.size() < REASONS;
        reasons.merge(known ? reason : "other reasons", 1L, Long::sum);
    }

    Map<LoadOperation, Histogram> latencies() {
        return latencies;
    }

    Map<LoadOperation, Long> failed() {
        return failed;
    }

    Map<String, Long> reasons() {
        return reasons;
    }

    /** Returns the number of operations that succeeded, for each second of the test in which they ended. */
    long[] perSecond() {
        return Arrays.copyOf(perSecond, seconds);
    }

    long startNanos() {
        return startNanos;
    }

    long endNanos() {
        return endNanos;
    }
}
