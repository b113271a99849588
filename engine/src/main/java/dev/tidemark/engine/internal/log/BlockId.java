package dev.tidemark.engine.internal.log;

import dev.tidemark.engine.Problem;
import dev.tidemark.engine.TransactionException;

/** The keys of {@code tm_log}: a replica's number above the sequence number of the block's first change. */
public final class BlockId {
    private static final int SEQUENCE_BITS = 40;
    /** The highest sequence number that a key can carry. */
    static final long LAST_SEQUENCE = (1L << SEQUENCE_BITS) - 1;

    private BlockId() {}

    /**
     * The key of a block that begins with this change.
     *
     * @param replica the replica's number in the database
     * @throws TransactionException if the sequence number has more than 40 bits
     */
    public static long of(int replica, long sequence) {
        if (sequence > LAST_SEQUENCE) {
            throw new TransactionException(Problem.TRANSACTION_NUMBERS_EXHAUSTED);
        }
        return ((long) replica << SEQUENCE_BITS) | sequence;
    }

    /** The number of the replica whose changes are in the block. */
    public static int replica(long id) {
        return (int) (id >>> SEQUENCE_BITS);
    }

    /** The sequence number of the block's first change. */
    public static long first(long id) {
        return id & LAST_SEQUENCE;
    }
}
