package dev.tidemark.app.settings;

import java.io.BufferedWriter;
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
 * Creates files and folders that only their owner can open. The system sets the mode when it creates a file, so other
 * users can never open the file. On Windows, files inherit the access list of their folder. Thread-safe.
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

    /** Opens a file, or creates a private file if the options request it. */
    public static FileChannel open(Path file, OpenOption... options) throws IOException {
        return FileChannel.open(file, Set.of(options), FILE);
    }

    public static Path createFolders(Path folder) throws IOException {
        return Files.createDirectories(folder, FOLDER);
    }

    /** Removes the access of other users to a file, or to a folder and its content. */
    public static void restrictToOwner(Path path) throws IOException {
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
                    restrictToOwner(entry);
                }
            }
        }
    }

    /** Writes the new content of a file, and returns a result for the caller of {@link #replace}. */
    @FunctionalInterface
    public interface Content<T> {
        T writeTo(Writer writer) throws IOException;
    }

    /**
     * Replaces the content of a file with properties. Does not wait for the disk, so a power cut can lose the new
     * content.
     *
     * @param file a file in an existing folder
     */
    public static void write(Path file, Properties properties) throws IOException {
        replace(file, false, writer -> {
            properties.store(writer, null);
            return file;
        });
    }

    /** Replaces the content of a file with a text, as {@link #replace} does. */
    public static void write(Path file, String text) throws IOException {
        replace(file, writer -> writer.append(text));
    }

    /**
     * Replaces the content of a file. Writes a temporary file in the same folder, syncs this file to the disk and
     * renames it. After a failure, the file has its old content.
     *
     * @param file a file in an existing folder
     * @return the result of {@code content}
     */
    public static <T> T replace(Path file, Content<T> content) throws IOException {
        return replace(file, true, content);
    }

    private static <T> T replace(Path file, boolean durable, Content<T> content) throws IOException {
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "A file has a folder");
        // Only the owner can open a temporary file, and renaming does not change its mode.
        Path temporary = Files.createTempFile(folder, ".tidemark-", ".tmp");
        try {
            T result;
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE);
                    Writer writer = new BufferedWriter(Channels.newWriter(channel, StandardCharsets.UTF_8))) {
                result = content.writeTo(writer);
                writer.flush();
                if (durable) {
                    channel.force(true);
                }
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return result;
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Appends a text to a file. Creates the file if it is missing. The text is durable when this method returns. */
    public static void append(Path file, String text) throws IOException {
        try (FileChannel channel = open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    public static void truncate(Path file, long length) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(length);
        }
    }
}
