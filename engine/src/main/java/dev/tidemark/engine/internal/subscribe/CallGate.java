package dev.tidemark.engine.internal.subscribe;

import java.util.concurrent.TimeUnit;

/**
 * Passes calls to one subscriber until the gate is closed. {@link #close} waits for a call that runs on another thread.
 * No call begins after {@code close} has returned. Thread-safe.
 */
final class CallGate {
    /** The value is bound while the thread is inside a call through any gate. */
    private static final ScopedValue<Boolean> IN_CALL = ScopedValue.newInstance();

    /**
     * The maximal wait in nanoseconds. It is limited because the running call may itself be waiting for the closing
     * thread.
     */
    private static final long MAX_WAIT = TimeUnit.SECONDS.toNanos(1);

    private final Object lock = new Object();
    private boolean closed;
    private boolean inCall;

    /** Makes the call, unless the gate is closed. */
    void enter(Runnable call) {
        synchronized (lock) {
            if (closed) {
                return;
            }
            inCall = true;
        }
        try {
            ScopedValue.where(IN_CALL, true).run(call);
        } finally {
            synchronized (lock) {
                inCall = false;
                lock.notifyAll();
            }
        }
    }

    boolean isClosed() {
        synchronized (lock) {
            return closed;
        }
    }

    /** Closes the gate without waiting. */
    void shut() {
        synchronized (lock) {
            closed = true;
        }
    }

    /**
     * Closes the gate and waits for a running call, at most {@link #MAX_WAIT}. The method does not wait if its thread
     * is inside a call of any gate, because two calls that close each other's gates would deadlock.
     */
    void close() {
        synchronized (lock) {
            closed = true;
            if (!IN_CALL.isBound()) {
                awaitCall();
            }
        }
    }

    private void awaitCall() {
        long deadline = System.nanoTime() + MAX_WAIT;
        boolean interrupted = false;
        while (inCall && System.nanoTime() < deadline) {
            try {
                TimeUnit.NANOSECONDS.timedWait(lock, Math.max(1_000_000, deadline - System.nanoTime()));
            } catch (InterruptedException interruption) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
