package dev.tidemark.engine.storage;

import dev.tidemark.engine.Problem;
import org.jspecify.annotations.Nullable;

/** A storage is not to be reached at the moment: no network, no drive. It may be back by itself. */
public final class StorageUnreachableException extends StorageException {
    private static final long serialVersionUID = 1L;

    /**
     * @param problem what happened
     * @param arguments what fills its places, in order
     */
    public StorageUnreachableException(Problem problem, @Nullable Object... arguments) {
        super(problem, arguments);
    }

    /**
     * @param cause what happened beneath
     * @param problem what happened
     * @param arguments what fills its places, in order
     */
    public StorageUnreachableException(Throwable cause, Problem problem, @Nullable Object... arguments) {
        super(cause, problem, arguments);
    }
}
