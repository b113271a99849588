package dev.tidemark.engine.sync;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When something is done about what happens again and again: after a pause, or after a while without one. Not thread-safe. */
final class Debounce {
    private final Duration pause;
    private final Duration longest;
    private @Nullable Instant first;

    /**
     * @param pause how long nothing more has to happen
     * @param longest how long the first that happened waits at most
     */
    Debounce(Duration pause, Duration longest) {
        this.pause = pause;
        this.longest = longest;
    }

    /** Something happened now: how long to wait for more. */
    Duration happened(Instant now) {
        Instant begun = first == null ? now : first;
        first = begun;
        Duration left = Duration.between(now, begun.plus(longest));
        if (left.compareTo(pause) >= 0) {
            return pause;
        }
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Something is being done about all that happened until now. */
    void done() {
        first = null;
    }
}
