package dev.tidemark.app.launcher;

import dev.tidemark.app.context.AppContext;
import dev.tidemark.app.diagnostics.Diagnostics;
import dev.tidemark.app.format.TerminalSanitizer;
import dev.tidemark.app.model.ErrorMessages;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.app.settings.ProfileFolders;
import dev.tidemark.engine.TidemarkException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a profile for its window, once more after each failure if the person likes, and closes it. The profile stays with
 * this process meanwhile, so that there are never two windows that tell of one trouble. Thread-safe.
 */
public final class ProfileOpener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProfileOpener.class);

    private final ProfileFolders folders;
    private final PrintWriter errors;
    private final Object lock = new Object();
    private @Nullable SingleInstance instance;
    private @Nullable AppContext composition;
    private @Nullable CompletableFuture<Boolean> ahead;
    private final LaunchRequest first;
    private @Nullable Consumer<LaunchRequest> requestListener;
    private volatile @Nullable Runnable onQuit;
    private boolean opened;

    /**
     * @param errors where failures are said, beside a window
     * @param first what the program was started for
     */
    public ProfileOpener(ProfileFolders folders, PrintWriter errors, LaunchRequest first) {
        this.first = first;
        this.folders = folders;
        this.errors = errors;
    }

    /** Where the profile's files lie. */
    public ProfileFolders folders() {
        return folders;
    }

    /**
     * Becomes the program that has the profile.
     *
     * @return false if another has it, which was told what is wished
     * @throws ProblemException if the profile's folder cannot be used
     */
    boolean hold() {
        synchronized (lock) {
            if (instance == null) {
                folders.create();
                instance = SingleInstance.acquire(folders.data(), first).orElse(null);
                if (instance != null && requestListener != null) {
                    instance.setListener(requestListener);
                }
            }
            return instance != null;
        }
    }

    /** Begins with {@link #open} on a thread of its own, while JavaFX starts. */
    void openAhead() {
        if (ahead != null) {
            return;
        }
        CompletableFuture<Boolean> first = new CompletableFuture<>();
        ahead = first;
        Thread.ofPlatform().daemon().name("open").start(() -> {
            try {
                first.complete(tryToOpen().isPresent());
            } catch (Throwable e) {
                first.completeExceptionally(e);
            }
        });
    }

    /** What {@link #hold} threw is what the first {@link #open} throws. */
    void failedAhead(ProblemException failure) {
        ahead = CompletableFuture.failedFuture(failure);
    }

    /**
     * Opens the profile, or waits for what was begun.
     *
     * @return its parts, which stay this object's; empty if another program has the profile, and was told what is wished
     * @throws ProblemException if the profile's folder or settings cannot be used
     * @throws TidemarkException if its database cannot be opened
     */
    public Optional<AppContext> open() {
        CompletableFuture<Boolean> first = ahead;
        ahead = null;
        if (first != null) {
            Futures.await(first);
        }
        return tryToOpen();
    }

    private Optional<AppContext> tryToOpen() {
        synchronized (lock) {
            if (composition != null) {
                return Optional.of(composition);
            }
            if (!hold()) {
                return Optional.empty();
            }
            AppContext made = AppContext.of(folders);
            try {
                made.settings().read();
                made.database();
            } catch (Throwable e) {
                made.close();
                throw e;
            }
            composition = made;
            opened = true;
            return Optional.of(made);
        }
    }

    /** Whether it could be opened at all. */
    boolean wasOpened() {
        synchronized (lock) {
            return opened;
        }
    }

    /** Says on standard error and in the log why there is no window. */
    public void printError(Throwable failure) {
        if (failure instanceof ProblemException known) {
            LOG.warn("The window cannot be opened", known);
        } else if (failure instanceof TidemarkException known) {
            LOG.warn("The library cannot be opened, or not go on", known);
        } else {
            LOG.error("The window failed unexpectedly", failure);
        }
        errors.println(TerminalSanitizer.line(sentence(failure)));
        errors.flush();
    }

    private String sentence(Throwable failure) {
        return failure instanceof ProblemException || failure instanceof TidemarkException
                ? ErrorMessages.of(failure)
                : String.valueOf(new ProblemException(failure, "window.unexpected", folders.logs()).getMessage());
    }

    /**
     * Sets what happens when the program is started again for this profile.
     *
     * @param action takes what that start is for, on another thread
     */
    public void setRequestListener(Consumer<LaunchRequest> action) {
        synchronized (lock) {
            requestListener = action;
            if (instance != null) {
                instance.setListener(action);
            }
        }
    }

    /** Takes no more wishes: from now on, a start waits until this program has let go of the profile. */
    public void stopDelivering() {
        synchronized (lock) {
            if (instance != null) {
                instance.stopDelivering();
            }
        }
    }

    /** What those who look into a trouble need to know; opens nothing. */
    public Diagnostics diagnostics() {
        synchronized (lock) {
            try (AppContext unopened = AppContext.of(folders)) {
                return composition == null ? unopened.diagnostics() : composition.diagnostics();
            }
        }
    }

    /**
     * Sets what ends the program as if a person had closed it.
     *
     * @param action called on another thread; returns at once
     */
    public void onQuit(Runnable action) {
        onQuit = action;
    }

    /** Has the program end. */
    void quit() {
        Runnable action = onQuit;
        if (action != null) {
            action.run();
        }
    }

    /** What the program was started for. */
    public LaunchRequest first() {
        return first;
    }

    /** Closes what was opened; it can be opened again. */
    public void closeLibrary() {
        synchronized (lock) {
            if (composition != null) {
                AppContext ended = composition;
                composition = null;
                ended.close();
            }
        }
    }

    /** Closes what was opened, and lets another window have the profile. Closing twice does nothing. */
    @Override
    public void close() {
        synchronized (lock) {
            try {
                closeLibrary();
            } finally {
                if (instance != null) {
                    instance.close();
                    instance = null;
                }
            }
        }
    }
}
