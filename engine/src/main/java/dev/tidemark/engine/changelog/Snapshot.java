package dev.tidemark.engine.changelog;

import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.TidemarkException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The cell state after all changes within a vector, in parts of limited size. A reader applies the snapshot instead of
 * these changes (docs/correctness.md#r4). Each object serves one reader. Not thread-safe. Close it after use.
 */
public interface Snapshot extends AutoCloseable {
    /** The identity of the snapshot. Two snapshots with the same name have the same parts. */
    String name();

    /** The changes that the snapshot covers. */
    VersionVector vector();

    /**
     * The chain hash at the last change of each replica in {@link #vector}. A reader refuses a snapshot whose hashes
     * differ from its own. Replicas without a known hash are left out.
     */
    default Map<ReplicaId, ChainHash> chains() {
        return Map.of();
    }

    /** The greatest clock value that the author of the snapshot had seen; see {@link HlcTimestamp#time}. */
    long clock();

    /**
     * The next part, or {@code null} after the last.
     *
     * @throws UnusableException if the part is missing or damaged; try another snapshot, or the changes
     * @throws dev.tidemark.engine.problem.TidemarkException if the part cannot be read at the moment
     */
    @Nullable
    Part next();

    /** Skips this many parts, because an interrupted run has already stored them. */
    void skip(int parts);

    /**
     * Called if the reader could read every part, but cannot use the snapshot.
     *
     * @param reason the problem with the snapshot, without placeholders
     */
    default void reject(Problem reason) {}

    /** Called when the reader has applied the snapshot. */
    default void applied() {}

    @Override
    void close();

    /**
     * Some rows of a snapshot, as {@code docs/file-format.md} describes the body of a part. Immutable as long as the
     * array is not changed.
     *
     * @param length the length of the body before compression, in bytes
     * @param content the body, a Zstandard frame
     */
    @SuppressWarnings("ArrayRecordComponent") // parts are passed on, but never compared
    record Part(long length, byte[] content) {}

    /** A snapshot can never be used. Nothing of it was applied. Try another snapshot, or the changes themselves. */
    final class UnusableException extends TidemarkException {
        private static final long serialVersionUID = 1L;

        /**
         * @param problem the problem
         * @param arguments the values of its placeholders, in order
         */
        public UnusableException(Problem problem, @Nullable Object... arguments) {
            super(problem, arguments);
        }

        /**
         * @param cause the underlying exception
         * @param problem the problem
         * @param arguments the values of its placeholders, in order
         */
        public UnusableException(Throwable cause, Problem problem, @Nullable Object... arguments) {
            super(cause, problem, arguments);
        }
    }
}
