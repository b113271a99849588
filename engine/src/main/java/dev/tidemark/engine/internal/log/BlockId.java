package dev.tidemark.engine.internal.log;

import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.TransactionException;

/**
 * Keys of {@code tm_log}. A key has the number of the replica in the high bits, and the sequence number of the block's
 * first change in the low 40 bits.
 */
public final class BlockId {
    private static final int SEQUENCE_BITS = 40;
    /** The greatest sequence number that fits into a key. */
    static final long LAST_SEQUENCE = (1L << SEQUENCE_BITS) - 1;

    private BlockId() {}

    /** Returns the key of a block that starts with this change. */
    public static long of(int replica, long sequence) {
        if (sequence > LAST_SEQUENCE) {
            throw new TransactionException(Problem.TRANSACTION_NUMBERS_EXHAUSTED);
        }
        return ((long) replica << SEQUENCE_BITS) | sequence;
    }

    public static int replica(long id) {
        return (int) (id >>> SEQUENCE_BITS);
    }

    /** Returns the sequence number of the block's first change. */
    public static long first(long id) {
        return id & LAST_SEQUENCE;
    }
}
