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
 * Runs work off the thread that owns the view models, one piece after the other in the order asked for, and calls back
 * on that thread. Saves therefore reach the database in the order in which they were typed. Thread-safe.
 */
public final class SerialTaskRunner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SerialTaskRunner.class);

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Executor worker;
    private final Executor callbacks;
    private final @Nullable ExecutorService owned;

    private SerialTaskRunner(Executor worker, Executor callbacks, @Nullable ExecutorService owned) {
        this.worker = worker;
        this.callbacks = callbacks;
        this.owned = owned;
    }

    /**
     * On a thread of its own.
     *
     * @param name the thread's name
     * @param callbacks where outcomes are delivered
     */
    public static SerialTaskRunner onThread(String name, Executor callbacks) {
        ExecutorService service = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name(name).daemon().factory());
        return new SerialTaskRunner(service, callbacks, service);
    }

    /** On the given executors; for tests. */
    public static SerialTaskRunner on(Executor worker, Executor callbacks) {
        return new SerialTaskRunner(worker, callbacks, null);
    }

    /**
     * Runs the work.
     *
     * @param done takes what it returned
     * @param failed takes what it threw, whatever that is: who waits for an outcome would wait for ever
     */
    public <T extends @Nullable Object> void run(Callable<T> work, Consumer<T> done, Consumer<Throwable> failed) {
        if (owned != null && owned.isShutdown()) {
            // A callback of the last work may ask for more, to show it; nobody is there to see it.
            LOG.info("What was asked for after the end is not done");
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

    /** Waits, however long it takes, until everything that was asked for so far has run. Its callbacks may still be on their way. */
    public void drain() throws InterruptedException {
        if (owned != null && owned.isShutdown()) {
            owned.close();
            return;
        }
        CountDownLatch reached = new CountDownLatch(1);
        worker.execute(reached::countDown);
        reached.await();
    }

    /** Takes no more work and ends the thread once it has done all; waits for nothing. */
    public void shutdown() {
        if (owned != null) {
            owned.shutdown();
        }
    }

    /** Whether the thread has done all and ended. */
    public boolean isTerminated() {
        return owned != null && owned.isTerminated();
    }

    /** Finishes what was asked for and ends the thread; what takes longer than some seconds goes on by itself. */
    @Override
    public void close() {
        close(LIMIT);
    }

    /** The same, for at most about this time: whoever closes may be the thread that draws. */
    public void close(Duration limit) {
        if (owned == null) {
            return;
        }
        owned.shutdown();
        try {
            if (!owned.awaitTermination(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                LOG.warn("What was asked for is not done after {}; it is waited for no longer", limit);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
