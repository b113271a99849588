package dev.tidemark.engine.changelog;

import dev.tidemark.engine.Problem;
import dev.tidemark.engine.TidemarkException;
import org.jspecify.annotations.Nullable;

/**
 * The state that all changes within a vector have led to, in bounded parts: where to start from instead of those changes
 * (docs/correctness.md#r4). Made for one reader. Not thread-safe; close it after use.
 */
public interface Snapshot extends AutoCloseable {
    /** Which snapshot it is: another one under the same name has the same parts. */
    String name();

    /** The changes that it stands for. */
    VersionVector vector();

    /** The greatest clock value that its maker had seen, see {@link HlcTimestamp#time}. */
    long clock();

    /**
     * The next part, or {@code null} after the last.
     *
     * @throws UnusableException if it is missing or damaged; another snapshot, or the changes, may do
     * @throws dev.tidemark.engine.TidemarkException if it cannot be read now
     */
    @Nullable
    Part next();

    /** Passes over this many parts, which were taken already when a program ended too early. */
    void skip(int parts);

    /**
     * The reader cannot use it, though every part could be read.
     *
     * @param reason what is wrong with it: a sentence without places
     */
    default void reject(Problem reason) {}

    /** The reader holds all of it now. */
    default void applied() {}

    @Override
    void close();

    /**
     * Some rows of a snapshot, as {@code docs/file-format.md} describes the body of a part. Immutable as long as nobody changes
     * the array.
     *
     * @param length the length of the body before compression, in bytes
     * @param content the body, a zlib stream
     */
    @SuppressWarnings("ArrayRecordComponent") // megabytes that are handed on, never compared
    record Part(long length, byte[] content) {}

    /** A snapshot cannot be used, now or ever; nothing of it was taken in. Another one, or the changes themselves, may do. */
    final class UnusableException extends TidemarkException {
        private static final long serialVersionUID = 1L;

        /**
         * @param problem what happened
         * @param arguments what fills its places, in order
         */
        public UnusableException(Problem problem, @Nullable Object... arguments) {
            super(problem, arguments);
        }

        /**
         * @param cause what happened beneath
         * @param problem what happened
         * @param arguments what fills its places, in order
         */
        public UnusableException(Throwable cause, Problem problem, @Nullable Object... arguments) {
            super(cause, problem, arguments);
        }
    }
}
