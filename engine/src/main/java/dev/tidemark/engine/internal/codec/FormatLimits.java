package dev.tidemark.engine.internal.codec;

/**
 * Upper limits for the counts that one file of a storage may declare. Readers allocate memory for as many entries as a
 * file declares, which may take a thousand times the size of the file. No real library comes near these limits
 * (decision 51).
 */
public final class FormatLimits {
    /** Replicas in a file, a version vector or a causal context. */
    public static final int REPLICAS = 1_000;

    /**
     * Replicas whose changes a device applies from a storage. Every later causal context names each of these replicas.
     */
    public static final int REPLICAS_APPLIED = 500;

    public static final int TABLES = 1_000;

    /** Columns of all tables of a file. SQLite allows at most 2,000 a table. */
    public static final int COLUMNS = 20_000;

    /** Shapes in a file: distinct combinations of kind, table and columns. */
    public static final int SHAPES = 65_536;

    /** Columns of all shapes together. */
    public static final int SHAPE_COLUMNS = 1 << 20;

    /** Changes in the {@code unseen} set of a causal context. */
    public static final int UNSEEN = 65_536;

    /** Siblings of one row. */
    public static final int SIBLINGS = 65_536;

    /** Bytes of the values of one change. Writers refuse larger changes. */
    public static final long CHANGE_BYTES = 64L << 20;

    /**
     * The heap must have this many times the size of a change, because applying the change takes memory for rows,
     * changelog and SQLite.
     */
    private static final int CHANGES_IN_MEMORY = 32;

    private FormatLimits() {}

    /**
     * Returns the greatest size in bytes of a change or row that this device reads. It is {@link #CHANGE_BYTES}, or
     * less if the heap is small.
     */
    public static long maxReadableBytes() {
        return Math.min(CHANGE_BYTES, Runtime.getRuntime().maxMemory() / CHANGES_IN_MEMORY);
    }

    /** Returns the declared count. Throws if it exceeds the limit. */
    public static int require(int declared, int most, String name) {
        if (declared > most) {
            throw new FormatException("it declares " + declared + " " + name + ", and at most " + most + " are read");
        }
        return declared;
    }
}
