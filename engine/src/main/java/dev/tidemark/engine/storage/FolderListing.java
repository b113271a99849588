package dev.tidemark.engine.storage;

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
import org.jspecify.annotations.Nullable;

/** One walk through a folder, for the files in it that have names of ours. */
final class FolderListing {
    /** What a killed put left behind goes after this long; by then nobody is still writing it. */
    private static final Duration TEMPORARY_LIFE = Duration.ofDays(1);

    private static final char FOLLOWS_SLASH = '/' + 1;

    private final Path folder;
    private final String prefix;
    private final @Nullable String after;
    private final List<StoredObject> found = new ArrayList<>();

    FolderListing(Path folder, String prefix, @Nullable String after) {
        this.folder = folder;
        this.prefix = prefix;
        this.after = after;
    }

    List<StoredObject> read() throws IOException {
        String start = prefix.substring(0, prefix.lastIndexOf('/') + 1);
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
            removeIfForgotten(entry);
            return;
        }
        if (!ObjectNames.isAllowedSegment(last) || !(name.startsWith(prefix) || prefix.startsWith(name + "/"))) {
            return;
        }
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return; // removed since it was listed
        }
        if (attributes.isDirectory()) {
            if (after != null && (name + FOLLOWS_SLASH).compareTo(after) <= 0) {
                return; // all of its files come before: thousands of attachments need not be looked at
            }
            walk(entry, name + "/");
        } else if (attributes.isRegularFile() && (after == null || name.compareTo(after) > 0)) {
            found.add(new StoredObject(name, attributes.size()));
        }
    }

    private static void removeIfForgotten(Path temporary) throws IOException {
        try {
            Instant written = Files.getLastModifiedTime(temporary, LinkOption.NOFOLLOW_LINKS)
                    .toInstant();
            if (written.isBefore(Instant.now().minus(TEMPORARY_LIFE))) {
                Files.deleteIfExists(temporary);
            }
        } catch (NoSuchFileException e) {
            return; // its put has just ended
        }
    }
}
