package dev.tidemark.engine.storage;

import dev.tidemark.engine.Problem;
import dev.tidemark.engine.internal.storage.ObjectNames;
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

/** One walk through a folder, for the files in it that have names of ours. */
final class FolderListing {
    private static final Logger LOG = LoggerFactory.getLogger(FolderListing.class);

    /** What a killed put left behind goes after this long; by then nobody is still writing it. */
    private static final Duration TEMPORARY_LIFE = Duration.ofDays(1);

    private static final String PLACEHOLDER_END = ".icloud";

    private final Path folder;
    private final NameRange range;
    private final Set<Path> leftovers;
    private final int most;
    private final List<StoredObject> found = new ArrayList<>();

    /** @param leftovers takes what a killed put left behind and could not be removed; what is in it is known already */
    FolderListing(Path folder, NameRange range, Set<Path> leftovers) {
        this(folder, range, leftovers, ObjectNames.MAX_LISTED);
    }

    /** @param most how many objects are listed at most */
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
            // Nothing was ever stored under this prefix, or its last file has just gone. That the storage's own folder
            // is still there is checked by the caller.
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
     * What iCloud Drive leaves of a file that it has taken off this device. It is there all the same: what is not listed
     * would count as removed.
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
                return; // it is being fetched
            }
        }
    }

    /** It is no object, so that whatever happens to it is no reason to refuse the listing. */
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
            // Somebody else's, say, or the drive has become read-only.
            if (leftovers.add(temporary)) {
                LOG.info("What a sync left behind that was ended stays there: {}", e.toString());
            }
        }
    }
}
