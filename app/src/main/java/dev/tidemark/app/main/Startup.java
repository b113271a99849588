package dev.tidemark.app.main;

import dev.tidemark.app.fx.Background;
import dev.tidemark.app.fx.FxDelays;
import dev.tidemark.app.fx.FxExecutor;
import dev.tidemark.app.fx.Look;
import dev.tidemark.app.launcher.Composition;
import dev.tidemark.app.launcher.ProfileOpening;
import dev.tidemark.app.reminder.Notifier;
import dev.tidemark.app.trouble.Trouble;
import dev.tidemark.app.trouble.TroubleHelp;
import dev.tidemark.app.trouble.TroubleWindow;
import dev.tidemark.app.trouble.UncaughtErrors;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From the start of JavaFX to the main window: the library is opened aside, and where something is in the way, a window
 * says what and offers to try again. There is a whole main window or none. For the JavaFX thread.
 */
final class Startup implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Startup.class);

    /** After that, something is to be seen. */
    private static final Duration SILENCE = Duration.ofMillis(1500);

    private final ProfileOpening opening;
    private final UncaughtErrors uncaught;
    private final Look look;
    private final Surroundings surroundings;
    private final Background background = Background.onThread("start", FxExecutor.INSTANCE);
    private final Runnable exit;
    private final FxDelays delays = new FxDelays();
    private final TroubleHelp help;
    private @Nullable MainWindow window;
    private @Nullable TroubleWindow trouble;

    /** @param exit ends the program, after {@link #close} */
    Startup(
            ProfileOpening opening,
            UncaughtErrors uncaught,
            Look look,
            Consumer<URI> opener,
            Notifier notifier,
            Runnable exit) {
        this.exit = exit;
        this.look = look;
        this.opening = opening;
        this.uncaught = uncaught;
        surroundings = new Surroundings(opener, notifier, this::end);
        help = new TroubleHelp(
                opening::diagnostics, opening.folders().logs(), folder -> opener.accept(folder.toUri()), background);
    }

    /** Opens the library, and then the window, unless it is to stay in the background. */
    void begin() {
        opening.onShow(() -> FxExecutor.INSTANCE.execute(this::comeForward));
        opening.onQuit(() -> FxExecutor.INSTANCE.execute(this::quit));
        attempt();
    }

    /** Saves and ends, whatever closing the window means. */
    private void quit() {
        close();
        exit.run();
    }

    private void attempt() {
        var waiting = delays.after(SILENCE, () -> troubleWindow().showWaiting());
        background.run(
                opening::open,
                opened -> {
                    waiting.cancel();
                    show(opened);
                },
                failure -> {
                    waiting.cancel();
                    fail(failure, false);
                });
    }

    private void show(Optional<Composition> opened) {
        if (opened.isEmpty()) {
            LOG.info("Another window of the profile came forward");
            exit.run();
            return;
        }
        try {
            look.use(opened.get().settings().read());
            MainWindow made = new MainWindow(opened.get(), look, new Stage(), surroundings);
            window = made;
            made.stage().setOnHidden(event -> exitIfClosed(made));
            if (opening.isInBackground()) {
                made.begin();
            } else {
                made.show();
                made.welcomeNewcomer();
                FirstFrame.await();
            }
            uncaught.showWith(each -> FxExecutor.INSTANCE.execute(() -> made.show(each)));
        } catch (RuntimeException e) {
            end(e);
            return;
        }
        if (trouble != null) {
            trouble.close();
            trouble = null;
        }
    }

    private void exitIfClosed(MainWindow hidden) {
        if (hidden.isClosed() && hidden.equals(window)) {
            exit.run();
        }
    }

    /** The library cannot go on: what is typed is saved as far as that is possible, then a page takes the window's place. */
    private void end(Throwable failure) {
        MainWindow ended = window;
        window = null;
        uncaught.keep();
        if (ended != null) {
            troubleWindow().showWaiting();
            try {
                ended.quit();
            } catch (RuntimeException e) {
                failure.addSuppressed(e);
            }
        }
        background.run(
                () -> {
                    opening.closeLibrary();
                    return true;
                },
                closed -> fail(failure, ended != null),
                also -> {
                    failure.addSuppressed(also);
                    fail(failure, ended != null);
                });
    }

    private void fail(Throwable failure, boolean wasOpen) {
        opening.tell(failure);
        troubleWindow().show(Trouble.of(failure), wasOpen);
    }

    private TroubleWindow troubleWindow() {
        TroubleWindow shown = trouble;
        if (shown == null) {
            shown = new TroubleWindow(look, help, () -> {
                troubleWindow().showWaiting();
                attempt();
            });
            shown.stage().setOnHidden(event -> {
                if (window == null) {
                    exit.run();
                }
            });
            trouble = shown;
        }
        return shown;
    }

    /** Brings what there is before all other windows. */
    private void comeForward() {
        if (window != null) {
            window.comeForward();
        } else if (trouble != null) {
            trouble.stage().toFront();
        }
    }

    /** The window about a trouble, while there is one. */
    @Nullable
    TroubleWindow trouble() {
        return trouble;
    }

    /** The main window, while there is one. */
    @Nullable
    MainWindow window() {
        return window;
    }

    /** Saves what was typed. Closing twice does nothing. */
    @Override
    public void close() {
        if (window != null) {
            window.quit();
        }
        background.close();
    }
}
