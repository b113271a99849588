package dev.tidemark.engine.storage;

import dev.tidemark.engine.Problem;
import dev.tidemark.engine.internal.files.FolderSync;
import dev.tidemark.engine.internal.storage.ObjectNames;
import dev.tidemark.engine.internal.storage.RangedDownload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Objects as files of a folder that something else may carry: Dropbox, Syncthing, a NAS, a USB stick.
 *
 * <p>A file is written beside its place under a name that readers and folder tools ignore, made durable, and renamed.
 * What folder tools leave in between (conflicted copies, half-written files) has no name of ours and is not seen. A
 * folder that is gone, or has been replaced by another (an unmounted drive leaves an empty one), is an error and never
 * an empty listing. Thread-safe.
 */
public final class FolderStorage implements RemoteStorage {
    /** Dropbox ignores {@code .~…}; no name of ours begins with a dot. */
    static final String TEMPORARY_PREFIX = ".~tidemark-";

    private static final long COPIED_AT_ONCE = 8 << 20;

    private static final SecureRandom RANDOM = new SecureRandom();
    private final Path folder;
    private final @Nullable Object identity;

    private FolderStorage(Path folder, @Nullable Object identity) {
        this.folder = folder;
        this.identity = identity;
    }

    /**
     * The storage in this folder, which must be there. Nothing is written yet.
     *
     * @throws StorageException if the folder is not there, is no folder, or may not be read or written
     */
    public static FolderStorage open(Path folder) {
        Path absolute = folder.toAbsolutePath().normalize();
        if (!Files.exists(absolute)) {
            throw new StorageUnreachableException(Problem.STORAGE_FOLDER_MISSING, absolute);
        }
        if (!Files.isDirectory(absolute)) {
            throw new StorageException(Problem.STORAGE_NOT_A_FOLDER, absolute);
        }
        if (!Files.isReadable(absolute) || !Files.isExecutable(absolute)) {
            throw new StorageException(Problem.STORAGE_FOLDER_UNREADABLE, absolute);
        }
        if (!Files.isWritable(absolute)) {
            throw new StorageException(Problem.STORAGE_FOLDER_UNWRITABLE, absolute);
        }
        try {
            return new FolderStorage(absolute, identityOf(absolute));
        } catch (IOException e) {
            throw FolderTroubles.explain(e, Problem.STORAGE_FOLDER_NOT_READ, absolute);
        }
    }

    @Override
    public List<StoredObject> list(String prefix, @Nullable String after) {
        requireSameFolder();
        try {
            List<StoredObject> found = new FolderListing(folder, prefix, after).read();
            // Once more: what was unmounted meanwhile looks like a folder without files.
            requireSameFolder();
            return found;
        } catch (IOException e) {
            throw FolderTroubles.explain(e, Problem.STORAGE_FOLDER_NOT_LISTED, folder);
        }
    }

    @Override
    public byte[] get(String name) {
        Path file = fileOf(name);
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw unread(file, e);
        }
    }

    private StorageException unread(Path file, IOException cause) {
        requireSameFolder();
        if (cause instanceof NoSuchFileException || Files.isDirectory(file) || isBelowAFile(file)) {
            return new ObjectMissingException(cause, Problem.STORAGE_OBJECT_MISSING, file);
        }
        return FolderTroubles.explain(cause, Problem.STORAGE_FILE_NOT_READ, file);
    }

    @Override
    public void put(String name, byte[] content) {
        put(name, temporary -> write(temporary, content));
    }

    /** Copies it; what a copy that was interrupted leaves is not taken for the object. */
    @Override
    public void upload(String name, Path content, Path notes, LongConsumer progress) {
        put(name, temporary -> copy(content, temporary, progress));
    }

    private interface Writing {
        void to(Path temporary) throws IOException;
    }

    private void put(String name, Writing content) {
        Path file = fileOf(name);
        requireSameFolder();
        Path parent = Objects.requireNonNull(file.getParent());
        byte[] suffix = new byte[8];
        RANDOM.nextBytes(suffix);
        Path temporary = parent.resolve(TEMPORARY_PREFIX + HexFormat.of().formatHex(suffix) + ".tmp");
        try {
            createFolders(parent);
            content.to(temporary);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            FolderSync.force(parent);
        } catch (IOException e) {
            throw withoutLeavings(temporary, FolderTroubles.explain(e, Problem.STORAGE_FILE_NOT_WRITTEN, file));
        } catch (RuntimeException e) {
            throw withoutLeavings(temporary, e);
        }
    }

    private static RuntimeException withoutLeavings(Path temporary, RuntimeException failure) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException left) {
            failure.addSuppressed(left);
        }
        return failure;
    }

    @Override
    public void download(String name, Path target, Path notes, LongConsumer progress) {
        Path file = fileOf(name);
        RangedDownload.run(target, notes, progress, (from, length) -> {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                return range(channel, from, length);
            } catch (IOException e) {
                throw unread(file, e);
            }
        });
    }

    private static byte[] range(FileChannel channel, long from, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.max(0, Math.min(length, channel.size() - from)));
        while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
            // A read may give less than was asked for.
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    @Override
    public void delete(String name) {
        Path file = fileOf(name);
        requireSameFolder();
        try {
            // An empty folder would be removed as readily, and is no object.
            if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) && Files.deleteIfExists(file)) {
                FolderSync.force(Objects.requireNonNull(file.getParent()));
            }
        } catch (IOException e) {
            if (!isBelowAFile(file)) {
                throw FolderTroubles.explain(e, Problem.STORAGE_FILE_NOT_REMOVED, file);
            }
        }
    }

    @Override
    public boolean listsFreely() {
        return true;
    }

    /** What {@link #description} says of the storage in this folder, be it there or not. */
    public static String location(Path folder) {
        return folder.toAbsolutePath().normalize().toString();
    }

    @Override
    public String description() {
        return location(folder);
    }

    @Override
    public void close() {
        // Files are closed after each use.
    }

    private Path fileOf(String name) {
        ObjectNames.require(name);
        return folder.resolve(name);
    }

    /** Whether one of its folders is a file, so that it cannot be there. */
    private boolean isBelowAFile(Path file) {
        for (Path parent = file.getParent(); parent != null && !parent.equals(folder); parent = parent.getParent()) {
            if (Files.isRegularFile(parent)) {
                return true;
            }
        }
        return false;
    }

    /** A mount point without its drive is an empty folder: other than the one that was opened. */
    private void requireSameFolder() {
        try {
            if (!Objects.equals(identity, identityOf(folder))) {
                throw new StorageUnreachableException(Problem.STORAGE_FOLDER_REPLACED, folder);
            }
        } catch (NoSuchFileException e) {
            throw new StorageUnreachableException(e, Problem.STORAGE_FOLDER_GONE, folder);
        } catch (IOException e) {
            throw FolderTroubles.explain(e, Problem.STORAGE_FOLDER_NOT_READ, folder);
        }
    }

    /** Device and inode where there are any. */
    private static @Nullable Object identityOf(Path folder) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(folder, BasicFileAttributes.class);
        if (!attributes.isDirectory()) {
            throw new NotDirectoryException(folder.toString());
        }
        return attributes.fileKey();
    }

    /** Level by level, never the storage's own folder: that one vanishing is an error. */
    private void createFolders(Path wanted) throws IOException {
        if (wanted.equals(folder) || Files.isDirectory(wanted, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Path parent = Objects.requireNonNull(wanted.getParent());
        createFolders(parent);
        try {
            Files.createDirectory(wanted);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(wanted)) {
                throw e;
            }
        }
        FolderSync.force(parent);
    }

    private static void write(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private static void copy(Path from, Path to, LongConsumer progress) throws IOException {
        try (FileChannel source = FileChannel.open(from, StandardOpenOption.READ);
                FileChannel target = FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            long size = source.size();
            progress.accept(0);
            for (long copied = 0; copied < size; ) {
                copied += source.transferTo(copied, Math.min(COPIED_AT_ONCE, size - copied), target);
                progress.accept(copied);
            }
            target.force(true);
        }
    }
}
