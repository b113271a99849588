package dev.tidemark.app.launcher;

import dev.tidemark.app.diagnostics.LogFile;
import dev.tidemark.app.errors.UncaughtErrors;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.app.settings.SettingsFile;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Opens what is wished, unless a program has the profile already, which then does. */
final class WindowLauncher {
    /** Programs that a signal ended have this and its number as their exit code. */
    private static final int SIGNALLED = 128;

    private static final String PLATFORM = "glass.platform";

    private WindowLauncher() {}

    /**
     * Returns when the window has been closed. A request of the system to end (SIGTERM, the end of the session) is met like the
     * person's own: what was typed is saved, what was changed last is sent, the database is closed.
     *
     * @return the exit code: 0 if the library was open at some time, or the program that has the profile does what is wished
     */
    static int open(LaunchArguments start, PrintWriter errors) {
        Optional<WindowToolkit> toolkit = hasDisplay() ? Optional.of(WindowToolkit.begin()) : Optional.empty();
        try {
            return open(start, errors, toolkit);
        } finally {
            // Whatever was thrown: an application that waited for more would keep the process for ever.
            WindowHandover.giveNothing();
        }
    }

    private static int open(LaunchArguments start, PrintWriter errors, Optional<WindowToolkit> toolkit) {
        LogFile.forWindow(start.folders().logs());
        // Early enough: the toolkit's application has no text before it is handed the profile.
        LanguageSetup.use(new SettingsFile(start.folders().settings()));
        UncaughtErrors uncaught = new UncaughtErrors();
        Thread.setDefaultUncaughtExceptionHandler(uncaught);
        AtomicInteger signal = new AtomicInteger();
        try (ProfileOpener opening = new ProfileOpener(start.folders(), errors, start.request())) {
            // Where signals are not heard, nobody may leave the database open.
            Runtime.getRuntime().addShutdownHook(new Thread(opening::close, "end"));
            TerminationSignal.listen(number -> {
                signal.set(number);
                opening.quit();
            });
            try {
                if (isOpenElsewhere(opening)) {
                    WindowHandover.giveNothing();
                    toolkit.ifPresent(WindowToolkit::await);
                    return 0;
                }
                // JavaFX would say it in a stack trace.
                WindowToolkit started = toolkit.orElseThrow(() -> new ProblemException("window.display"));
                opening.openAhead();
                WindowHandover.give(new WindowHandover(opening, uncaught));
                started.await();
            } catch (RuntimeException e) {
                opening.printError(e);
                return 1;
            }
            return signal.get() > 0 ? SIGNALLED + signal.get() : opening.wasOpened() ? 0 : 1;
        }
    }

    /** What is wrong is shown in the place of the window, if there can be one. */
    private static boolean isOpenElsewhere(ProfileOpener opening) {
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

    private static boolean hasDisplay() {
        boolean needsX =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux")
                        && System.getProperty(PLATFORM) == null;
        String display = System.getenv("DISPLAY");
        return !needsX || (display != null && !display.isEmpty());
    }
}
