package dev.tidemark.engine.remote;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A timer with a daemon thread and a clock. */
final class ThreadTimer implements SyncTimer {
    private final InstantSource clock;

    /**
     * Ignores tasks that are scheduled after the timer was stopped, because commits may still follow while the program
     * closes.
     */
    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(
            1,
            task -> Thread.ofPlatform().daemon().name("tidemark-sync").unstarted(task),
            new ThreadPoolExecutor.DiscardPolicy());

    ThreadTimer(InstantSource clock) {
        this.clock = clock;
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public Runnable schedule(Duration delay, Runnable task) {
        Future<?> scheduled = executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }

    @Override
    public boolean stop(Duration limit) {
        executor.shutdown();
        try {
            if (executor.awaitTermination(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                return true;
            }
            executor.shutdownNow();
            return executor.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
