package dev.tidemark.engine.problem;

import org.jspecify.annotations.Nullable;

/** A sync cannot continue until a user decides or repairs something. The message says what. */
public class SyncException extends TidemarkException {
    private static final long serialVersionUID = 1L;

    /**
     * @param problem the problem
     * @param arguments the values of its placeholders, in order
     */
    public SyncException(Problem problem, @Nullable Object... arguments) {
        super(problem, arguments);
    }

    /**
     * @param cause the underlying exception
     * @param problem the problem
     * @param arguments the values of its placeholders, in order
     */
    public SyncException(Throwable cause, Problem problem, @Nullable Object... arguments) {
        super(cause, problem, arguments);
    }

    /** Another sync of the same database is running. The refused sync did nothing and can be retried. */
    public static final class BusyException extends SyncException {
        private static final long serialVersionUID = 1L;

        /**
         * @param problem the problem
         * @param arguments the values of its placeholders, in order
         */
        public BusyException(Problem problem, @Nullable Object... arguments) {
            super(problem, arguments);
        }

        /**
         * @param cause the underlying exception
         * @param problem the problem
         * @param arguments the values of its placeholders, in order
         */
        public BusyException(Throwable cause, Problem problem, @Nullable Object... arguments) {
            super(cause, problem, arguments);
        }
    }
}
