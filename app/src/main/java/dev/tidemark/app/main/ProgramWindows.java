package dev.tidemark.app.main;

import dev.tidemark.app.fx.Background;
import dev.tidemark.app.fx.FxExecutor;
import dev.tidemark.app.fx.Look;
import dev.tidemark.app.fx.UnsavedTexts;
import dev.tidemark.app.launcher.Composition;
import dev.tidemark.app.launcher.Wish;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.app.model.Writes;
import dev.tidemark.app.quickadd.QuickAddViewModel;
import dev.tidemark.app.quickadd.QuickAddWindow;
import dev.tidemark.app.trouble.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/** The windows of an open library: the main one, once it is wanted, and the one for quick add. For the JavaFX thread. */
final class ProgramWindows implements AutoCloseable {
    private final Composition library;
    private final Look look;
    private final Surroundings surroundings;
    private final Runnable ended;
    private @Nullable MainWindow main;
    private @Nullable QuickAddWindow quick;
    private final List<QuickLines> quickLines = new ArrayList<>();
    private final UnsavedFile unsavedFile;
    private boolean closed;

    /**
     * What was typed into a window for quick add, which may be closed.
     *
     * @param thread where it is saved
     */
    private record QuickLines(Background thread, UnsavedTexts texts) {
        boolean areSaved() {
            return thread.isTerminated() && texts.left().isEmpty();
        }
    }

    /** @param ended called when the person has closed the last of them for good */
    ProgramWindows(Composition library, Look look, Surroundings surroundings, Runnable ended) {
        this.library = library;
        this.look = look;
        this.surroundings = surroundings;
        this.ended = ended;
        unsavedFile = new UnsavedFile(library.folders().data());
    }

    /** Shows what is wished. */
    void fulfil(Wish wish) {
        switch (wish) {
            case Wish.Window it -> shown(false);
            case Wish.Background it -> running();
            case Wish.NewItem it -> shown(true).focusQuickAdd();
            case Wish.QuickAdd it -> quickAdd(it.typed());
            case Wish.Import it -> unasked(true).openImport(it.file());
        }
    }

    /** The main window, at work but perhaps not to be seen. */
    private MainWindow running() {
        MainWindow running = main;
        if (running == null) {
            running = make();
            running.begin();
        }
        return running;
    }

    /** @param inInbox whether one that is not there yet begins in the Inbox, whatever was shown last */
    private MainWindow shown(boolean inInbox) {
        MainWindow before = main;
        MainWindow shown = unasked(inInbox);
        if (before == null) {
            shown.welcomeNewcomer();
        }
        return shown;
    }

    /** The main window, without asking who is new here how to begin. */
    private MainWindow unasked(boolean inInbox) {
        MainWindow shown = main;
        if (shown == null) {
            shown = make();
            if (inInbox) {
                shown.showInbox();
            } else {
                shown.show();
            }
            FirstFrame.log();
        } else {
            shown.comeForward();
        }
        return shown;
    }

    private MainWindow make() {
        MainWindow made = new MainWindow(library, look, new Stage(), surroundings);
        main = made;
        made.stage().setOnHidden(event -> {
            if (made.isClosed()) {
                endUnlessClosing();
            }
        });
        return made;
    }

    private void quickAdd(String typed) {
        if (quick != null) {
            quick.comeForward();
            return;
        }
        Background own = Background.onThread("quick-add", FxExecutor.INSTANCE);
        // What is added while the main window is at work can be taken back there.
        Writes writes =
                main == null ? Writes.into(library.database()) : main.model().writes();
        QuickAddViewModel model = new QuickAddViewModel(library.database(), writes, own, surroundings.ending());
        quickLines.removeIf(QuickLines::areSaved);
        quickLines.add(new QuickLines(own, model.unsaved()));
        QuickAddWindow made = new QuickAddWindow(model, look);
        quick = made;
        made.whenClosed(() -> {
            quick = null;
            model.unsaved().close();
            own.shutdown();
            if (main == null) {
                endUnlessClosing();
            }
        });
        made.open(typed);
    }

    private void endUnlessClosing() {
        if (!closed) {
            ended.run();
        }
    }

    /** Says that something happened which nobody expected. */
    void show(Trouble trouble) {
        if (main != null) {
            main.show(trouble);
        } else if (quick != null) {
            quick.say(trouble.sentence() + " " + trouble.code(), true);
        }
    }

    /** What brings back what is open now, with what was typed for quick add. */
    List<Wish> present() {
        List<Wish> present = new ArrayList<>();
        if (main != null) {
            present.add(new Wish.Window());
        }
        if (quick != null) {
            present.add(new Wish.QuickAdd(quick.typed()));
        }
        return present;
    }

    /**
     * Writes into the file for them the texts that are not saved by now, and no others.
     *
     * @return what to tell of them, or of what else failed after the main window was closed; {@code null} if all is saved
     */
    @Nullable
    Throwable keepUnsaved() {
        List<UnsavedTexts.Unsaved> left = new ArrayList<>();
        if (main != null) {
            left.addAll(main.model().unsaved());
        }
        quickLines.forEach(each -> left.addAll(each.texts().left()));
        ProblemException unsaved = unsavedFile.keep(left);
        return unsaved != null || main == null ? unsaved : main.model().late();
    }

    /** Waits, however long it takes, for what is queued for the database. Not for the JavaFX thread. */
    void drain() throws InterruptedException {
        for (QuickLines each : List.copyOf(quickLines)) {
            each.thread().drain();
        }
        if (main != null) {
            main.drain();
        }
    }

    /** Ends the threads after {@link #close}, each that writes within this time at most. */
    void end(Duration limit) {
        quickLines.forEach(each -> each.thread().close(limit));
        if (main != null) {
            main.end(limit);
        }
    }

    /** The main window, once it is there. */
    @Nullable
    MainWindow main() {
        return main;
    }

    /** The window for quick add, while it is there. */
    @Nullable
    QuickAddWindow quick() {
        return quick;
    }

    /** Has saved what was typed and closes them all. Closing twice does nothing. */
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
