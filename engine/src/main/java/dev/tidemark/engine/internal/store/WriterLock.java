package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.TransactionException;
import java.util.concurrent.locks.ReentrantLock;

/** Orders the writers of this process, first come first served, until the database is closed. Thread-safe. */
final class WriterLock {
    private final ReentrantLock lock = new ReentrantLock(true);
    private volatile boolean closed;

    /** @throws TransactionException if this thread holds the lock already, or the database is closed */
    void acquire() {
        if (lock.isHeldByCurrentThread()) {
            throw new TransactionException(Problem.TRANSACTION_NESTED);
        }
        lock.lock();
        if (closed) {
            lock.unlock();
            throw new TransactionException(Problem.DATABASE_CLOSED);
        }
    }

    /** Enters if no other thread holds the lock and the database is open. Returns whether it entered. */
    boolean tryAcquire() {
        if (!lock.tryLock()) {
            return false;
        }
        if (closed) {
            lock.unlock();
            return false;
        }
        return true;
    }

    /** Returns roughly how many threads wait to enter. */
    int waiting() {
        return lock.getQueueLength();
    }

    void release() {
        lock.unlock();
    }

    /**
     * Waits for the current writer, and refuses all later ones. Returns {@code false} if the lock was closed before.
     */
    boolean close() {
        if (lock.isHeldByCurrentThread()) {
            throw new TransactionException(Problem.TRANSACTION_CLOSE_INSIDE);
        }
        lock.lock();
        try {
            boolean first = !closed;
            closed = true;
            return first;
        } finally {
            lock.unlock();
        }
    }
}
