package dev.tidemark.engine.remote;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wraps a timer, and passes on exceptions of its tasks, which a thread pool would ignore. */
final class GuardedTimer implements SyncTimer {
    private static final Logger LOG = LoggerFactory.getLogger(GuardedTimer.class);

    private final SyncTimer timer;
    private final Consumer<Throwable> failed;

    /** @param failed receives the exceptions of tasks, on the timer's thread */
    GuardedTimer(SyncTimer timer, Consumer<Throwable> failed) {
        this.timer = timer;
        this.failed = failed;
    }

    @Override
    public Instant now() {
        return timer.now();
    }

    @Override
    public Runnable schedule(Duration delay, Runnable task) {
        return timer.schedule(delay, () -> run(task));
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            try {
                failed.accept(e);
            } catch (RuntimeException | Error further) {
                LOG.error("An error handler failed", further);
                LOG.error("The error handler was called for this exception", e);
            }
        }
    }

    @Override
    public boolean stop(Duration limit) {
        return timer.stop(limit);
    }
}
