package dev.tidemark.engine.remote;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Computes when the next automatic sync runs. Not thread-safe. */
final class SyncBackoff {
    private static final Duration FIRST_RETRY = Duration.ofSeconds(5);
    private static final Duration MAX_RETRY = Duration.ofMinutes(5);
    private static final Duration MAX_OFFLINE = Duration.ofMinutes(1);
    private static final int QUIET_FACTOR = 10;

    /** Spreads the retries of devices that failed at the same time. */
    private static final double JITTER = 0.25;

    private final RandomGenerator random;
    private int quiet;
    private int failures;

    SyncBackoff(RandomGenerator random) {
        this.random = random;
    }

    /** Resets the wait to the interval. Called after activity. */
    void active() {
        quiet = 0;
    }

    /**
     * Returns the time until the next sync after a success. The time grows by half for each successive sync that moved
     * nothing.
     */
    Duration afterSuccess(Duration interval, boolean anyMoved) {
        failures = 0;
        quiet = anyMoved ? 0 : quiet + 1;
        double factor = Math.min(QUIET_FACTOR, Math.pow(1.5, quiet));
        return scaled(interval, factor);
    }

    /** Returns the time until the next try after a failure. The time doubles with each successive failure. */
    Duration afterFailure(boolean offline) {
        Duration max = offline ? MAX_OFFLINE : MAX_RETRY;
        double factor = Math.pow(2, Math.min(failures, 10));
        failures++;
        Duration delay = scaled(FIRST_RETRY, factor);
        Duration bounded = delay.compareTo(max) > 0 ? max : delay;
        return scaled(bounded, 1 - JITTER + 2 * JITTER * random.nextDouble());
    }

    private static Duration scaled(Duration duration, double factor) {
        return Duration.ofMillis(Math.round(duration.toMillis() * factor));
    }
}
