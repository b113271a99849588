package dev.tidemark.engine.internal.subscribe;

import java.util.concurrent.TimeUnit;

/**
 * Lets calls to one subscriber through until it is closed. No call begins after {@link #close} returns, and one that runs in
 * another thread is waited for. Thread-safe.
 */
final class CallGate {
    /** Bound while a thread is inside a call through any gate. */
    private static final ScopedValue<Boolean> IN_CALL = ScopedValue.newInstance();

    /** By then a call that was about to begin has begun; waiting longer could wait for the one who closes. */
    private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(1);

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

    /** Closes it without waiting for anybody. */
    void shut() {
        synchronized (lock) {
            closed = true;
        }
    }

    /** Closes it, and waits for a running call unless this thread is inside one: two that close each other must not wait. */
    void close() {
        synchronized (lock) {
            closed = true;
            if (!IN_CALL.isBound()) {
                awaitCall();
            }
        }
    }

    private void awaitCall() {
        long deadline = System.nanoTime() + LONGEST_WAIT;
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
