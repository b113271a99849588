package dev.tidemark.app.launcher;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Waits at the start, where nobody is there who could interrupt. */
final class Futures {
    private Futures() {}

    /** Waits for the end, and throws what ended it. */
    static void await(CompletableFuture<?> future) {
        try {
            future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Nobody interrupts the start", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
        }
    }
}
