package dev.tidemark.engine.storage;

import dev.tidemark.engine.internal.files.DirectoryFsync;
import dev.tidemark.engine.internal.files.SystemError;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Objects;
import java.util.function.LongConsumer;

/**
 * Writes files beside their targets and renames them. The result is as durable as the drive allows: some drives cannot
 * fsync a folder, and some cannot rename a file over an existing one.
 */
final class FolderWriter {
    private static final SecureRandom RANDOM = new SecureRandom();

    private static final long COPIED_AT_ONCE = 8 << 20;

    private final Path folder;

    /** @param folder the storage's folder; if it is missing, writes fail instead of creating it */
    FolderWriter(Path folder) {
        this.folder = folder;
    }

    /** Writes a new file durably. */
    interface Content {
        void writeTo(Path temporary) throws IOException;
    }

    void put(Path file, Content content) throws IOException {
        byte[] suffix = new byte[8];
        RANDOM.nextBytes(suffix);
        Path parent = Objects.requireNonNull(file.getParent());
        Path temporary =
                parent.resolve(FolderStorage.TEMPORARY_PREFIX + HexFormat.of().formatHex(suffix) + ".tmp");
        try {
            createFolders(parent);
            content.writeTo(temporary);
            moveTo(temporary, file);
            fsyncDirectory(parent);
        } catch (IOException | RuntimeException e) {
            try {
                Files.deleteIfExists(temporary);
            } catch (IOException left) {
                e.addSuppressed(left);
            }
            throw e;
        }
    }

    void delete(Path file) throws IOException {
        // deleteIfExists would also remove an empty folder, which is not an object.
        if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) && Files.deleteIfExists(file)) {
            fsyncDirectory(Objects.requireNonNull(file.getParent()));
        }
    }

    /** Creates a folder and its missing parents. Fails at a link, because listings do not follow links. */
    private void createFolders(Path wanted) throws IOException {
        if (wanted.equals(folder) || Files.isDirectory(wanted, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Path parent = Objects.requireNonNull(wanted.getParent());
        createFolders(parent);
        try {
            Files.createDirectory(wanted);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(wanted, LinkOption.NOFOLLOW_LINKS)) {
                throw e;
            }
        }
        fsyncDirectory(parent);
    }

    static void write(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    static void copy(Path from, Path to, LongConsumer progress) throws IOException {
        try (FileChannel source = FileChannel.open(from, StandardOpenOption.READ);
                FileChannel target = FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            long size = source.size();
            progress.accept(0);
            for (long copied = 0; copied < size; ) {
                long more = source.transferTo(copied, Math.min(COPIED_AT_ONCE, size - copied), target);
                if (more == 0) {
                    throw new EOFException("The file has become shorter");
                }
                copied += more;
                progress.accept(copied);
            }
            target.force(true);
        }
    }

    private static void moveTo(Path temporary, Path file) throws IOException {
        try {
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (FileAlreadyExistsException | AccessDeniedException | AtomicMoveNotSupportedException e) {
            replace(temporary, file, e);
        }
    }

    /**
     * Deletes the target before it renames the file. Used if the rename failed because the target exists or another
     * program has it open.
     */
    private static void replace(Path temporary, Path file, FileSystemException refusal) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw refusal;
        }
        try {
            if (Files.mismatch(temporary, file) < 0) {
                Files.delete(temporary);
                return;
            }
            Files.delete(file);
            Files.move(temporary, file);
        } catch (IOException e) {
            refusal.addSuppressed(e);
            throw refusal;
        }
    }

    /** Fsyncs the folder. Ignores that some NAS drives, FUSE mounts and USB sticks do not support this. */
    private static void fsyncDirectory(Path directory) throws IOException {
        try {
            DirectoryFsync.force(directory);
        } catch (IOException e) {
            if (SystemError.of(e).filter(SystemError.UNSUPPORTED::equals).isEmpty()) {
                throw e;
            }
        }
    }
}
