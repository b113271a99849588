package dev.tidemark.app.launcher;

import dev.tidemark.app.model.ProblemException;
import java.util.logging.Logger;
import javafx.application.Application;

/** The only class of this package that touches JavaFX. */
final class WindowToolkit {
    /** Named, as this package is below that of the window. */
    private static final String APPLICATION = "dev.tidemark.app.main.TidemarkApplication";

    /** Held, because loggers that nobody holds forget their filter. */
    private static final Logger JAVAFX = Logger.getLogger("javafx");

    private WindowToolkit() {}

    /** Runs the application until its last window is closed. */
    static void run() {
        // It warns of the class path, which is where we want it; other warnings stay.
        JAVAFX.setFilter(entry -> !String.valueOf(entry.getMessage()).startsWith("Unsupported JavaFX configuration"));
        try {
            Application.launch(Class.forName(APPLICATION).asSubclass(Application.class));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("The window is part of the program", e);
        } catch (UnsupportedOperationException e) {
            throw new ProblemException(e, "window.display");
        } catch (UnsatisfiedLinkError e) {
            throw new ProblemException(e, "window.libraries");
        }
    }
}
