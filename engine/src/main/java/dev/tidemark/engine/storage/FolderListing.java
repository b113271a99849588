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

/** Lists a folder recursively. Includes only files whose names have the form of object names. */
final class FolderListing {
    private static final Logger LOG = LoggerFactory.getLogger(FolderListing.class);

    /** The age at which temporary files of a killed put are removed; by then no process is still writing them. */
    private static final Duration TEMPORARY_LIFE = Duration.ofDays(1);

    private static final String PLACEHOLDER_END = ".icloud";

    private final Path folder;
    private final NameRange range;
    private final Set<Path> leftovers;
    private final int most;
    private final List<StoredObject> found = new ArrayList<>();

    /** @param leftovers collects temporary files that could not be removed; each is logged once */
    FolderListing(Path folder, NameRange range, Set<Path> leftovers) {
        this(folder, range, leftovers, ObjectNames.MAX_LISTED);
    }

    /** @param most the most objects to list */
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
            return; // removed since it was listed
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
     * Returns the placeholder that iCloud Drive leaves for a file that it has removed from this device. Listings
     * include the file by its placeholder, because callers treat an object that is not listed as removed.
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
                return; // iCloud is downloading it
            }
        }
    }

    /** Removes an old temporary file. It is not an object, so errors do not fail the listing. */
    private void removeIfStale(Path temporary) {
        try {
            Instant written = Files.getLastModifiedTime(temporary, LinkOption.NOFOLLOW_LINKS)
                    .toInstant();
            if (written.isBefore(Instant.now().minus(TEMPORARY_LIFE))) {
                Files.deleteIfExists(temporary);
            }
        } catch (NoSuchFileException e) {
            return; // its put has just ended
        } catch (IOException e) {
            // It may belong to another user, or the drive has become read-only.
            if (leftovers.add(temporary)) {
                LOG.info("A temporary file of an interrupted upload was not deleted: {}", e.toString());
            }
        }
    }
}
