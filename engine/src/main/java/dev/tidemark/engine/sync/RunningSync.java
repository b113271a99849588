package dev.tidemark.engine.sync;

import dev.tidemark.engine.Problem;
import dev.tidemark.engine.storage.StorageException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The sync that runs, if one does, so that any thread can end it. The threads that are inside a request to the storage are
 * interrupted, and those alone: whoever merges, commits or reports is not, and finds out between batches. Thread-safe.
 */
final class RunningSync {
    private final Set<Thread> requestThreads = new HashSet<>();
    private final Set<Thread> interrupted = new HashSet<>();
    private boolean running;
    private boolean cancelled;

    /** One begins. */
    synchronized void begin() {
        running = true;
        cancelled = false;
    }

    /** It is over: what is asked for from now on belongs to none. */
    synchronized void finish() {
        running = false;
    }

    /** Ends it; does nothing if none runs. */
    synchronized void cancel() {
        if (running) {
            cancelled = true;
            interrupted.addAll(requestThreads);
            requestThreads.forEach(Thread::interrupt);
        }
    }

    /** Whether the present one, or the last, was ended. */
    synchronized boolean isCancelled() {
        return cancelled;
    }

    /**
     * Makes a request, which ends with the sync.
     *
     * @throws StorageException with {@link Problem#SYNC_INTERRUPTED} if the sync was ended
     */
    <T> T request(Supplier<T> request) {
        enter();
        try {
            return request.get();
        } catch (RuntimeException e) {
            throw leave() ? new StorageException(e, Problem.SYNC_INTERRUPTED) : e;
        } finally {
            leave();
        }
    }

    /** Does something else in the middle of a request, which is not interrupted. */
    void withoutInterruption(Runnable work) {
        leave();
        work.run();
        enter();
    }

    private synchronized void enter() {
        if (running && cancelled) {
            throw new StorageException(Problem.SYNC_INTERRUPTED);
        }
        requestThreads.add(Thread.currentThread());
    }

    /** Nobody interrupts this thread any more; returns whether somebody has. */
    private synchronized boolean leave() {
        requestThreads.remove(Thread.currentThread());
        boolean was = interrupted.remove(Thread.currentThread());
        if (was) {
            Thread.interrupted();
        }
        return was;
    }
}
