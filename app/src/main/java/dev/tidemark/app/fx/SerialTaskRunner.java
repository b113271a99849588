package dev.tidemark.app.fx;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks in the background, one after the other in the order of the calls, so that saves reach the database in the
 * order of typing. Runs callbacks on the thread of the view models. Thread-safe.
 */
public final class SerialTaskRunner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SerialTaskRunner.class);

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Executor worker;
    private final Executor callbacks;
    private final @Nullable ExecutorService ownExecutor;

    private SerialTaskRunner(Executor worker, Executor callbacks, @Nullable ExecutorService ownExecutor) {
        this.worker = worker;
        this.callbacks = callbacks;
        this.ownExecutor = ownExecutor;
    }

    /** Creates a runner with its own thread. */
    public static SerialTaskRunner onThread(String name, Executor callbacks) {
        ExecutorService service = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name(name).daemon().factory());
        return new SerialTaskRunner(service, callbacks, service);
    }

    /** Creates a runner on these executors, for tests. */
    public static SerialTaskRunner on(Executor worker, Executor callbacks) {
        return new SerialTaskRunner(worker, callbacks, null);
    }

    /**
     * Runs a task.
     *
     * @param failed receives everything that the task throws, even an {@link Error}, so that one of the callbacks
     *     follows each task. A task that is submitted after the shutdown is ignored and has no callback
     */
    public <T extends @Nullable Object> void run(Callable<T> work, Consumer<T> done, Consumer<Throwable> failed) {
        if (ownExecutor != null && ownExecutor.isShutdown()) {
            // A callback of the last task can request more work when the window is already closed.
            LOG.info("A task submitted after shutdown is ignored");
            return;
        }
        worker.execute(() -> {
            T result;
            try {
                result = work.call();
            } catch (Throwable e) {
                callbacks.execute(() -> failed.accept(e));
                return;
            }
            callbacks.execute(() -> done.accept(result));
        });
    }

    /** Runs a task without a result. */
    public void run(Work work, Consumer<Throwable> failed) {
        run(
                () -> {
                    work.run();
                    return true;
                },
                done -> {},
                failed);
    }

    /** A task without a result. */
    @FunctionalInterface
    public interface Work {
        void run() throws Exception;
    }

    /** Waits without a time limit until all tasks submitted so far ran. Their callbacks may still be pending. */
    public void drain() throws InterruptedException {
        if (ownExecutor != null && ownExecutor.isShutdown()) {
            ownExecutor.close();
            return;
        }
        CountDownLatch reached = new CountDownLatch(1);
        worker.execute(reached::countDown);
        reached.await();
    }

    /** Accepts no more tasks. The thread ends after the pending tasks. This method does not wait for them. */
    public void shutdown() {
        if (ownExecutor != null) {
            ownExecutor.shutdown();
        }
    }

    public boolean isTerminated() {
        return ownExecutor != null && ownExecutor.isTerminated();
    }

    /** Runs the pending tasks and ends the thread. Waits at most 5 seconds. */
    @Override
    public void close() {
        close(LIMIT);
    }

    /**
     * As {@link #close()}, but with another time limit. A caller on the JavaFX thread, for example, needs a short
     * limit.
     */
    public void close(Duration limit) {
        if (ownExecutor == null) {
            return;
        }
        ownExecutor.shutdown();
        try {
            if (!ownExecutor.awaitTermination(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                LOG.warn("Tasks are still running after {}; the app stops waiting for them", limit);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
