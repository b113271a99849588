package dev.tidemark.engine.remote;

import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Lets any thread cancel the running sync. Only threads inside a request to the storage are interrupted. Threads that
 * merge, commit or report are not interrupted. They check between batches whether the sync was cancelled. Thread-safe.
 */
final class RunningSync {
    private final Set<Thread> requestThreads = new HashSet<>();
    private final Set<Thread> interrupted = new HashSet<>();
    private boolean running;
    private boolean cancelled;

    /** Records that a sync begins. */
    synchronized void begin() {
        running = true;
        cancelled = false;
    }

    /** Records that the sync has ended. Later requests do not belong to a sync. */
    synchronized void finish() {
        running = false;
    }

    /** Cancels the running sync. Does nothing if no sync is running. */
    synchronized void cancel() {
        if (running) {
            cancelled = true;
            interrupted.addAll(requestThreads);
            requestThreads.forEach(Thread::interrupt);
        }
    }

    /** Whether the running sync, or the last one, was cancelled. */
    synchronized boolean isCancelled() {
        return cancelled;
    }

    /**
     * Makes a request that {@link #cancel} can interrupt.
     *
     * @throws StorageException with {@link Problem#SYNC_INTERRUPTED} if the sync was cancelled
     */
    <T> T request(Supplier<T> request) {
        beginRequest();
        try {
            return request.get();
        } catch (RuntimeException e) {
            throw endRequest() ? new StorageException(e, Problem.SYNC_INTERRUPTED) : e;
        } finally {
            endRequest();
        }
    }

    /** Runs work that must not be interrupted. Called within a request. */
    void withoutInterruption(Runnable work) {
        endRequest();
        work.run();
        beginRequest();
    }

    private synchronized void beginRequest() {
        if (running && cancelled) {
            throw new StorageException(Problem.SYNC_INTERRUPTED);
        }
        requestThreads.add(Thread.currentThread());
    }

    /** Excludes this thread from interruptions. Returns whether it was interrupted. */
    private synchronized boolean endRequest() {
        requestThreads.remove(Thread.currentThread());
        boolean was = interrupted.remove(Thread.currentThread());
        if (was) {
            Thread.interrupted();
        }
        return was;
    }
}
