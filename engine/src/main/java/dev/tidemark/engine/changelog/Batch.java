package dev.tidemark.engine.changelog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some changes in causal order: a change follows every change that its writer had seen, except those that the recipient
 * already holds. Immutable.
 *
 * @param changes the changes; the sequence numbers of each replica rise without gaps
 */
public record Batch(List<Change> changes) {
    /** Copies the list. */
    public Batch {
        changes = List.copyOf(changes);
    }

    /**
     * The maximal size of a batch. A change that is larger than the byte limit forms a batch of its own. Immutable.
     *
     * @param changes the maximum number of changes in a batch, at least 1
     * @param bytes the approximate maximum of bytes of values in a batch, at least 1
     */
    public record Limit(int changes, long bytes) {
        /** At most 10,000 changes and 8 MiB. */
        public static final Limit DEFAULT = new Limit(10_000, 8L << 20);

        /** @throws IllegalArgumentException if a limit is below 1 */
        public Limit {
            if (changes < 1 || bytes < 1) {
                throw new IllegalArgumentException("A batch holds at least one change of at least one byte");
            }
        }
    }

    /** A stream of batches of limited size. Not thread-safe. Close it after use. */
    public interface Reader extends AutoCloseable {
        /**
         * The next batch, never empty, or {@code null} at the end.
         *
         * @throws dev.tidemark.engine.problem.TidemarkException if the batch cannot be read
         */
        @Nullable
        Batch next();

        @Override
        void close();
    }
}
