package dev.tidemark.engine.load;

import java.time.Duration;

/**
 * A part of a load test with one mix. A worker ends the phase when the duration is over, or when it has done the number
 * of operations. Immutable.
 *
 * @param duration how long the phase takes; zero if only the number of operations ends it
 * @param operations how many operations each worker does; 0 if only the duration ends the phase
 * @param mix the frequencies of the operations
 */
public record LoadPhase(Duration duration, long operations, LoadMix mix) {
    /** @throws IllegalArgumentException if the duration or the number is negative, or both are zero */
    public LoadPhase {
        if (duration.isNegative() || operations < 0 || (duration.isZero() && operations == 0)) {
            throw new IllegalArgumentException("A phase ends after a positive time or number of operations");
        }
    }

    /** Returns a phase that ends after this duration. */
    public static LoadPhase lasting(Duration duration, LoadMix mix) {
        return new LoadPhase(duration, 0, mix);
    }

    /** Returns a phase that ends for each worker after this many operations. */
    public static LoadPhase counting(long operations, LoadMix mix) {
        return new LoadPhase(Duration.ZERO, operations, mix);
    }
}
