package dev.tidemark.app.shell;

import dev.tidemark.app.context.AppContext;
import dev.tidemark.app.errors.ErrorReport;
import dev.tidemark.app.fx.FirstFrame;
import dev.tidemark.app.fx.FxExecutor;
import dev.tidemark.app.fx.SerialTaskRunner;
import dev.tidemark.app.fx.ThemeManager;
import dev.tidemark.app.fx.UnsavedTexts;
import dev.tidemark.app.launcher.LaunchRequest;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.app.model.TransactionRunner;
import dev.tidemark.app.quickadd.QuickAddViewModel;
import dev.tidemark.app.quickadd.QuickAddWindow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/** Creates, shows and closes the main window and the quick-add window of an open library. For the JavaFX thread. */
final class AppWindows implements AutoCloseable {
    private final AppContext library;
    private final ThemeManager themes;
    private final PlatformServices services;
    private final Runnable ended;
    private @Nullable MainWindow main;
    private @Nullable QuickAddWindow quick;
    private final List<QuickLines> quickLines = new ArrayList<>();
    private final UnsavedTextsFile unsavedFile;
    private boolean closed;

    /**
     * The unsaved lines that the user typed into a quick-add window, and the thread that saves them. The window may be
     * closed already.
     */
    private record QuickLines(SerialTaskRunner thread, UnsavedTexts texts) {
        boolean areSaved() {
            return thread.isTerminated() && texts.remaining().isEmpty();
        }
    }

    /** @param ended called when the user closed the last window */
    AppWindows(AppContext library, ThemeManager themes, PlatformServices services, Runnable ended) {
        this.library = library;
        this.themes = themes;
        this.services = services;
        this.ended = ended;
        unsavedFile = new UnsavedTextsFile(library.folders().data(), services.clock());
    }

    /** Shows the window that a request asks for. */
    void handle(LaunchRequest request) {
        switch (request) {
            case LaunchRequest.Window it -> shown(false);
            case LaunchRequest.Background it -> running();
            case LaunchRequest.NewItem it -> shown(true).focusQuickAdd();
            case LaunchRequest.QuickAdd it -> quickAdd(it.typed());
            case LaunchRequest.Import it -> showWithoutWelcome(true).openImport(it.file());
        }
    }

    /** Returns the main window. If there is none, creates one without showing it. */
    private MainWindow running() {
        MainWindow running = main;
        if (running == null) {
            running = create();
            running.begin();
        }
        return running;
    }

    /** @param inInbox whether a new window starts with the Inbox instead of the last view */
    private MainWindow shown(boolean inInbox) {
        MainWindow before = main;
        MainWindow shown = showWithoutWelcome(inInbox);
        if (before == null) {
            shown.welcomeIfNew();
        }
        return shown;
    }

    /** Shows the main window without the welcome card. */
    private MainWindow showWithoutWelcome(boolean inInbox) {
        MainWindow shown = main;
        if (shown == null) {
            shown = create();
            if (inInbox) {
                shown.showInbox();
            } else {
                shown.show();
            }
            FirstFrame.log();
        } else {
            shown.bringToFront();
        }
        return shown;
    }

    private MainWindow create() {
        MainWindow created = new MainWindow(library, themes, new Stage(), services);
        main = created;
        created.stage().setOnHidden(event -> {
            if (created.isClosed()) {
                exitUnlessClosing();
            }
        });
        return created;
    }

    private void quickAdd(String typed) {
        if (quick != null) {
            quick.bringToFront();
            return;
        }
        SerialTaskRunner runner = SerialTaskRunner.onThread("quick-add", FxExecutor.INSTANCE);
        // Uses the undo stack of an existing main window, so that the user can undo the new item there.
        TransactionRunner writes = main == null
                ? TransactionRunner.of(library.database(), library.clock())
                : main.model().writes();
        QuickAddViewModel model = new QuickAddViewModel(
                library.database(), writes, runner, services.clock(), services.fatalErrorHandler());
        quickLines.removeIf(QuickLines::areSaved);
        quickLines.add(new QuickLines(runner, model.unsaved()));
        QuickAddWindow created = new QuickAddWindow(model, themes, () -> {
            quick = null;
            model.unsaved().close();
            runner.shutdown();
            if (main == null) {
                exitUnlessClosing();
            }
        });
        quick = created;
        created.open(typed);
    }

    private void exitUnlessClosing() {
        if (!closed) {
            ended.run();
        }
    }

    void show(ErrorReport report) {
        if (main != null) {
            main.show(report);
        } else if (quick != null) {
            quick.showMessage(report.sentence() + " " + report.code(), true);
        }
    }

    /** Returns the requests that would reopen the current windows, with the typed quick-add line. */
    List<LaunchRequest> openRequests() {
        List<LaunchRequest> openRequests = new ArrayList<>();
        if (main != null) {
            openRequests.add(new LaunchRequest.Window());
        }
        if (quick != null) {
            openRequests.add(new LaunchRequest.QuickAdd(quick.typed()));
        }
        return openRequests;
    }

    /**
     * Writes the unsaved texts to the {@link UnsavedTextsFile}. Replaces the texts that an earlier call wrote.
     *
     * @return the problem to show: unsaved texts, or the first failure after the main window was closed; {@code null}
     *     if everything is saved
     */
    @Nullable
    Throwable saveUnsavedTexts() {
        List<UnsavedTexts.Unsaved> left = new ArrayList<>();
        if (main != null) {
            left.addAll(main.model().unsaved());
        }
        quickLines.forEach(each -> left.addAll(each.texts().remaining()));
        ProblemException unsaved = unsavedFile.write(left);
        return unsaved != null || main == null ? unsaved : main.model().failureAfterClose();
    }

    /** Waits without a time limit until all queued writes are done. Do not call this method on the JavaFX thread. */
    void drain() throws InterruptedException {
        for (QuickLines each : List.copyOf(quickLines)) {
            each.thread().drain();
        }
        if (main != null) {
            main.drain();
        }
    }

    /**
     * Ends the threads. Call this method after {@link #close}.
     *
     * @param limit the maximum wait for each thread that writes
     */
    void end(Duration limit) {
        quickLines.forEach(each -> each.thread().close(limit));
        if (main != null) {
            main.end(limit);
        }
    }

    @Nullable
    MainWindow main() {
        return main;
    }

    @Nullable
    QuickAddWindow quick() {
        return quick;
    }

    /** Saves the typed texts and closes all windows. Closing twice has no effect. */
    @Override
    public void close() {
        closed = true;
        if (quick != null) {
            quick.close();
        }
        if (main != null) {
            main.quit();
        }
    }
}
