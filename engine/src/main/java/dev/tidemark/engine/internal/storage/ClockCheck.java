package dev.tidemark.engine.internal.storage;

import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Warns if this computer's clock differs from a storage's. Device clocks decide which of two concurrent edits wins. */
public final class ClockCheck {
    /** Smaller differences may come from response times and from network time synchronisation. */
    private static final Duration TOLERANCE = Duration.ofMinutes(2);

    private ClockCheck() {}

    /**
     * Returns a warning for the user; {@code null} if the clocks agree.
     *
     * @param ahead how far this computer's clock is ahead of the storage's, negative if it is behind
     * @param storage the storage's description
     */
    public static @Nullable StorageException warning(Duration ahead, String storage) {
        if (ahead.abs().compareTo(TOLERANCE) <= 0) {
            return null;
        }
        Problem problem = ahead.isNegative() ? Problem.STORAGE_CLOCK_BEHIND : Problem.STORAGE_CLOCK_AHEAD;
        return new StorageException(problem, storage, ahead.abs().toMinutes());
    }
}
