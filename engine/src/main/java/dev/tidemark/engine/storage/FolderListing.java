package dev.tidemark.engine.storage;

import dev.tidemark.engine.internal.storage.ObjectNames;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.storage.RemoteStorage.StoredObject;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lists a folder recursively. The listing has only files whose names have the form of object names. */
final class FolderListing {
    private static final Logger LOG = LoggerFactory.getLogger(FolderListing.class);

    /** Temporary files of a killed put are removed at this age. No process can still be writing them by then. */
    private static final Duration TEMPORARY_LIFE = Duration.ofDays(1);

    private static final String PLACEHOLDER_END = ".icloud";

    private final Path folder;
    private final NameRange range;
    private final Set<Path> leftovers;
    private final int most;
    private final List<StoredObject> found = new ArrayList<>();

    /**
     * @param leftovers collects temporary files that could not be removed, so that each is logged only once
     */
    FolderListing(Path folder, NameRange range, Set<Path> leftovers) {
        this(folder, range, leftovers, ObjectNames.MAX_LISTED);
    }

    /**
     * @param most the maximal number of objects to list
     */
    FolderListing(Path folder, NameRange range, Set<Path> leftovers, int most) {
        this.most = most;
        this.folder = folder;
        this.range = range;
        this.leftovers = leftovers;
    }

    List<StoredObject> read() throws IOException {
        String start = range.folder();
        if (start.isEmpty() || ObjectNames.isAllowed(start.substring(0, start.length() - 1))) {
            walk(folder.resolve(start), start);
        }
        found.sort(Comparator.comparing(StoredObject::name));
        return found;
    }

    private void walk(Path directory, String path) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                visit(entry, path + entry.getFileName());
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            // The prefix has no objects, or its last one has just been removed. The caller checks that the storage's
            // own folder still exists.
            return;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private void visit(Path entry, String name) throws IOException {
        String last = entry.getFileName().toString();
        if (last.startsWith(FolderStorage.TEMPORARY_PREFIX)) {
            removeIfStale(entry);
            return;
        }
        if (last.startsWith(".") && last.endsWith(PLACEHOLDER_END)) {
            addPlaceholder(entry, last, name);
            return;
        }
        if (!ObjectNames.isAllowedSegment(last) || !(range.contains(name) || range.mayContain(name))) {
            return;
        }
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return; // The file was removed after it was listed.
        }
        if (attributes.isDirectory()) {
            if (range.mayContain(name) && depth(name) < ObjectNames.MAX_SEGMENTS) {
                walk(entry, name + "/");
            }
        } else if (attributes.isRegularFile() && range.contains(name)) {
            add(name, attributes.size());
        }
    }

    private static long depth(String name) {
        return 1 + name.chars().filter(letter -> letter == '/').count();
    }

    private void add(String name, long size) {
        if (found.size() == most) {
            throw new StorageException(Problem.STORAGE_LISTING_ENDLESS, folder);
        }
        found.add(new StoredObject(name, size));
    }

    /**
     * Returns the path of the placeholder that iCloud Drive leaves for a file that it has removed from this device.
     * Listings include a file that has only a placeholder, because callers take an object that is not listed for
     * removed.
     */
    static Path placeholderOf(Path file) {
        return file.resolveSibling("." + file.getFileName() + PLACEHOLDER_END);
    }

    private void addPlaceholder(Path entry, String last, String name) throws IOException {
        String inner = last.substring(1, last.length() - PLACEHOLDER_END.length());
        String whole = name.substring(0, name.length() - last.length()) + inner;
        if (ObjectNames.isAllowedSegment(inner)
                && range.contains(whole)
                && !Files.exists(entry.resolveSibling(inner))) {
            try {
                add(whole, Files.size(entry));
            } catch (NoSuchFileException e) {
                return; // iCloud is downloading the file.
            }
        }
    }

    /** Removes an old temporary file. Such a file is not an object, so an error does not fail the listing. */
    private void removeIfStale(Path temporary) {
        try {
            Instant written = Files.getLastModifiedTime(temporary, LinkOption.NOFOLLOW_LINKS)
                    .toInstant();
            if (written.isBefore(Instant.now().minus(TEMPORARY_LIFE))) {
                Files.deleteIfExists(temporary);
            }
        } catch (NoSuchFileException e) {
            return; // The put that wrote the file has just ended.
        } catch (IOException e) {
            // The file may belong to another user, or the drive may have become read-only.
            if (leftovers.add(temporary)) {
                LOG.info("A temporary file of an interrupted upload was not deleted: {}", e.toString());
            }
        }
    }
}
