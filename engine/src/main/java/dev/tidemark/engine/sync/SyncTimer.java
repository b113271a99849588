package dev.tidemark.engine.sync;

import java.time.Duration;
import java.time.Instant;

/** The service's one thread and its clock. Tests have one that they move themselves. */
interface SyncTimer {
    Instant now();

    /** Runs the task after all that are due before it; what is returned takes it back if it has not begun. */
    Runnable schedule(Duration delay, Runnable task);

    /** Lets the running task end, begins no other, and interrupts it after this time. Returns whether it has ended. */
    boolean stop(Duration limit);
}
