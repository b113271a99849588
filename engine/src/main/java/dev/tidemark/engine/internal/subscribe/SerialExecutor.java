package dev.tidemark.engine.internal.subscribe;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs tasks one at a time in the order of submission, on any executor. Thread-safe. */
public final class SerialExecutor implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(SerialExecutor.class);

    private final Executor executor;
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private boolean running;

    /**
     * @param executor runs the tasks. With {@code Runnable::run}, a task runs on the thread that submits it, or, if
     *     another task is running, on the thread of that task
     */
    public SerialExecutor(Executor executor) {
        this.executor = executor;
    }

    /**
     * Submits a task.
     *
     * @throws RejectedExecutionException if the executor rejects the task or fails; the task does not run
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
