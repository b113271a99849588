package dev.tidemark.engine.internal.codec;

/**
 * How much one file of a storage may name. What is read takes memory by what is declared, which may be a thousand times what the
 * file takes; no library comes near these numbers.
 */
public final class FormatLimits {
    /** Replicas that a file, a vector or a causal context names. */
    public static final int REPLICAS = 1_000;

    /** Replicas whose changes a device takes from a storage: each is named by every causal context from then on. */
    public static final int REPLICAS_APPLIED = 500;

    /** Tables of a file. */
    public static final int TABLES = 1_000;

    /** Columns of all tables of a file; SQLite has at most 2,000 in one. */
    public static final int COLUMNS = 20_000;

    /** Kinds of changes, or of rows: which columns they hold. */
    public static final int SHAPES = 65_536;

    /** Columns of all shapes together. */
    public static final int SHAPE_COLUMNS = 1 << 20;

    /** Changes that a writer had applied and not shown. */
    public static final int UNSEEN = 65_536;

    /** Open writes of one row. */
    public static final int SIBLINGS = 65_536;

    /** Bytes of the values of one change; no writer makes larger ones. */
    public static final long CHANGE_BYTES = 64L << 20;

    /** Applying a change takes some times its size: into rows, the log, and SQLite's own memory. */
    private static final int CHANGES_IN_MEMORY = 32;

    private FormatLimits() {}

    /** Bytes of one change, or of one row, that this device reads: what it has the memory to apply. */
    public static long maxReadableBytes() {
        return Math.min(CHANGE_BYTES, Runtime.getRuntime().maxMemory() / CHANGES_IN_MEMORY);
    }

    /**
     * Returns what was declared.
     *
     * @throws FormatException if it is more than any library has
     */
    public static int require(int declared, int most, String what) {
        if (declared > most) {
            throw new FormatException("it declares " + declared + " " + what + ", and at most " + most + " are read");
        }
        return declared;
    }
}
