package dev.tidemark.app.launcher;

import dev.tidemark.app.errors.UncaughtErrors;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Hands what {@link Main} makes to the JavaFX application, which JavaFX constructs itself, meanwhile, and which therefore cannot
 * be given anything. Once a process. Thread-safe.
 *
 * @param opening opens what the window works on; the launcher closes it
 * @param uncaught what nobody caught
 */
public record WindowHandover(ProfileOpener opening, UncaughtErrors uncaught) {
    private static final CompletableFuture<Optional<WindowHandover>> COMING = new CompletableFuture<>();

    /** Gives it to the application. The log is written to from here on. */
    static void give(WindowHandover handover) {
        COMING.complete(Optional.of(handover));
    }

    /** There is nothing to show, unless something was given before: the application is to end. */
    static void giveNothing() {
        COMING.complete(Optional.empty());
    }

    /** Waits for what is given; empty if there is nothing to show. */
    public static Optional<WindowHandover> await() {
        return COMING.join();
    }
}
