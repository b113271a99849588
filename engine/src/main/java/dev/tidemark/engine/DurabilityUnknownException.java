package dev.tidemark.engine;

import org.jspecify.annotations.Nullable;

/**
 * The commit is in the file, but its fsync failed, so whether it survives a power cut is unknown. From then on the database
 * saves nothing more and refuses every write with this exception, too, as what stands behind a hole in the log would be
 * lost with it; {@link #problem()} tells one from the other. Reading goes on. Check the disk, then close the database, which
 * saves the log once more, and open it again.
 */
public final class DurabilityUnknownException extends TidemarkException {
    private static final long serialVersionUID = 1L;

    /**
     * @param problem what happened
     * @param arguments what fills its places, in order
     */
    public DurabilityUnknownException(Problem problem, @Nullable Object... arguments) {
        super(problem, arguments);
    }

    /**
     * @param cause what happened beneath
     * @param problem what happened
     * @param arguments what fills its places, in order
     */
    public DurabilityUnknownException(Throwable cause, Problem problem, @Nullable Object... arguments) {
        super(cause, problem, arguments);
    }
}
