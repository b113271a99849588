package dev.tidemark.app.main;

import dev.tidemark.app.fx.Background;
import dev.tidemark.app.fx.FxDelays;
import dev.tidemark.app.fx.FxExecutor;
import dev.tidemark.app.fx.Look;
import dev.tidemark.app.launcher.Composition;
import dev.tidemark.app.launcher.ProfileOpening;
import dev.tidemark.app.launcher.Wish;
import dev.tidemark.app.print.SystemPrinters;
import dev.tidemark.app.quickadd.QuickAddWindow;
import dev.tidemark.app.reminder.Notifier;
import dev.tidemark.app.trouble.Trouble;
import dev.tidemark.app.trouble.TroubleHelp;
import dev.tidemark.app.trouble.TroubleWindow;
import dev.tidemark.app.trouble.UncaughtErrors;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From the start of JavaFX to the windows that are wished for: the library is opened aside, and where something is in the way, a
 * window says what and offers to try again. There is a whole window or none. For the JavaFX thread.
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
    private final List<Wish> wishes = new ArrayList<>();
    private @Nullable ProgramWindows windows;
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
        surroundings = new Surroundings(opener, notifier, new SystemPrinters(), this::end);
        help = new TroubleHelp(
                opening::diagnostics, opening.folders().logs(), folder -> opener.accept(folder.toUri()), background);
    }

    /** Opens the library, and then what the program was started for. */
    void begin() {
        wishes.add(opening.first());
        opening.onWish(wish -> FxExecutor.INSTANCE.execute(() -> fulfil(wish)));
        opening.onQuit(() -> FxExecutor.INSTANCE.execute(this::quit));
        attempt();
    }

    /** Saves and ends, whatever closing the window means. */
    private void quit() {
        close();
        exit.run();
    }

    /** The last window is gone. A start from now on waits for the end, and then is the program. */
    private void leave() {
        opening.hearNoMore();
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
            LOG.info("Another program has the profile, and does what is wished");
            exit.run();
            return;
        }
        try {
            look.use(opened.get().settings().read());
            ProgramWindows made = new ProgramWindows(opened.get(), look, surroundings, this::leave);
            windows = made;
            wishes.forEach(made::fulfil);
            wishes.clear();
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

    /** What is wished while the library is not open is done once it is. */
    private void fulfil(Wish wish) {
        if (windows != null) {
            windows.fulfil(wish);
            return;
        }
        wishes.add(wish);
        if (trouble != null) {
            trouble.stage().toFront();
        }
    }

    /** The library cannot go on: what is typed is saved as far as that is possible, then a page takes the windows' place. */
    private void end(Throwable failure) {
        ProgramWindows ended = windows;
        windows = null;
        uncaught.keep();
        if (ended != null) {
            wishes.addAll(ended.present());
            troubleWindow().showWaiting();
            try {
                ended.close();
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
                if (windows == null) {
                    exit.run();
                }
            });
            trouble = shown;
        }
        return shown;
    }

    /** The window about a trouble, while there is one. */
    @Nullable
    TroubleWindow trouble() {
        return trouble;
    }

    /** The main window, while there is one. */
    @Nullable
    MainWindow window() {
        return windows == null ? null : windows.main();
    }

    /** The window for quick add, while there is one. */
    @Nullable
    QuickAddWindow quickAdd() {
        return windows == null ? null : windows.quick();
    }

    /** Saves what was typed. Closing twice does nothing. */
    @Override
    public void close() {
        opening.hearNoMore();
        if (windows != null) {
            windows.close();
        }
        background.close();
    }
}
