package dev.tidemark.app.main;

import dev.tidemark.app.fx.Background;
import dev.tidemark.app.fx.Delays;
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

    /** After that, a window says that something is being saved. */
    private static final Duration VISIBLE_SAVING = Duration.ofSeconds(1);

    /** So long the end of JavaFX waits for what is being saved. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

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
    private @Nullable ProgramWindows leaving;
    private @Nullable TroubleWindow trouble;
    private Delays.Pending slow = () -> {};
    private boolean quits;

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
        quits = true;
        if (leaving == null) {
            leave();
        }
    }

    /** The last window is gone: the program ends once all is saved, unless a window was asked for meanwhile. */
    private void leave() {
        ProgramWindows left = windows;
        if (left == null) {
            exit.run();
            return;
        }
        List<Wish> present = left.present();
        close(left, problem -> {
            if (problem != null && !quits) {
                wishes.addAll(present.isEmpty() ? List.of(new Wish.Window()) : present);
                closeLibrary(problem, true);
                return;
            }
            if (problem != null) {
                opening.tell(problem);
            }
            if (wishes.isEmpty() || quits) {
                opening.hearNoMore();
                exit.run();
            } else {
                attempt();
            }
        });
    }

    /**
     * Closes windows and waits, not on this thread and however long it takes, for what they have to save. The engine gives up what it
     * cannot write after its lock timeout, so this ends.
     *
     * @param then takes what could not be saved; {@code null} if all is
     */
    private void close(ProgramWindows ended, Consumer<@Nullable Throwable> then) {
        windows = null;
        leaving = ended;
        uncaught.keep();
        try {
            ended.close();
        } catch (RuntimeException e) {
            LOG.error("A window could not be closed in order", e);
        }
        slow = delays.after(VISIBLE_SAVING, () -> {
            // The process may be ended before all is saved.
            ended.keepUnsaved();
            troubleWindow().showSaving();
        });
        Consumer<Object> saved = done -> {
            if (leaving == ended) {
                slow.cancel();
                leaving = null;
                then.accept(ended.keepUnsaved());
            }
        };
        // Callbacks of the first part queue the second: a file is copied, and then attached.
        background.run(
                () -> {
                    ended.drain();
                    return true;
                },
                drained -> background.run(
                        () -> {
                            ended.drain();
                            ended.end(LIMIT);
                            return true;
                        },
                        saved::accept,
                        saved::accept),
                saved::accept);
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
        if (ended != null) {
            wishes.addAll(ended.present());
            troubleWindow().showSaving();
            close(ended, unsaved -> {
                if (unsaved != null) {
                    // The window says so once more when the library is open again.
                    opening.tell(unsaved);
                }
                closeLibrary(failure, true);
            });
        } else if (leaving == null) {
            uncaught.keep();
            closeLibrary(failure, false);
        }
    }

    /** Closes it, which may take a while, and then says why. */
    private void closeLibrary(Throwable failure, boolean wasOpen) {
        background.run(
                () -> {
                    opening.closeLibrary();
                    return true;
                },
                closed -> fail(failure, wasOpen),
                also -> {
                    failure.addSuppressed(also);
                    fail(failure, wasOpen);
                });
    }

    private void fail(Throwable failure, boolean wasOpen) {
        opening.tell(failure);
        if (quits) {
            exit.run();
            return;
        }
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

    /** Saves what was typed, within some seconds: JavaFX ends, and nobody sees more. Closing twice does nothing. */
    @Override
    public void close() {
        opening.hearNoMore();
        slow.cancel();
        ProgramWindows ended = windows == null ? leaving : windows;
        windows = null;
        leaving = null;
        if (ended != null) {
            ended.close();
            ended.end(LIMIT);
            Throwable unsaved = ended.keepUnsaved();
            if (unsaved != null) {
                opening.tell(unsaved);
            }
        }
        background.close();
    }
}
