package dev.tidemark.engine.storage;

import dev.tidemark.engine.Problem;
import org.jspecify.annotations.Nullable;

/** There is no object of that name in the storage. */
public final class ObjectMissingException extends StorageException {
    private static final long serialVersionUID = 1L;

    /**
     * @param problem what happened
     * @param arguments what fills its places, in order
     */
    public ObjectMissingException(Problem problem, @Nullable Object... arguments) {
        super(problem, arguments);
    }

    /**
     * @param cause what happened beneath
     * @param problem what happened
     * @param arguments what fills its places, in order
     */
    public ObjectMissingException(Throwable cause, Problem problem, @Nullable Object... arguments) {
        super(cause, problem, arguments);
    }
}
