package dev.tidemark.engine;

import org.jspecify.annotations.Nullable;

/** The database could not be opened; nothing was changed. The message says what to do. */
public final class DatabaseOpenException extends TidemarkException {
    private static final long serialVersionUID = 1L;

    /**
     * @param problem what happened
     * @param arguments what fills its places, in order
     */
    public DatabaseOpenException(Problem problem, @Nullable Object... arguments) {
        super(problem, arguments);
    }

    /**
     * @param cause what happened beneath
     * @param problem what happened
     * @param arguments what fills its places, in order
     */
    public DatabaseOpenException(Throwable cause, Problem problem, @Nullable Object... arguments) {
        super(cause, problem, arguments);
    }
}
