package dev.tidemark.engine.problem;

import org.jspecify.annotations.Nullable;

/** A blob could not be added, read or fetched. Nothing was changed. Immutable and thread-safe. */
public final class BlobException extends TidemarkException {
    private static final long serialVersionUID = 1L;

    /**
     * @param problem the problem
     * @param arguments the values of its placeholders, in order
     */
    public BlobException(Problem problem, @Nullable Object... arguments) {
        super(problem, arguments);
    }

    /**
     * @param cause the underlying exception
     * @param problem the problem
     * @param arguments the values of its placeholders, in order
     */
    public BlobException(Throwable cause, Problem problem, @Nullable Object... arguments) {
        super(cause, problem, arguments);
    }
}
