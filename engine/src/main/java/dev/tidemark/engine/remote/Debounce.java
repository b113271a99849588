package dev.tidemark.engine.remote;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Delays a reaction until no more events occur for a while, but only up to a limit after the first event. Not
 * thread-safe.
 */
final class Debounce {
    private final Duration pause;
    private final Duration longest;
    private @Nullable Instant first;

    /**
     * @param pause the time without events after which to react
     * @param longest the longest time from the first event to the reaction
     */
    Debounce(Duration pause, Duration longest) {
        this.pause = pause;
        this.longest = longest;
    }

    /** Records an event, and returns how long to wait for more events. */
    Duration trigger(Instant now) {
        Instant begun = first == null ? now : first;
        first = begun;
        Duration left = Duration.between(now, begun.plus(longest));
        if (left.compareTo(pause) >= 0) {
            return pause;
        }
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Records that the caller is reacting to all events so far. */
    void reset() {
        first = null;
    }
}
