package dev.tidemark.engine.problem;

import org.jspecify.annotations.Nullable;

/** SQLite refused a statement, or its rows could not be mapped. */
public final class QueryException extends TidemarkException {
    private static final long serialVersionUID = 1L;

    /**
     * @param problem the problem
     * @param arguments the values of its placeholders, in order
     */
    public QueryException(Problem problem, @Nullable Object... arguments) {
        super(problem, arguments);
    }

    /**
     * @param cause the underlying exception
     * @param problem the problem
     * @param arguments the values of its placeholders, in order
     */
    public QueryException(Throwable cause, Problem problem, @Nullable Object... arguments) {
        super(cause, problem, arguments);
    }
}
