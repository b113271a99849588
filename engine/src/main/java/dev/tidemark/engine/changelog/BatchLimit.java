package dev.tidemark.engine.changelog;

/**
 * How large a batch may grow. A single change above the byte limit travels alone. Immutable.
 *
 * @param changes most changes of a batch, at least 1
 * @param bytes most bytes of values of a batch, roughly, at least 1
 */
public record BatchLimit(int changes, long bytes) {
    /** 10,000 changes or 8 MiB. */
    public static final BatchLimit DEFAULT = new BatchLimit(10_000, 8L << 20);

    /** @throws IllegalArgumentException if a limit is below 1 */
    public BatchLimit {
        if (changes < 1 || bytes < 1) {
            throw new IllegalArgumentException("A batch holds at least one change of at least one byte");
        }
    }
}
