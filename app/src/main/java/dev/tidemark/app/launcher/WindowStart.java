package dev.tidemark.app.launcher;

import dev.tidemark.app.cli.PlainText;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.app.model.Sentences;
import dev.tidemark.app.settings.ProfileFolders;
import dev.tidemark.engine.TidemarkException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the window, unless the profile has one already, which then comes forward. */
final class WindowStart {
    private static final Logger LOG = LoggerFactory.getLogger(WindowStart.class);

    private static final String PLATFORM = "glass.platform";

    private WindowStart() {}

    /**
     * Returns when the window has been closed.
     *
     * @return the exit code
     */
    static int open(ProfileFolders folders, PrintWriter errors) {
        try {
            folders.create();
            Optional<SingleInstance> instance = SingleInstance.acquire(folders.data());
            if (instance.isEmpty()) {
                return 0;
            }
            try (SingleInstance hold = instance.get();
                    Composition composition = Composition.of(folders)) {
                requireDisplay();
                composition.database();
                WindowHandover.give(new WindowHandover(composition, hold));
                WindowToolkit.run();
            }
            return 0;
        } catch (ProblemException e) {
            LOG.warn("The window cannot be opened: {}", e.key());
            fail(e, errors);
        } catch (TidemarkException e) {
            LOG.warn("The window cannot be opened", e);
            fail(e, errors);
        } catch (RuntimeException e) {
            LOG.error("The window failed unexpectedly", e);
            fail(new ProblemException(e, "window.unexpected", folders.logs()), errors);
        }
        return 1;
    }

    /** Says it where scripts look, then in a window, for those who started it from a menu. */
    private static void fail(RuntimeException problem, PrintWriter errors) {
        String sentence = PlainText.line(Sentences.of(problem));
        errors.println(sentence);
        errors.flush();
        // Where nobody sees a window, nobody could close it.
        if (hasDisplay() && System.getProperty(PLATFORM) == null) {
            WindowToolkit.showFailure(sentence);
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
