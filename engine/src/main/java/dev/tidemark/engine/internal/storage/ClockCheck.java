package dev.tidemark.engine.internal.storage;

import dev.tidemark.engine.Problem;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.storage.StorageException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Compares this computer's clock with a storage's: the clocks decide which of two concurrent edits wins. */
public final class ClockCheck {
    /** Answers take time, and clocks that are set over the network differ by less. */
    private static final Duration TOLERANCE = Duration.ofMinutes(2);

    private ClockCheck() {}

    /** A warning for the user; {@code null} if the clocks agree, or the storage has none. */
    public static @Nullable StorageException warning(RemoteStorage storage) {
        Duration ahead = storage.clockAhead().orElse(Duration.ZERO);
        if (ahead.abs().compareTo(TOLERANCE) <= 0) {
            return null;
        }
        Problem problem = ahead.isNegative() ? Problem.STORAGE_CLOCK_BEHIND : Problem.STORAGE_CLOCK_AHEAD;
        return new StorageException(problem, storage.description(), ahead.abs().toMinutes());
    }
}
