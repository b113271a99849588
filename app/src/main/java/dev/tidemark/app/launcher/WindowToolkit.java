package dev.tidemark.app.launcher;

import dev.tidemark.app.model.ProblemException;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Logger;
import javafx.application.Application;

/** Starts JavaFX. No other class of this package uses JavaFX. Thread-safe. */
final class WindowToolkit {
    /** The class is loaded by its name, because this package must not depend on the shell. */
    private static final String APPLICATION = "dev.tidemark.app.shell.TidemarkApplication";

    /** This strong reference is needed because a logger loses its filter when it is garbage-collected. */
    private static final Logger JAVAFX = Logger.getLogger("javafx");

    private WindowToolkit() {}

    /**
     * Starts JavaFX, the slowest part of the start, on a thread of its own. The application waits for its {@link
     * WindowHandover}. This class does not log before that, because the log may not exist yet.
     *
     * @return a future that ends with the application. It fails with a {@link ProblemException} if no window can be
     *     shown on this system
     */
    static CompletableFuture<?> begin() {
        return Futures.start("toolkit", () -> {
            run();
            return true;
        });
    }

    private static void run() {
        // Drops the warning that JavaFX is on the class path, because it is there by intention.
        JAVAFX.setFilter(entry -> !String.valueOf(entry.getMessage()).startsWith("Unsupported JavaFX configuration"));
        try {
            Application.launch(Class.forName(APPLICATION).asSubclass(Application.class));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("The application class is part of the program", e);
        } catch (UnsupportedOperationException e) {
            throw new ProblemException(e, "window.display");
        } catch (UnsatisfiedLinkError e) {
            throw new ProblemException(e, "window.libraries");
        }
    }
}
