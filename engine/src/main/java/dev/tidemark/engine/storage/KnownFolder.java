package dev.tidemark.engine.storage;

import dev.tidemark.engine.internal.storage.ObjectNames;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Remembers a folder, and detects when its path leads to another folder. For example, a mount point without its drive
 * is an empty folder. Thread-safe.
 */
final class KnownFolder {
    private final Path folder;
    private final @Nullable Object drive;
    private volatile @Nullable Object identity;

    /** @throws IOException if the folder does not exist or is not a folder */
    KnownFolder(Path folder) throws IOException {
        this.folder = folder;
        this.identity = identityOf(folder);
        this.drive = driveOf(folder);
    }

    Path path() {
        return folder;
    }

    /**
     * @throws StorageException if the path leads to another folder, or to no folder
     */
    void requireSame() {
        try {
            Object now = identityOf(folder);
            if (Objects.equals(identity, now)) {
                return;
            }
            if (!isSameDrive(drive, driveOf(folder)) || !hasObjects()) {
                throw new StorageException.UnreachableException(Problem.STORAGE_FOLDER_REPLACED, folder);
            }
            // Some drives renumber their files from time to time (FAT, and some in FUSE or over SMB).
            identity = now;
        } catch (NoSuchFileException e) {
            throw new StorageException.UnreachableException(e, Problem.STORAGE_FOLDER_GONE, folder);
        } catch (IOException e) {
            throw FolderErrors.explain(e, Problem.STORAGE_FOLDER_NOT_READ, folder);
        }
    }

    /** Returns whether both drives are known and equal. A drive without a number equals no other. */
    static boolean isSameDrive(@Nullable Object before, @Nullable Object now) {
        return before != null && before.equals(now);
    }

    private boolean hasObjects() throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (ObjectNames.isAllowedSegment(entry.getFileName().toString())) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Returns the device and the inode of a folder; {@code null} if the file system has none. */
    private static @Nullable Object identityOf(Path folder) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(folder, BasicFileAttributes.class);
        if (!attributes.isDirectory()) {
            throw new NotDirectoryException(folder.toString());
        }
        return attributes.fileKey();
    }

    private static @Nullable Object driveOf(Path folder) throws IOException {
        boolean known = folder.getFileSystem().supportedFileAttributeViews().contains("unix");
        return known ? Files.getAttribute(folder, "unix:dev") : null;
    }
}
