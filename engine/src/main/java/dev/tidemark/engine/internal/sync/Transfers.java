package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.internal.problem.ErrorText;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.problem.TidemarkException;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** Runs requests to a storage in parallel, a few at a time. Thread-safe. */
final class Transfers {
    /**
     * The maximal number of parallel requests. Some storages allow few connections, and more requests would gain little
     * even over slow lines.
     */
    private static final int AT_ONCE = 8;

    private final Semaphore permits = new Semaphore(AT_ONCE);
    private final Consumer<Runnable> runner;

    Transfers() {
        this(task -> Thread.ofVirtual().name("tidemark-transfer").start(task));
    }

    private Transfers(Consumer<Runnable> runner) {
        this.runner = runner;
    }

    /** Returns an object that runs each request before {@link #start} returns, for reproducible simulations. */
    static Transfers sequential() {
        return new Transfers(Runnable::run);
    }

    /** Starts a request. It waits until fewer than eight others run. */
    <T> Future<T> start(Callable<T> request) {
        FutureTask<T> task = new FutureTask<>(() -> {
            permits.acquire();
            try {
                return request.call();
            } finally {
                permits.release();
            }
        });
        runner.accept(task);
        return task;
    }

    /** Waits for a request. Returns its result or throws its exception. Wraps exceptions that are not expected. */
    static <T> T await(Future<T> request) {
        try {
            return request.get();
        } catch (InterruptedException e) {
            request.cancel(true);
            Thread.currentThread().interrupt();
            throw new StorageException(e, Problem.SYNC_INTERRUPTED);
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            if (cause instanceof TidemarkException known) {
                throw known;
            }
            if (cause instanceof Error error) {
                throw error;
            }
            throw new StorageException(e, Problem.STORAGE_REQUEST_FAILED, ErrorText.of(cause));
        }
    }
}
