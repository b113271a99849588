package dev.tidemark.engine.remote;

import java.time.Duration;
import java.time.Instant;

/** The service's only thread, and its clock. Tests use one that they advance. */
interface SyncTimer {
    Instant now();

    /** Runs the task after all that are due before it. The returned function cancels it if it has not begun. */
    Runnable schedule(Duration delay, Runnable task);

    /** Begins no further task, and interrupts the running one after this time. Returns whether it has ended. */
    boolean stop(Duration limit);
}
