package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.internal.subscribe.Scheduler;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.TidemarkException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/**
 * Runs work on its own thread after {@link #IDLE_AFTER} without writes, or at the latest {@link #MAX_DELAY} after the
 * first write, so that the work does not slow down a burst of writes. Thread-safe.
 */
final class IdleScheduler implements AutoCloseable {
    static final Duration IDLE_AFTER = Duration.ofSeconds(1);
    static final Duration MAX_DELAY = Duration.ofSeconds(30);

    private final Scheduler scheduler = new Scheduler("tidemark-maintenance");
    private final Consumer<BooleanSupplier> work;
    private volatile long lastWrite;
    private volatile boolean pending;
    private volatile boolean closed;

    /** @param work receives a condition that becomes true when the work must stop */
    IdleScheduler(Consumer<BooleanSupplier> work) {
        this.work = work;
    }

    /** Schedules the work after a write. Costs next to nothing. */
    void onWrite() {
        long now = System.nanoTime();
        lastWrite = now;
        if (!pending) {
            pending = true;
            scheduler.schedule(() -> runIfIdle(now), IDLE_AFTER);
        }
    }

    private void runIfIdle(long since) {
        long now = System.nanoTime();
        Duration left = IDLE_AFTER.minusNanos(now - lastWrite);
        if (left.isPositive() && now - since < MAX_DELAY.toNanos()) {
            scheduler.schedule(() -> runIfIdle(since), left);
            return;
        }
        pending = false;
        try {
            work.accept(() -> closed);
        } catch (RuntimeException e) {
            boolean ends = e instanceof TidemarkException known && known.problem() == Problem.DATABASE_CLOSED;
            if (!ends) {
                LoggerFactory.getLogger(IdleScheduler.class)
                        .error("Database maintenance failed; it runs again after the next write", e);
            }
        }
    }

    /** Makes the work stop if it is running, and waits for its current step. */
    @Override
    public void close() {
        closed = true;
        scheduler.close();
    }
}
