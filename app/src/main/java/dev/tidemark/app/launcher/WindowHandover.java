package dev.tidemark.app.launcher;

import dev.tidemark.app.errors.UncaughtErrors;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Passes objects of {@link WindowLauncher} to the JavaFX application, which JavaFX constructs itself, without
 * arguments. Used once per process. Thread-safe.
 *
 * @param opening opens the profile. The launcher closes this object
 * @param uncaught collects uncaught exceptions
 */
public record WindowHandover(ProfileOpener opening, UncaughtErrors uncaught) {
    private static final CompletableFuture<Optional<WindowHandover>> COMING = new CompletableFuture<>();

    /** Passes the objects to the application. From now on, the application may log. */
    static void complete(WindowHandover handover) {
        COMING.complete(Optional.of(handover));
    }

    /** Ends the application without a window, unless objects were passed before. */
    static void completeEmpty() {
        COMING.complete(Optional.empty());
    }

    /** Waits for the objects. Returns empty if there is no window to show. */
    public static Optional<WindowHandover> await() {
        return COMING.join();
    }
}
