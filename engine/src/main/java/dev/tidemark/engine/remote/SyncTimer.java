package dev.tidemark.engine.remote;

import java.time.Duration;
import java.time.Instant;

/** Runs tasks on the service's only thread, and provides the time. Tests use a timer that they advance themselves. */
interface SyncTimer {
    Instant now();

    /**
     * Runs a task on the thread when it is due. Tasks run in the order of their times. The returned function cancels
     * the task if it has not begun.
     */
    Runnable schedule(Duration delay, Runnable task);

    /**
     * Stops the timer. Begins no further task, and interrupts the running task after the limit. Returns whether that
     * task has ended.
     */
    boolean stop(Duration limit);
}
