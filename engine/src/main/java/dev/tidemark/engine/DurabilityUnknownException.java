package dev.tidemark.engine;

import org.jspecify.annotations.Nullable;

/** The commit is in the file, but its fsync failed, so whether it survives a power cut is unknown. Close the database and check the disk. */
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

    /** @param message a whole sentence */
    public DurabilityUnknownException(String message) {
        super(message);
    }

    /**
     * @param message a whole sentence
     * @param cause what happened beneath
     */
    public DurabilityUnknownException(String message, Throwable cause) {
        super(message, cause);
    }
}
