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
 * Creates files and folders that only their owner can read. The system sets the mode when it creates them, so no other user
 * can open them in between. Those that exist keep their mode. On Windows they inherit the access list of their folder.
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

    /** Opens a file; the options say whether it is created. */
    public static FileChannel open(Path file, OpenOption... options) throws IOException {
        return FileChannel.open(file, Set.of(options), FILE);
    }

    /**
     * Creates an empty file if there is none. Never opens one that exists: closing a file ends the locks that SQLite holds
     * on it in this process.
     */
    public static void createIfMissing(Path file) throws IOException {
        if (Files.exists(file)) {
            return;
        }
        try {
            open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE).close();
        } catch (FileAlreadyExistsException e) {
            // Another process created it meanwhile. A name that leads nowhere is left to whoever opens it next.
            return;
        }
    }

    /** Creates a folder and those above it that are missing. */
    public static Path createFolders(Path folder) throws IOException {
        return Files.createDirectories(folder, FOLDER);
    }
}
