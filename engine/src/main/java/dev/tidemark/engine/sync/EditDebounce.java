package dev.tidemark.engine.sync;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When edits are published: after a pause, and after some seconds without one. Not thread-safe. */
final class EditDebounce {
    private static final Duration AFTER_EDIT = Duration.ofSeconds(1);
    private static final Duration AFTER_FIRST_EDIT = Duration.ofSeconds(5);

    private @Nullable Instant first;

    /** An edit was made now: how long to wait for more. */
    Duration edited(Instant now) {
        Instant begun = first == null ? now : first;
        first = begun;
        Duration left = Duration.between(now, begun.plus(AFTER_FIRST_EDIT));
        if (left.compareTo(AFTER_EDIT) >= 0) {
            return AFTER_EDIT;
        }
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** What was edited until now is being published. */
    void published() {
        first = null;
    }
}
