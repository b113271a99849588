package dev.tidemark.engine.remote;

import java.time.Duration;
import java.time.Instant;

/** Runs tasks on the service's only thread, and has its clock. Tests use a timer that they advance. */
interface SyncTimer {
    Instant now();

    /** Runs the task when it is due, in order. The returned function cancels it if it has not begun. */
    Runnable schedule(Duration delay, Runnable task);

    /** Begins no further task, and interrupts the running one after this time. Returns whether that task has ended. */
    boolean stop(Duration limit);
}
