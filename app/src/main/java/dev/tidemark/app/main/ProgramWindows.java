package dev.tidemark.app.main;

import dev.tidemark.app.fx.Background;
import dev.tidemark.app.fx.FxExecutor;
import dev.tidemark.app.fx.Look;
import dev.tidemark.app.launcher.Composition;
import dev.tidemark.app.launcher.Wish;
import dev.tidemark.app.model.Writes;
import dev.tidemark.app.quickadd.QuickAddViewModel;
import dev.tidemark.app.quickadd.QuickAddWindow;
import dev.tidemark.app.trouble.Trouble;
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
    private boolean closed;

    /** @param ended called when the person has closed the last of them for good */
    ProgramWindows(Composition library, Look look, Surroundings surroundings, Runnable ended) {
        this.library = library;
        this.look = look;
        this.surroundings = surroundings;
        this.ended = ended;
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
        QuickAddWindow made =
                new QuickAddWindow(new QuickAddViewModel(library.database(), writes, own, surroundings.ending()), look);
        quick = made;
        made.whenClosed(() -> {
            quick = null;
            own.close();
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

    /** Saves what was typed and closes them all. Closing twice does nothing. */
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
