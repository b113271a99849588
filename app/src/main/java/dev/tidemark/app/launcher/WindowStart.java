package dev.tidemark.app.launcher;

import dev.tidemark.app.model.ProblemException;
import dev.tidemark.app.settings.ProfileFolders;
import dev.tidemark.app.trouble.UncaughtErrors;
import java.io.PrintWriter;
import java.util.Locale;

/** Opens the window, unless the profile has one already, which then comes forward. */
final class WindowStart {
    private static final String PLATFORM = "glass.platform";

    private WindowStart() {}

    /**
     * Returns when the window has been closed.
     *
     * @return the exit code: 0 if the library was open at some time, or another window came forward
     */
    static int open(ProfileFolders folders, PrintWriter errors) {
        UncaughtErrors uncaught = new UncaughtErrors();
        Thread.setDefaultUncaughtExceptionHandler(uncaught);
        try (ProfileOpening opening = new ProfileOpening(folders, errors)) {
            try {
                if (comesForwardElsewhere(opening)) {
                    return 0;
                }
                requireDisplay();
                opening.openAhead();
                WindowHandover.give(new WindowHandover(opening, uncaught));
                WindowToolkit.run();
            } catch (RuntimeException e) {
                opening.tell(e);
                return 1;
            }
            return opening.wasOpened() ? 0 : 1;
        }
    }

    /** What is wrong is shown in the place of the window, if there can be one. */
    private static boolean comesForwardElsewhere(ProfileOpening opening) {
        try {
            return !opening.hold();
        } catch (ProblemException e) {
            if (!hasDisplay()) {
                throw e;
            }
            opening.failedAhead(e);
            return false;
        }
    }

    /** JavaFX would say it in a stack trace. */
    private static void requireDisplay() {
        if (!hasDisplay()) {
            throw new ProblemException("window.display");
        }
    }

    private static boolean hasDisplay() {
        boolean needsX =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux")
                        && System.getProperty(PLATFORM) == null;
        String display = System.getenv("DISPLAY");
        return !needsX || (display != null && !display.isEmpty());
    }
}
