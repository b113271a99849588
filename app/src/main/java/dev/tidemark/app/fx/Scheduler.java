package dev.tidemark.app.fx;

import java.time.Duration;

/** Runs actions after a delay, on the thread of the view models. Tests advance the time manually. */
@FunctionalInterface
public interface Scheduler {
    @FunctionalInterface
    interface ScheduledTask {
        /** Cancels the action. Has no effect if the action already ran. */
        void cancel();
    }

    /** Runs the action once after the delay. */
    ScheduledTask schedule(Duration delay, Runnable action);
}
