package dev.tidemark.engine.internal.subscribe;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks on one daemon thread, at once, later or repeatedly. Once closed, the scheduler discards tasks.
 * Thread-safe.
 */
public final class Scheduler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);

    private final ScheduledThreadPoolExecutor executor;
    private volatile @Nullable Thread worker;

    public Scheduler(String threadName) {
        executor = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name(threadName).factory(), new ThreadPoolExecutor.DiscardPolicy());
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    public void execute(Runnable task) {
        executor.execute(() -> run(task));
    }

    public void schedule(Runnable task, Duration delay) {
        var _ = executor.schedule(() -> run(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * Runs the task repeatedly, with this interval between the starts of two runs. If a run takes longer, the next one
     * starts at once.
     */
    public void repeat(Runnable task, Duration interval) {
        long nanos = interval.toNanos();
        var _ = executor.scheduleAtFixedRate(() -> run(task), nanos, nanos, TimeUnit.NANOSECONDS);
    }

    private void run(Runnable task) {
        worker = Thread.currentThread();
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.error("A background task failed", e);
        }
    }

    /** Discards tasks that are not due, and waits for a running task, unless that task itself calls the method. */
    @Override
    public void close() {
        executor.shutdown();
        boolean interrupted = false;
        boolean ended = Thread.currentThread().equals(worker);
        while (!ended) {
            try {
                ended = executor.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
