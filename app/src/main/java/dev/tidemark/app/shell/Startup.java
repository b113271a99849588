package dev.tidemark.app.shell;

import dev.tidemark.app.backup.Backups;
import dev.tidemark.app.context.AppContext;
import dev.tidemark.app.errors.ErrorHelp;
import dev.tidemark.app.errors.ErrorReport;
import dev.tidemark.app.errors.ErrorWindow;
import dev.tidemark.app.errors.UncaughtErrors;
import dev.tidemark.app.fx.FxExecutor;
import dev.tidemark.app.fx.Scheduler;
import dev.tidemark.app.fx.SerialTaskRunner;
import dev.tidemark.app.fx.ThemeManager;
import dev.tidemark.app.launcher.LaunchRequest;
import dev.tidemark.app.launcher.ProfileOpener;
import dev.tidemark.app.print.SystemPrintService;
import dev.tidemark.app.quickadd.QuickAddWindow;
import dev.tidemark.app.reminder.Notifier;
import dev.tidemark.app.repair.Damage;
import dev.tidemark.app.repair.LibraryRebuild;
import dev.tidemark.app.repair.RecoveryPanel;
import dev.tidemark.app.repair.RecoveryViewModel;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the library in the background, then shows the requested windows. If the library cannot be opened, shows the
 * reason in an error window that offers a retry. For the JavaFX thread.
 */
final class Startup implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Startup.class);

    /** The time after which a window tells the user that the library is being opened. */
    private static final Duration OPENING_NOTICE_DELAY = Duration.ofMillis(1500);

    /** The time after which a window tells the user that texts are being saved. */
    private static final Duration SAVING_NOTICE_DELAY = Duration.ofSeconds(1);

    /** The longest wait for the writes of each thread when the program ends. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final ProfileOpener opening;
    private final UncaughtErrors uncaught;
    private final ThemeManager themes;
    private final PlatformServices services;
    private final SerialTaskRunner background = SerialTaskRunner.onThread("start", FxExecutor.INSTANCE);
    private final Runnable exit;
    private final Scheduler delays = FxExecutor.INSTANCE;
    private final ErrorHelp help;
    private final List<LaunchRequest> pendingRequests = new ArrayList<>();
    private @Nullable AppWindows windows;
    private @Nullable AppWindows closingWindows;
    private @Nullable ErrorWindow errorWindow;
    private Scheduler.ScheduledTask slow = () -> {};
    private boolean quits;

    /** @param exit ends the program, which calls {@link #close} */
    Startup(
            ProfileOpener opening,
            UncaughtErrors uncaught,
            ThemeManager themes,
            Consumer<URI> opener,
            Notifier notifier,
            Runnable exit) {
        this.exit = exit;
        this.themes = themes;
        this.opening = opening;
        this.uncaught = uncaught;
        services = new PlatformServices(
                opener, notifier, new SystemPrintService(), () -> ZonedDateTime.now(ZoneId.systemDefault()), this::end);
        help = new ErrorHelp(
                opening::diagnostics, opening.folders().logs(), folder -> opener.accept(folder.toUri()), background);
    }

    /** Opens the library, then handles the first request. */
    void begin() {
        pendingRequests.add(opening.first());
        opening.setRequestListener(request -> FxExecutor.INSTANCE.execute(() -> handle(request)));
        opening.onQuit(() -> FxExecutor.INSTANCE.execute(this::quit));
        attempt();
    }

    /** Saves all texts and ends the program, even if the settings keep the program running in the background. */
    private void quit() {
        quits = true;
        if (closingWindows == null) {
            exitWhenSaved();
        }
    }

    /**
     * Called when the last window closed or the user quits. Saves everything, then ends the program. If a new request
     * arrives meanwhile, opens the library again instead.
     */
    private void exitWhenSaved() {
        AppWindows left = windows;
        if (left == null) {
            exit.run();
            return;
        }
        List<LaunchRequest> openRequests = left.openRequests();
        close(left, problem -> {
            if (problem != null && !quits) {
                pendingRequests.addAll(openRequests.isEmpty() ? List.of(new LaunchRequest.Window()) : openRequests);
                closeLibrary(problem, true);
                return;
            }
            if (problem != null) {
                opening.printError(problem);
            }
            if (pendingRequests.isEmpty() || quits) {
                opening.stopDelivering();
                exit.run();
            } else {
                attempt();
            }
        });
    }

    /**
     * Closes the windows and waits in the background until their writes are done. The wait needs no time limit, because
     * the engine gives up a write after its lock timeout.
     *
     * @param then receives the problem to show; {@code null} if everything is saved
     */
    private void close(AppWindows ended, Consumer<@Nullable Throwable> then) {
        windows = null;
        closingWindows = ended;
        uncaught.removeListener();
        try {
            ended.close();
        } catch (RuntimeException e) {
            LOG.error("A window could not be closed normally", e);
        }
        slow = delays.schedule(SAVING_NOTICE_DELAY, () -> {
            // The system may end the process before everything is saved.
            ended.saveUnsavedTexts();
            openErrorWindow().showSaving();
        });
        Consumer<Object> saved = done -> {
            if (closingWindows == ended) {
                slow.cancel();
                closingWindows = null;
                then.accept(ended.saveUnsavedTexts());
            }
        };
        // Drains twice, because callbacks of the first drain queue more writes. For example, a file is copied and then
        // attached.
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
        var waiting =
                delays.schedule(OPENING_NOTICE_DELAY, () -> openErrorWindow().showWaiting());
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

    private void show(Optional<AppContext> opened) {
        if (opened.isEmpty()) {
            LOG.info("Another process has the profile and handles the request");
            exit.run();
            return;
        }
        try {
            themes.applySettings(opened.get().settings().read());
            AppWindows created = new AppWindows(opened.get(), themes, services, this::exitWhenSaved);
            windows = created;
            pendingRequests.forEach(created::handle);
            pendingRequests.clear();
            uncaught.setListener(each -> FxExecutor.INSTANCE.execute(() -> created.show(each)));
        } catch (RuntimeException e) {
            end(e);
            return;
        }
        if (errorWindow != null) {
            errorWindow.close();
            errorWindow = null;
        }
    }

    /** Passes a request to the windows, or queues it until the library is open. */
    private void handle(LaunchRequest request) {
        if (windows != null) {
            windows.handle(request);
            return;
        }
        pendingRequests.add(request);
        if (errorWindow != null) {
            errorWindow.stage().toFront();
        }
    }

    /** Closes the library after a fatal error. Saves typed texts as far as possible, then shows an error window. */
    private void end(Throwable failure) {
        AppWindows ended = windows;
        if (ended != null) {
            pendingRequests.addAll(ended.openRequests());
            openErrorWindow().showSaving();
            close(ended, unsaved -> {
                if (unsaved != null) {
                    // The main window shows this problem when the library is open again.
                    opening.printError(unsaved);
                }
                closeLibrary(failure, true);
            });
        } else if (closingWindows == null) {
            uncaught.removeListener();
            closeLibrary(failure, false);
        }
    }

    /**
     * Closes the library, which can take long, then shows the failure.
     *
     * @param failure the reason for closing
     * @param wasOpen whether the failure occurred while the library was open
     */
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
        opening.printError(failure);
        if (quits) {
            exit.run();
            return;
        }
        ErrorWindow shown = openErrorWindow();
        shown.show(ErrorReport.of(failure), wasOpen);
        if (Damage.isReasonOf(failure)) {
            offerRemedies(shown);
        }
    }

    private void offerRemedies(ErrorWindow shown) {
        Backups backups = new Backups(opening.folders(), InstantSource.system());
        RecoveryViewModel model = new RecoveryViewModel(new LibraryRebuild(backups), background);
        RecoveryPanel panel = new RecoveryPanel(model);
        model.stateProperty()
                .subscribe(state -> shown.showRemedies(
                        panel,
                        state.step() != RecoveryViewModel.Step.LOOKING
                                && state.step() != RecoveryViewModel.Step.NOTHING,
                        state.step() == RecoveryViewModel.Step.DONE));
        model.findPlan();
    }

    private ErrorWindow openErrorWindow() {
        ErrorWindow shown = errorWindow;
        if (shown == null) {
            shown = new ErrorWindow(themes, help, () -> {
                openErrorWindow().showWaiting();
                attempt();
            });
            shown.stage().setOnHidden(event -> {
                if (windows == null) {
                    exit.run();
                }
            });
            errorWindow = shown;
        }
        return shown;
    }

    @Nullable
    ErrorWindow errorWindow() {
        return errorWindow;
    }

    @Nullable
    MainWindow window() {
        return windows == null ? null : windows.main();
    }

    @Nullable
    QuickAddWindow quickAdd() {
        return windows == null ? null : windows.quick();
    }

    /** Saves the typed texts within a few seconds when JavaFX ends. Closing twice has no effect. */
    @Override
    public void close() {
        opening.stopDelivering();
        slow.cancel();
        AppWindows ended = windows == null ? closingWindows : windows;
        windows = null;
        closingWindows = null;
        if (ended != null) {
            ended.close();
            ended.end(LIMIT);
            Throwable unsaved = ended.saveUnsavedTexts();
            if (unsaved != null) {
                opening.printError(unsaved);
            }
        }
        background.close();
    }
}
