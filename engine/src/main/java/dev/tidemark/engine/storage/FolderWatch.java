package dev.tidemark.engine.storage;

import dev.tidemark.engine.internal.storage.ObjectNames;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports files that are created, changed or removed in a folder and its subfolders, from events of the operating
 * system. When an event reports a new subfolder, it is watched as well.
 *
 * <p>Only used on Linux. On Windows, a watched folder could not be removed, nor its drive ejected. On macOS, Java's
 * watch polls every two seconds. Thread-safe.
 */
final class FolderWatch implements RemoteStorage.Watch {
    private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);

    private static final boolean SUPPORTED =
            System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("linux");

    private final Path folder;
    private final NameRange range;
    private final Consumer<String> changed;
    private final WatchService service;
    private volatile boolean working = true;

    private FolderWatch(Path folder, NameRange range, Consumer<String> changed, WatchService service) {
        this.folder = folder;
        this.range = range;
        this.changed = changed;
        this.service = service;
    }

    /**
     * Starts a watch. Returns empty if the system does not support watches, or if it refuses this watch, which is
     * logged.
     */
    static Optional<RemoteStorage.Watch> start(Path folder, NameRange range, Consumer<String> changed) {
        if (!SUPPORTED) {
            return Optional.empty();
        }
        try {
            FolderWatch watch = new FolderWatch(
                    folder, range, changed, folder.getFileSystem().newWatchService());
            try {
                watch.register(folder, "");
            } catch (IOException e) {
                watch.close();
                throw e;
            }
            Thread.ofPlatform().daemon().name("tidemark-folder-watch").start(watch::deliverAll);
            return Optional.of(watch);
        } catch (IOException e) {
            logPollingFallback(folder, e);
            return Optional.empty();
        }
    }

    private static void logPollingFallback(Path folder, IOException cause) {
        LOG.info(
                "The system sends no change events for {}; the folder is polled every second instead: {}",
                folder,
                String.valueOf(cause.getMessage()));
    }

    @Override
    public boolean isActive() {
        return working;
    }

    @Override
    public void close() {
        working = false;
        try {
            service.close();
        } catch (IOException e) {
            LOG.info("The watch over {} was not closed cleanly: {}", folder, String.valueOf(e.getMessage()));
        }
    }

    /**
     * Watches a folder and its subfolders. It registers the folder before it lists the subfolders, so that it does not
     * miss one that is created in between.
     */
    private void register(Path directory, String path) throws IOException {
        try {
            directory.register(
                    service,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY,
                    StandardWatchEventKinds.ENTRY_DELETE);
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
                for (Path entry : entries) {
                    registerIfWanted(entry, path + entry.getFileName());
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            // The subfolder was removed, which the watch of its parent reports. Only the storage's own folder must
            // exist.
            if (directory.equals(folder)) {
                throw e;
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private void registerIfWanted(Path entry, String name) throws IOException {
        if (ObjectNames.isAllowedSegment(entry.getFileName().toString())
                && range.mayContain(name)
                && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
            register(entry, name + "/");
        }
    }

    private void deliverAll() {
        try {
            while (working) {
                deliver(service.take());
            }
        } catch (ClosedWatchServiceException e) {
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
        } catch (IOException e) {
            logPollingFallback(folder, e);
            close();
        } finally {
            working = false;
        }
    }

    private void deliver(WatchKey key) throws IOException {
        Path directory = (Path) key.watchable();
        for (WatchEvent<?> event : key.pollEvents()) {
            if (event.context() instanceof Path last) {
                deliver(directory.resolve(last), event.kind().equals(StandardWatchEventKinds.ENTRY_CREATE));
            } else {
                // Events were lost, so there may be new folders.
                register(folder, "");
                changed.accept("");
            }
        }
        if (!key.reset()) {
            working = working && !directory.equals(folder);
            changed.accept("");
        }
    }

    private void deliver(Path entry, boolean isNew) throws IOException {
        String name = folder.relativize(entry).toString();
        if (!ObjectNames.isAllowedSegment(entry.getFileName().toString())) {
            return; // The file is half-written or a conflicted copy.
        }
        if (isNew) {
            registerIfWanted(entry, name);
        }
        if (range.contains(name)) {
            changed.accept(name);
        } else if (range.mayContain(name)) {
            changed.accept("");
        }
    }
}
