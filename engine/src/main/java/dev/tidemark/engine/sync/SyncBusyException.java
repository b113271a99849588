package dev.tidemark.engine.sync;

import dev.tidemark.engine.Problem;
import org.jspecify.annotations.Nullable;

/** Another sync of the same database is still running; this one did nothing, and can be tried again. */
public final class SyncBusyException extends SyncException {
    private static final long serialVersionUID = 1L;

    /**
     * @param problem what happened
     * @param arguments what fills its places, in order
     */
    public SyncBusyException(Problem problem, @Nullable Object... arguments) {
        super(problem, arguments);
    }

    /**
     * @param cause what happened beneath
     * @param problem what happened
     * @param arguments what fills its places, in order
     */
    public SyncBusyException(Throwable cause, Problem problem, @Nullable Object... arguments) {
        super(cause, problem, arguments);
    }
}
