package dev.tidemark.app.fx;

import java.time.Duration;

/** Runs actions later on the thread that owns the view models. Tests advance it manually. */
@FunctionalInterface
public interface Scheduler {
    @FunctionalInterface
    interface ScheduledTask {
        /** Cancels the action. Has no effect after the action ran or was cancelled. */
        void cancel();
    }

    /** Runs the action once after this delay. */
    ScheduledTask schedule(Duration delay, Runnable action);
}
