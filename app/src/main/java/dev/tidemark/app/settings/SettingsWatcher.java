package dev.tidemark.app.settings;

import dev.tidemark.app.model.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Polls the settings file four times a second, because file system events do not work on every system. */
public final class SettingsWatcher implements AutoCloseable {
    private static final long PERIOD_MILLIS = 250;

    private final SettingsFile settings;
    private final Path file;
    private final Executor executor;
    private final Consumer<Settings> listener;
    private final Consumer<ProblemException> onProblem;
    private final CountDownLatch closed = new CountDownLatch(1);
    private String seen;

    SettingsWatcher(
            SettingsFile settings,
            Path file,
            Executor executor,
            Consumer<Settings> listener,
            Consumer<ProblemException> onProblem) {
        this.settings = settings;
        this.file = file;
        this.executor = executor;
        this.listener = listener;
        this.onProblem = onProblem;
        seen = state(file);
        Thread.ofPlatform().daemon().name("settings").start(this::run);
    }

    private void run() {
        try {
            while (!closed.await(PERIOD_MILLIS, TimeUnit.MILLISECONDS)) {
                check();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void check() {
        String now = state(file);
        if (now.equals(seen)) {
            return;
        }
        seen = now;
        try {
            Settings current = settings.read();
            executor.execute(() -> listener.accept(current));
        } catch (ProblemException e) {
            executor.execute(() -> onProblem.accept(e));
        }
    }

    /**
     * Returns a fingerprint of the file. The fingerprint changes with each save, because each save creates a new file.
     */
    private static String state(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.lastModifiedTime() + " " + attributes.size() + " " + attributes.fileKey();
        } catch (NoSuchFileException e) {
            return "none";
        } catch (IOException e) {
            return "unreadable: " + e;
        }
    }

    /** Stops watching. Closing twice has no effect. */
    @Override
    public void close() {
        closed.countDown();
    }
}
