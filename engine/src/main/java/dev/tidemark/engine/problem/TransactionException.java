package dev.tidemark.engine.problem;

import org.jspecify.annotations.Nullable;

/** A transaction could not begin or commit, or was used where that is not allowed. Nothing was changed. */
public final class TransactionException extends TidemarkException {
    private static final long serialVersionUID = 1L;

    /**
     * @param problem the problem
     * @param arguments the values of its placeholders, in order
     */
    public TransactionException(Problem problem, @Nullable Object... arguments) {
        super(problem, arguments);
    }

    /**
     * @param cause the underlying exception
     * @param problem the problem
     * @param arguments the values of its placeholders, in order
     */
    public TransactionException(Throwable cause, Problem problem, @Nullable Object... arguments) {
        super(cause, problem, arguments);
    }
}
