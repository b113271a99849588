package dev.tidemark.engine.internal.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Creates files and folders that only their owner can read. The operating system sets the mode on creation, so no other
 * user can ever open them. Existing files keep their mode. On Windows new files inherit the access list of their
 * folder.
 */
public final class OwnerOnlyFiles {
    private static final FileAttribute<?>[] FILE = mode("rw-------");
    private static final FileAttribute<?>[] FOLDER = mode("rwx------");

    private OwnerOnlyFiles() {}

    private static FileAttribute<?>[] mode(String mode) {
        boolean hasModes =
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return hasModes
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }

    public static FileChannel open(Path file, OpenOption... options) throws IOException {
        return FileChannel.open(file, Set.of(options), FILE);
    }

    /**
     * Creates an empty file if the file does not exist. Never opens an existing file, because closing a file releases
     * the locks that SQLite holds on it in this process.
     */
    public static void createIfMissing(Path file) throws IOException {
        if (Files.exists(file)) {
            return;
        }
        try {
            create(file);
        } catch (FileAlreadyExistsException e) {
            // Another process created the file in the meantime, or the path is a dangling link. The next open reports
            // the link.
            return;
        }
    }

    /**
     * Creates an empty file.
     *
     * @throws FileAlreadyExistsException if the file exists
     */
    public static void create(Path file) throws IOException {
        open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE).close();
    }

    /** Creates a folder and its missing parents. */
    public static Path createFolders(Path folder) throws IOException {
        return Files.createDirectories(folder, FOLDER);
    }
}
