package dev.tidemark.app.settings;

import java.io.IOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;

/**
 * Files and folders that only their owner can open. The system sets the mode when it creates them, so no other user can open
 * them in between. On Windows they inherit the access list of their folder. Thread-safe.
 */
public final class PrivateFile {
    private static final boolean HAS_MODES =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private static final FileAttribute<?>[] FILE = mode("rw-------");
    private static final FileAttribute<?>[] FOLDER = mode("rwx------");
    private static final Set<PosixFilePermission> OWNERS = PosixFilePermissions.fromString("rwx------");

    private PrivateFile() {}

    private static FileAttribute<?>[] mode(String mode) {
        return HAS_MODES
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }

    /** Opens a file; the options say whether it is created. */
    public static FileChannel open(Path file, OpenOption... options) throws IOException {
        return FileChannel.open(file, Set.of(options), FILE);
    }

    /** Creates a folder and those above it that are missing. */
    public static Path createFolders(Path folder) throws IOException {
        return Files.createDirectories(folder, FOLDER);
    }

    /** Takes away what the mode of a file, or of a folder and all that is in it, allows to other users. */
    public static void closeToOthers(Path path) throws IOException {
        if (!HAS_MODES) {
            return;
        }
        Set<PosixFilePermission> allowed = Files.getPosixFilePermissions(path);
        if (OWNERS.containsAll(allowed)) {
            return;
        }
        Set<PosixFilePermission> left = EnumSet.copyOf(OWNERS);
        left.retainAll(allowed);
        Files.setPosixFilePermissions(path, left);
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
                for (Path entry : entries) {
                    closeToOthers(entry);
                }
            }
        }
    }

    /**
     * Writes properties to a file, whole or not at all. A power cut may lose them.
     *
     * @param file in a folder that exists
     * @throws IOException if it cannot be written
     */
    public static void write(Path file, Properties properties) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        try (Writer writer = Channels.newWriter(
                open(
                        temporary,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING),
                StandardCharsets.UTF_8)) {
            properties.store(writer, null);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Writes a whole file. It is durable when this returns; what was there before is replaced, or stays as it was.
     *
     * @param file in a folder that exists
     * @throws IOException if it cannot be written
     */
    public static void write(Path file, String text) throws IOException {
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "A file lies in a folder");
        // Such files are made for their owner alone, and keep that when they are renamed.
        Path temporary = Files.createTempFile(folder, ".tidemark-", ".tmp");
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                writeDurably(channel, text);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Adds to the end of a file, which is created if it is missing. The text is durable when this returns. */
    public static void append(Path file, String text) throws IOException {
        try (FileChannel channel = open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            writeDurably(channel, text);
        }
    }

    /** Takes away what a file holds beyond this length. */
    public static void truncate(Path file, long length) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(length);
        }
    }

    private static void writeDurably(FileChannel channel, String text) throws IOException {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(true);
    }
}
