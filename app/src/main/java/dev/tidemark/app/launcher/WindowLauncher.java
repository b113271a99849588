package dev.tidemark.app.launcher;

import dev.tidemark.app.diagnostics.LogFile;
import dev.tidemark.app.errors.UncaughtErrors;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.app.settings.SettingsFile;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Opens the requested window, or sends the request to the process that has the profile. */
final class WindowLauncher {
    /** If a signal ends the process, the exit code is this number plus the signal's number. */
    private static final int SIGNALLED = 128;

    private static final String PLATFORM = "glass.platform";

    private WindowLauncher() {}

    /**
     * Runs the program until the window is closed. If the system terminates the process with a signal, the program
     * saves typed texts, syncs the last changes and closes the database, as when the user quits.
     *
     * @return the exit code: 0 if the library was opened, or another process handles the request
     */
    static int open(LaunchArguments start, PrintWriter errors) {
        Optional<CompletableFuture<?>> toolkit = hasDisplay() ? Optional.of(WindowToolkit.begin()) : Optional.empty();
        try {
            return open(start, errors, toolkit);
        } finally {
            // Also after an exception, because an application that waits for the profile would keep the process alive.
            WindowHandover.completeEmpty();
        }
    }

    private static int open(LaunchArguments start, PrintWriter errors, Optional<CompletableFuture<?>> toolkit) {
        LogFile.forWindow(start.folders().logs());
        // This is early enough, because the application shows no text before it receives the profile.
        LanguageSetup.use(new SettingsFile(start.folders().settings()));
        UncaughtErrors uncaught = new UncaughtErrors();
        Thread.setDefaultUncaughtExceptionHandler(uncaught);
        AtomicInteger signal = new AtomicInteger();
        try (ProfileOpener opening = new ProfileOpener(start.folders(), errors, start.request())) {
            // Without signal handlers, the shutdown hook closes the database.
            Runtime.getRuntime().addShutdownHook(new Thread(opening::close, "end"));
            TerminationSignal.listen(number -> {
                signal.set(number);
                opening.quit();
            });
            try {
                if (isOpenElsewhere(opening)) {
                    WindowHandover.completeEmpty();
                    toolkit.ifPresent(Futures::await);
                    return 0;
                }
                // Without a display, JavaFX would print a stack trace instead of this problem.
                CompletableFuture<?> started = toolkit.orElseThrow(() -> new ProblemException("window.display"));
                opening.openInBackground();
                WindowHandover.complete(new WindowHandover(opening, uncaught));
                Futures.await(started);
            } catch (RuntimeException e) {
                opening.printError(e);
                return 1;
            }
            return signal.get() > 0 ? SIGNALLED + signal.get() : opening.wasOpened() ? 0 : 1;
        }
    }

    /**
     * Whether another process has the profile. If this cannot be found out and a window can open, the window shows the
     * problem.
     */
    private static boolean isOpenElsewhere(ProfileOpener opening) {
        try {
            return !opening.acquire();
        } catch (ProblemException e) {
            if (!hasDisplay()) {
                throw e;
            }
            opening.failNextOpen(e);
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
