package dev.tidemark.engine.internal.blob;

import dev.tidemark.engine.internal.files.LockFile;
import dev.tidemark.engine.internal.files.OwnerOnlyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one resumable upload or download. {@link #close} retains its content for a later attempt unless
 * {@link #done} was called. One transfer uses it at a time. A concurrent transfer of the same content gets a separate
 * temporary folder.
 */
public final class TransferFolder implements AutoCloseable {
    private final Path folder;
    private final @Nullable LockFile lock;
    private boolean done;

    private TransferFolder(Path folder, @Nullable LockFile lock) {
        this.folder = folder;
        this.lock = lock;
        this.done = lock == null;
    }

    static TransferFolder open(Path transfers, String name) throws IOException {
        OwnerOnlyFiles.createFolders(transfers);
        // The lock file is beside the folder, because the folder is deleted while the lock is held.
        LockFile held = LockFile.tryAcquire(transfers.resolve(name + ".lock"));
        if (held == null) {
            return new TransferFolder(Files.createTempDirectory(transfers, name + "-"), null);
        }
        try {
            Path shared = OwnerOnlyFiles.createFolders(transfers.resolve(name));
            // With a new modification time, the folder does not count as abandoned.
            Files.setLastModifiedTime(shared, FileTime.from(Instant.now()));
            return new TransferFolder(shared, held);
        } catch (IOException e) {
            held.close();
            throw e;
        }
    }

    public Path path() {
        return folder;
    }

    /** Marks the transfer as complete, so that {@link #close} deletes the folder. */
    public void markComplete() {
        done = true;
    }

    @Override
    public void close() throws IOException {
        try {
            if (done) {
                BlobStore.removeAll(folder);
            }
        } finally {
            if (lock != null) {
                lock.close();
            }
        }
    }
}
