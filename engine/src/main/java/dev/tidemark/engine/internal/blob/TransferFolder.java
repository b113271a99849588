package dev.tidemark.engine.internal.blob;

import dev.tidemark.engine.internal.files.OwnerOnlyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A folder for what one upload or download needs to go on where it stopped. Kept until {@link #done}. Used by one thread at a
 * time: another one, or another process, that is about the same transfer meanwhile gets a folder of its own.
 */
public final class TransferFolder implements AutoCloseable {
    private final Path folder;
    private final FileLocks.@Nullable Held lock;
    private boolean done;

    private TransferFolder(Path folder, FileLocks.@Nullable Held lock) {
        this.folder = folder;
        this.lock = lock;
        this.done = lock == null;
    }

    static TransferFolder open(Path transfers, String name) throws IOException {
        OwnerOnlyFiles.createFolders(transfers);
        // Beside the folder, which goes while the lock is held.
        FileLocks.Held held = FileLocks.tryNow(transfers.resolve(name + ".lock"));
        if (held == null) {
            return new TransferFolder(Files.createTempDirectory(transfers, name + "-"), null);
        }
        try {
            Path shared = OwnerOnlyFiles.createFolders(transfers.resolve(name));
            // What is being used is not left over.
            Files.setLastModifiedTime(shared, FileTime.from(Instant.now()));
            return new TransferFolder(shared, held);
        } catch (IOException e) {
            held.close();
            throw e;
        }
    }

    /** Where files may lie. */
    public Path path() {
        return folder;
    }

    /** Nothing of it is needed any more. */
    public void done() {
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
