package dev.tidemark.app.fx;

import java.time.Duration;

/** Calls back later, on the thread that owns the view models. Tests pass one that they move on by hand. */
@FunctionalInterface
public interface Scheduler {
    /** A call that was asked for. */
    @FunctionalInterface
    interface ScheduledTask {
        /** Makes sure that it is not made. Doing so again, or after the call, does nothing. */
        void cancel();
    }

    /** Calls the action once when this much time has gone by. */
    ScheduledTask schedule(Duration delay, Runnable action);
}
