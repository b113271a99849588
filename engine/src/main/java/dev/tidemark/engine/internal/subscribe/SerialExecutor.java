package dev.tidemark.engine.internal.subscribe;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs tasks one after another, in the order in which they were given, on an executor that need not. Thread-safe. */
public final class SerialExecutor implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(SerialExecutor.class);

    private final Executor executor;
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private boolean running;

    /** @param executor where the tasks run; with {@code Runnable::run} on the thread that gives the first of them */
    public SerialExecutor(Executor executor) {
        this.executor = executor;
    }

    /**
     * Runs the task after those that were given before.
     *
     * @throws RejectedExecutionException if the executor takes no more work, or fails; the task is not run
     */
    @Override
    public void execute(Runnable task) {
        synchronized (tasks) {
            tasks.add(task);
            if (running) {
                return;
            }
            running = true;
        }
        try {
            executor.execute(this::runAll);
        } catch (RuntimeException | Error refusal) {
            synchronized (tasks) {
                running = false;
                tasks.clear();
            }
            throw refusal instanceof RejectedExecutionException rejected
                    ? rejected
                    : new RejectedExecutionException("The executor failed.", refusal);
        }
    }

    private void runAll() {
        for (Runnable task = next(); task != null; task = next()) {
            try {
                task.run();
            } catch (RuntimeException | Error failure) {
                LOG.error("A call on an executor failed.", failure);
            }
        }
    }

    private @Nullable Runnable next() {
        synchronized (tasks) {
            Runnable task = tasks.poll();
            running = task != null;
            return task;
        }
    }
}
