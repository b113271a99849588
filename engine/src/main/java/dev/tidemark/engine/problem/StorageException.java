package dev.tidemark.engine.problem;

import org.jspecify.annotations.Nullable;

/** A storage failed. The operation may or may not have taken effect, and can be repeated. */
public class StorageException extends TidemarkException {
    private static final long serialVersionUID = 1L;

    /**
     * @param problem the problem
     * @param arguments the values of its placeholders, in order
     */
    public StorageException(Problem problem, @Nullable Object... arguments) {
        super(problem, arguments);
    }

    /**
     * @param cause the underlying exception
     * @param problem the problem
     * @param arguments the values of its placeholders, in order
     */
    public StorageException(Throwable cause, Problem problem, @Nullable Object... arguments) {
        super(cause, problem, arguments);
    }

    /** There is no object of that name in the storage. */
    public static final class ObjectMissingException extends StorageException {
        private static final long serialVersionUID = 1L;

        /**
         * @param problem the problem
         * @param arguments the values of its placeholders, in order
         */
        public ObjectMissingException(Problem problem, @Nullable Object... arguments) {
            super(problem, arguments);
        }

        /**
         * @param cause the underlying exception
         * @param problem the problem
         * @param arguments the values of its placeholders, in order
         */
        public ObjectMissingException(Throwable cause, Problem problem, @Nullable Object... arguments) {
            super(cause, problem, arguments);
        }
    }

    /**
     * A storage cannot be reached at the moment, for example because there is no network. It may become reachable by
     * itself.
     */
    public static final class UnreachableException extends StorageException {
        private static final long serialVersionUID = 1L;

        /**
         * @param problem the problem
         * @param arguments the values of its placeholders, in order
         */
        public UnreachableException(Problem problem, @Nullable Object... arguments) {
            super(problem, arguments);
        }

        /**
         * @param cause the underlying exception
         * @param problem the problem
         * @param arguments the values of its placeholders, in order
         */
        public UnreachableException(Throwable cause, Problem problem, @Nullable Object... arguments) {
            super(cause, problem, arguments);
        }
    }
}
