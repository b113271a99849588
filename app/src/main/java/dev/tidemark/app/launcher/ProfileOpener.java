package dev.tidemark.app.launcher;

import dev.tidemark.app.context.AppContext;
import dev.tidemark.app.diagnostics.Diagnostics;
import dev.tidemark.app.format.TerminalSanitizer;
import dev.tidemark.app.model.ErrorMessages;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.app.settings.ProfileFolders;
import dev.tidemark.engine.problem.TidemarkException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a profile for its window, and closes the profile. If opening fails, the user can retry. This process keeps the
 * lock on the profile meanwhile, so that no second window reports the same problem. Thread-safe.
 */
public final class ProfileOpener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProfileOpener.class);

    private final ProfileFolders folders;
    private final PrintWriter errors;
    private final Object lock = new Object();
    private @Nullable SingleInstance instance;
    private @Nullable AppContext composition;
    private @Nullable CompletableFuture<Boolean> opening;
    private final LaunchRequest first;
    private @Nullable Consumer<LaunchRequest> requestListener;
    private volatile @Nullable Runnable onQuit;
    private boolean opened;

    /** @param errors receives failures, which a window may show as well */
    public ProfileOpener(ProfileFolders folders, PrintWriter errors, LaunchRequest first) {
        this.first = first;
        this.folders = folders;
        this.errors = errors;
    }

    public ProfileFolders folders() {
        return folders;
    }

    /**
     * Acquires the profile for this process.
     *
     * @return false if another process has the profile and has received the request
     * @throws ProblemException if the profile's folder cannot be used
     */
    boolean acquire() {
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

    /** Starts {@link #open} on a thread of its own, while JavaFX starts. */
    void openInBackground() {
        if (opening != null) {
            return;
        }
        opening = Futures.start("open", () -> tryToOpen().isPresent());
    }

    /** Makes the next {@link #open} throw this failure of {@link #acquire}. */
    void failNextOpen(ProblemException failure) {
        opening = CompletableFuture.failedFuture(failure);
    }

    /**
     * Opens the profile. Waits for {@link #openInBackground} if that has begun.
     *
     * @return the services of the profile, which this object closes; empty if another process has the profile and has
     *     received the request
     * @throws ProblemException if the profile's folder or settings cannot be used
     * @throws TidemarkException if the profile's database cannot be opened
     */
    public Optional<AppContext> open() {
        CompletableFuture<Boolean> first = opening;
        opening = null;
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
            if (!acquire()) {
                return Optional.empty();
            }
            AppContext created = AppContext.of(folders);
            try {
                created.settings().read();
                created.restorePlannedBackup();
                created.database();
            } catch (Throwable e) {
                created.close();
                throw e;
            }
            composition = created;
            opened = true;
            return Optional.of(created);
        }
    }

    /** Whether the profile was opened at least once. */
    boolean wasOpened() {
        synchronized (lock) {
            return opened;
        }
    }

    /** Reports on standard error and in the log why no window opens. */
    public void printError(Throwable failure) {
        if (failure instanceof ProblemException known) {
            LOG.warn("The window cannot be opened", known);
        } else if (failure instanceof TidemarkException known) {
            LOG.warn("The library cannot be opened, or had to be closed", known);
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
     * Sets the listener for later starts of the program with this profile.
     *
     * @param action receives the requests of later starts, on another thread
     */
    public void setRequestListener(Consumer<LaunchRequest> action) {
        synchronized (lock) {
            requestListener = action;
            if (instance != null) {
                instance.setListener(action);
            }
        }
    }

    /** Accepts no more requests. A later start waits until this process has released the profile. */
    public void stopDelivering() {
        synchronized (lock) {
            if (instance != null) {
                instance.stopDelivering();
            }
        }
    }

    /** Returns the diagnostics of the profile. Does not open the profile. */
    public Diagnostics diagnostics() {
        synchronized (lock) {
            try (AppContext unopened = AppContext.of(folders)) {
                return composition == null ? unopened.diagnostics() : composition.diagnostics();
            }
        }
    }

    /**
     * Sets the action that ends the program as if the user had closed it.
     *
     * @param action the action. It is called on another thread and must return at once
     */
    public void onQuit(Runnable action) {
        onQuit = action;
    }

    void quit() {
        Runnable action = onQuit;
        if (action != null) {
            action.run();
        }
    }

    public LaunchRequest first() {
        return first;
    }

    /** Closes the services of the profile. {@link #open} opens them again. */
    public void closeLibrary() {
        synchronized (lock) {
            if (composition != null) {
                AppContext ended = composition;
                composition = null;
                ended.close();
            }
        }
    }

    /** Closes the services of the profile and releases the lock on the profile. Closing twice does nothing. */
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
