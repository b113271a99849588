package dev.tidemark.engine.storage;

import dev.tidemark.engine.internal.storage.LargeFiles;
import dev.tidemark.engine.internal.storage.ObjectNames;
import dev.tidemark.engine.internal.storage.RangedDownload;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Stores objects as files in a folder that Dropbox, Syncthing, a NAS or a USB stick may share.
 *
 * <p>A file is written beside its target under a name that readers and sync clients ignore, then fsynced and renamed.
 * Conflicted copies and half-written files of sync clients are ignored, because their names do not have the form of
 * object names. A missing or replaced folder is an error and never an empty listing, because an unmounted drive leaves
 * an empty folder. Thread-safe.
 */
public final class FolderStorage implements RemoteStorage {
    /** Dropbox ignores names that begin with {@code .~}. No object name begins with a dot. */
    static final String TEMPORARY_PREFIX = ".~tidemark-";

    private final Path folder;
    private final KnownFolder known;
    private final FolderWriter writer;
    private final Set<Path> leftovers = ConcurrentHashMap.newKeySet();

    private FolderStorage(KnownFolder known) {
        this.folder = known.path();
        this.known = known;
        this.writer = new FolderWriter(folder);
    }

    /**
     * Opens the storage in a folder, which must exist. This method writes nothing yet.
     *
     * @throws StorageException if the folder is missing, is not a folder, or cannot be read or written
     */
    public static FolderStorage open(Path folder) {
        Path absolute = folder.toAbsolutePath().normalize();
        if (!Files.exists(absolute)) {
            throw new StorageException.UnreachableException(Problem.STORAGE_FOLDER_MISSING, absolute);
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
            return new FolderStorage(new KnownFolder(absolute));
        } catch (IOException e) {
            throw FolderErrors.explain(e, Problem.STORAGE_FOLDER_NOT_READ, absolute);
        }
    }

    @Override
    public List<StoredObject> list(String prefix, @Nullable String after) {
        known.requireSame();
        try {
            List<StoredObject> found = new FolderListing(folder, new NameRange(prefix, after), leftovers).read();
            // The folder is checked again, because a drive that was unmounted meanwhile looks like an empty folder.
            known.requireSame();
            return found;
        } catch (IOException e) {
            throw FolderErrors.explain(e, Problem.STORAGE_FOLDER_NOT_LISTED, FolderErrors.pathIn(e, folder));
        }
    }

    @Override
    public byte[] get(String name) {
        return get(name, LargeFiles.LARGEST);
    }

    @Override
    public byte[] get(String name, long most) {
        Path file = readable(name);
        try (InputStream content = Files.newInputStream(file)) {
            return LargeFiles.read(name, content, Files.size(file), most);
        } catch (IOException e) {
            throw unread(file, e);
        }
    }

    /**
     * Returns the path of an object's file. Fails if it is not a regular file, because listings have only these, and
     * opening a pipe would wait for its other end.
     */
    private Path readable(String name) {
        Path file = fileOf(name);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw unread(file, new NoSuchFileException(file.toString()));
        }
        return file;
    }

    private StorageException unread(Path file, IOException cause) {
        known.requireSame();
        if (cause instanceof NoSuchFileException && Files.exists(FolderListing.placeholderOf(file))) {
            return new StorageException(cause, Problem.STORAGE_FILE_NOT_READ, file, Problem.FILE_ONLINE_ONLY);
        }
        if (cause instanceof NoSuchFileException || Files.isDirectory(file) || isBelowAFile(file)) {
            return new StorageException.ObjectMissingException(cause, Problem.STORAGE_OBJECT_MISSING, file);
        }
        return FolderErrors.explain(cause, Problem.STORAGE_FILE_NOT_READ, file);
    }

    @Override
    public void download(String name, Path target, Path notes, LongConsumer progress) {
        Path file = readable(name);
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
            // One read may return fewer bytes than requested.
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    @Override
    public void put(String name, byte[] content) {
        put(name, temporary -> FolderWriter.write(temporary, content));
    }

    /** Copies the file under a temporary name, so that an interrupted copy never counts as the object. */
    @Override
    public void upload(String name, Path content, Path notes, LongConsumer progress) {
        put(name, temporary -> FolderWriter.copy(content, temporary, progress));
    }

    private void put(String name, FolderWriter.Content content) {
        Path file = fileOf(name);
        known.requireSame();
        try {
            writer.put(file, content);
        } catch (IOException e) {
            throw FolderErrors.explain(e, Problem.STORAGE_FILE_NOT_WRITTEN, file);
        }
    }

    @Override
    public void delete(String name) {
        Path file = fileOf(name);
        known.requireSame();
        try {
            writer.delete(file);
            writer.delete(FolderListing.placeholderOf(file));
        } catch (IOException e) {
            if (!isBelowAFile(file)) {
                throw FolderErrors.explain(e, Problem.STORAGE_FILE_NOT_REMOVED, file);
            }
        }
    }

    @Override
    public boolean isListingFree() {
        return true;
    }

    @Override
    public Optional<Watch> watch(String prefix, @Nullable String after, Consumer<String> changed) {
        return FolderWatch.start(folder, new NameRange(prefix, after), changed);
    }

    /** Returns the {@link #description} of the storage in a folder, even if the folder does not exist. */
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

    /** Returns whether one of the file's parent folders is itself a file. The given file cannot exist then. */
    private boolean isBelowAFile(Path file) {
        for (Path parent = file.getParent(); parent != null && !parent.equals(folder); parent = parent.getParent()) {
            if (Files.isRegularFile(parent)) {
                return true;
            }
        }
        return false;
    }
}
