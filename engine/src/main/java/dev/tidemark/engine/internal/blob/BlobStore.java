package dev.tidemark.engine.internal.blob;

import dev.tidemark.engine.blob.BlobId;
import dev.tidemark.engine.blob.Blobs;
import dev.tidemark.engine.internal.files.DirectoryFsync;
import dev.tidemark.engine.internal.files.LockFile;
import dev.tidemark.engine.internal.files.OwnerOnlyFiles;
import dev.tidemark.engine.internal.problem.ErrorText;
import dev.tidemark.engine.problem.BlobException;
import dev.tidemark.engine.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Stores blobs in a folder beside the database, each in a file named by its id. A file is written under a temporary
 * name, fsynced and then renamed. Every file with an id as its name was thus complete at first. Each read verifies the
 * SHA-256. Threads and processes may use the same folder at once.
 */
public final class BlobStore implements Blobs {
    private static final Pattern BLOB = Pattern.compile("[0-9a-f]{64}");
    private static final String TRANSFERS = "transfers";

    /** The age from which temporary files and transfers count as abandoned, for example by a killed program. */
    private static final Duration STALE_AFTER = Duration.ofDays(7);

    private final Path folder;
    private final InstantSource clock;

    /** @param clock sets the modification times of files */
    public BlobStore(Path database, InstantSource clock) {
        this.clock = clock;
        this.folder = database.resolveSibling(database.getFileName() + ".blobs")
                .toAbsolutePath()
                .normalize();
    }

    @Override
    public BlobId add(Path file) {
        // Opening a pipe would block until its other end opens.
        if (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file)) {
            throw new BlobException(Problem.BLOB_NOT_A_FILE, file);
        }
        try (InputStream content = Files.newInputStream(file)) {
            if (Files.isDirectory(file)) {
                throw new BlobException(Problem.BLOB_IS_FOLDER, file);
            }
            return store(content, file.toString());
        } catch (NoSuchFileException e) {
            throw new BlobException(e, Problem.BLOB_FILE_MISSING, file);
        } catch (IOException e) {
            throw Files.isDirectory(file)
                    ? new BlobException(e, Problem.BLOB_IS_FOLDER, file)
                    : new BlobException(e, Problem.BLOB_NOT_READ, file, ErrorText.of(e));
        }
    }

    @Override
    public BlobId add(InputStream content) {
        return store(content, "-");
    }

    private BlobId store(InputStream content, String name) {
        Path temporary = temporary();
        try {
            HashedCopy copy = HashedCopy.of(content, temporary, MAX_BYTES, name);
            if (copy.size() == 0) {
                throw new BlobException(Problem.BLOB_EMPTY);
            }
            moveIntoPlace(temporary, copy.id());
            return copy.id();
        } catch (IOException e) {
            throw new BlobException(e, Problem.BLOB_NOT_WRITTEN, folder, ErrorText.of(e));
        } finally {
            remove(temporary);
        }
    }

    /**
     * Moves a downloaded file into the store, unless the store already has an intact copy. Returns false if the file's
     * content does not match the id.
     */
    public boolean adopt(Path fetched, BlobId id) {
        try {
            if (!HashedCopy.idOf(fetched).equals(id)) {
                return false;
            }
            HashedCopy.force(fetched);
            moveIntoPlace(fetched, id);
            return true;
        } catch (IOException e) {
            throw new BlobException(e, Problem.BLOB_NOT_WRITTEN, folder, ErrorText.of(e));
        }
    }

    /**
     * Moves the file into the store. If the store already has an intact copy of the blob, only the modification time of
     * that copy is updated, so that garbage collection retains it.
     */
    private void moveIntoPlace(Path whole, BlobId id) throws IOException {
        locked(() -> {
            Path file = file(id);
            FileTime now = FileTime.from(clock.instant());
            if (verify(id)) {
                Files.setLastModifiedTime(file, now);
            } else {
                Files.setLastModifiedTime(whole, now);
                Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                DirectoryFsync.force(folder);
            }
            return file;
        });
    }

    @Override
    public boolean isLocal(BlobId id) {
        return Files.isRegularFile(file(id));
    }

    @Override
    public long size(BlobId id) {
        try {
            return Files.size(file(id));
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw new BlobException(e, Problem.BLOB_NOT_READ, file(id), ErrorText.of(e));
        }
    }

    /** Returns whether the file exists and its content matches the id. */
    public boolean verify(BlobId id) {
        try {
            return isLocal(id) && HashedCopy.idOf(file(id)).equals(id);
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new BlobException(e, Problem.BLOB_NOT_READ, file(id), ErrorText.of(e));
        }
    }

    /** Returns the blob's file after verifying its content. */
    public Path verifiedFile(BlobId id) {
        if (!isLocal(id)) {
            throw new BlobException(Problem.BLOB_NOT_HERE);
        }
        if (!verify(id)) {
            throw new BlobException(Problem.BLOB_DAMAGED_HERE);
        }
        return file(id);
    }

    @Override
    public InputStream open(BlobId id) {
        Path file = verifiedFile(id);
        try {
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw new BlobException(e, Problem.BLOB_NOT_READ, file, ErrorText.of(e));
        }
    }

    @Override
    public void save(BlobId id, Path target) {
        Path absolute = target.toAbsolutePath();
        Path temporary = absolute.resolveSibling("." + absolute.getFileName() + "."
                + ProcessHandle.current().pid() + "-" + Thread.currentThread().threadId() + ".tmp");
        try (InputStream content = open(id)) {
            try {
                // The copy is verified, too, because the file may have been damaged since it was opened.
                if (!HashedCopy.of(content, temporary, Long.MAX_VALUE, "").id().equals(id)) {
                    throw new BlobException(Problem.BLOB_DAMAGED_HERE);
                }
                Files.move(temporary, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw new BlobException(e, Problem.BLOB_NOT_SAVED, absolute, ErrorText.of(e));
        }
    }

    @Override
    public LocalUsage localUsage() {
        long bytes = 0;
        List<BlobId> all = all();
        for (BlobId id : all) {
            bytes += size(id);
        }
        return new LocalUsage(all.size(), bytes);
    }

    public List<BlobId> all() {
        List<BlobId> found = new ArrayList<>();
        for (Path file : entries(folder)) {
            String name = String.valueOf(file.getFileName());
            if (BLOB.matcher(name).matches()) {
                found.add(new BlobId(name));
            }
        }
        return found;
    }

    /**
     * Removes unreferenced blobs, and stale temporary files and transfers.
     *
     * @param candidates blobs that have been unreferenced for long enough
     * @param referred returns the blobs that rows refer to. Called under the lock, while no blob can be added.
     * @param before only blobs that were added before this time are removed
     */
    public int remove(List<BlobId> candidates, Supplier<Set<BlobId>> referred, Instant before) {
        try {
            return Files.isDirectory(folder) ? locked(() -> removeNow(candidates, referred.get(), before)) : 0;
        } catch (IOException e) {
            throw new BlobException(e, Problem.BLOB_NOT_WRITTEN, folder, ErrorText.of(e));
        }
    }

    private int removeNow(List<BlobId> candidates, Set<BlobId> referred, Instant before) throws IOException {
        int removed = 0;
        for (BlobId id : candidates) {
            Path file = file(id);
            if (!referred.contains(id)
                    && Files.exists(file)
                    && Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
                Files.delete(file);
                removed++;
            }
        }
        Instant leftover = clock.instant().minus(STALE_AFTER);
        List<Path> begun = new ArrayList<>(entries(folder.resolve(TRANSFERS)));
        entries(folder).stream()
                .filter(file -> file.toString().endsWith(".tmp"))
                .forEach(begun::add);
        for (Path file : begun) {
            if (Files.getLastModifiedTime(file).toInstant().isBefore(leftover)) {
                removeAll(file);
            }
        }
        return removed;
    }

    private static List<Path> entries(Path of) {
        if (!Files.isDirectory(of)) {
            return List.of();
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(of)) {
            List<Path> all = new ArrayList<>();
            files.forEach(all::add);
            return all;
        } catch (IOException e) {
            throw new BlobException(e, Problem.BLOB_NOT_READ, of, ErrorText.of(e));
        }
    }

    /** Opens the folder of a resumable transfer. No other transfer uses the folder until the caller closes it. */
    public TransferFolder transfer(String name) {
        try {
            return TransferFolder.open(folder().resolve(TRANSFERS), name);
        } catch (IOException e) {
            throw new BlobException(e, Problem.BLOB_NOT_WRITTEN, folder, ErrorText.of(e));
        }
    }

    /** Returns the path of the blob's file, whether or not it exists. */
    public Path file(BlobId id) {
        return folder.resolve(id.hex());
    }

    private Path temporary() {
        try {
            return Files.createTempFile(folder(), "adding-", ".tmp");
        } catch (IOException e) {
            throw new BlobException(e, Problem.BLOB_NOT_WRITTEN, folder, ErrorText.of(e));
        }
    }

    private Path folder() throws IOException {
        if (!Files.isDirectory(folder)) {
            OwnerOnlyFiles.createFolders(folder);
            Path parent = folder.getParent();
            if (parent != null) {
                DirectoryFsync.force(parent);
            }
        }
        return folder;
    }

    private static void remove(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            throw new BlobException(e, Problem.BLOB_NOT_WRITTEN, temporary, ErrorText.of(e));
        }
    }

    /** Removes a file, or a folder with its content. */
    public static void removeAll(Path path) throws IOException {
        for (Path each : entries(path)) {
            removeAll(each);
        }
        Files.deleteIfExists(path);
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    /** Runs the work under an exclusive lock among processes and threads. */
    private <T> T locked(Work<T> work) throws IOException {
        try (LockFile lock = LockFile.acquire(folder.resolve("lock"), () -> {})) {
            lock.requireHeld();
            return work.run();
        }
    }
}
