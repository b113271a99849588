package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.Problem;
import dev.tidemark.engine.TidemarkException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Runs work when nobody has written for a moment, on a thread of its own, and at the latest a while after the first write:
 * a burst of writes is not slowed down by it. Thread-safe.
 */
final class IdleScheduler implements AutoCloseable {
    static final Duration IDLE_AFTER = Duration.ofSeconds(1);
    static final Duration MAX_DELAY = Duration.ofSeconds(30);

    private final Consumer<BooleanSupplier> work;
    private volatile long lastWrite;
    private volatile boolean pending;
    private volatile boolean closed;
    private volatile @Nullable Thread thread;

    /** @param work is handed what tells it to stop */
    IdleScheduler(Consumer<BooleanSupplier> work) {
        this.work = work;
    }

    /** Somebody has written. Costs next to nothing. */
    void onWrite() {
        lastWrite = System.nanoTime();
        if (!pending) {
            pending = true;
            wake();
        }
    }

    private synchronized void wake() {
        if (closed) {
            return;
        }
        if (thread == null) {
            thread = Thread.ofPlatform().daemon().name("tidemark-upkeep").start(this::run);
        } else {
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        while (!closed) {
            if (!pending) {
                LockSupport.park(this);
                continue;
            }
            waitForIdle(System.nanoTime());
            pending = false;
            if (!closed) {
                runOnce();
            }
        }
    }

    private void waitForIdle(long since) {
        long left = IDLE_AFTER.toNanos();
        while (!closed && left > 0 && System.nanoTime() - since < MAX_DELAY.toNanos()) {
            LockSupport.parkNanos(this, left);
            left = IDLE_AFTER.toNanos() - (System.nanoTime() - lastWrite);
        }
    }

    private void runOnce() {
        try {
            work.accept(() -> closed);
        } catch (RuntimeException e) {
            boolean ends = e instanceof TidemarkException trouble && trouble.problem() == Problem.DATABASE_CLOSED;
            if (!ends) {
                LoggerFactory.getLogger(IdleScheduler.class)
                        .error("The database could not be tidied up; the next time is after the next write", e);
            }
        }
    }

    /** Waits for a step that is running, and ends. */
    @Override
    public void close() {
        Thread running;
        synchronized (this) {
            closed = true;
            running = thread;
        }
        if (running != null) {
            LockSupport.unpark(running);
            boolean interrupted = false;
            while (running.isAlive()) {
                try {
                    running.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
