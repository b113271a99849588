package dev.tidemark.engine.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Runs of two programs, one after the other, the first one alternating: whatever else the machine does meets both alike.
 *
 * @param measured each run of what is measured
 * @param baseline each run of what it is compared with
 */
record Rounds(List<Double> measured, List<Double> baseline) {
    /** Runs both once to warm up, then in so many rounds. */
    static Rounds alternating(int rounds, Callable<Double> measured, Callable<Double> baseline) throws Exception {
        measured.call();
        baseline.call();
        Rounds results = new Rounds(new ArrayList<>(), new ArrayList<>());
        for (int round = 0; round < rounds; round++) {
            if (round % 2 == 0) {
                results.measured.add(measured.call());
                results.baseline.add(baseline.call());
            } else {
                results.baseline.add(baseline.call());
                results.measured.add(measured.call());
            }
        }
        return results;
    }

    /** How many a second, if this many took the time since the start. */
    static double perSecond(long count, long startNanos) {
        return count * 1e9 / (System.nanoTime() - startNanos);
    }
}
