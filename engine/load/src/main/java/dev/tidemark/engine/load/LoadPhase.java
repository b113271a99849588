package dev.tidemark.engine.load;

import java.time.Duration;

/**
 * A part of a load test with one mix. It ends for a worker when its time is over, or when the worker has done its
 * number of operations. Immutable.
 *
 * @param duration how long it takes; zero if only the operations end it
 * @param operations how many operations each worker does; 0 if only the time ends it
 * @param mix the frequencies of the operations
 */
public record LoadPhase(Duration duration, long operations, LoadMix mix) {
    /** @throws IllegalArgumentException if a number is negative, or the phase would never end */
    public LoadPhase {
        if (duration.isNegative() || operations < 0 || (duration.isZero() && operations == 0)) {
            throw new IllegalArgumentException("A phase ends after a positive time or number of operations");
        }
    }

    /** Returns a phase that ends after a time. */
    public static LoadPhase lasting(Duration duration, LoadMix mix) {
        return new LoadPhase(duration, 0, mix);
    }

    /** Returns a phase that ends for each worker after this many operations. */
    public static LoadPhase counting(long operations, LoadMix mix) {
        return new LoadPhase(Duration.ZERO, operations, mix);
    }
}
