package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.internal.files.LockFile;
import dev.tidemark.engine.internal.problem.ErrorText;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.problem.SyncException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** A lock that allows one sync of a database at a time, over all processes (docs/correctness.md#r10). */
public record SyncLock(LockFile lock) implements AutoCloseable {
    /**
     * Waits for other syncs of this database to end.
     *
     * @param database the database file, beside which the lock file is created
     * @param cancelled checked while waiting. True ends the wait.
     * @throws SyncException.BusyException if the other syncs take longer than the timeout
     * @throws StorageException with {@link Problem#SYNC_INTERRUPTED} if the wait was cancelled
     */
    public static SyncLock acquire(Path database, Duration timeout, BooleanSupplier cancelled) {
        Path file = database.resolveSibling(database.getFileName() + ".sync-lock")
                .toAbsolutePath()
                .normalize();
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            return new SyncLock(LockFile.acquire(file, () -> {
                if (cancelled.getAsBoolean()) {
                    throw new StorageException(Problem.SYNC_INTERRUPTED);
                }
                if (System.nanoTime() >= deadline) {
                    throw new SyncException.BusyException(Problem.SYNC_BUSY, timeout.toSeconds());
                }
            }));
        } catch (InterruptedIOException e) {
            throw new StorageException(e, Problem.SYNC_INTERRUPTED);
        } catch (IOException e) {
            throw new StorageException(e, Problem.SYNC_LOCK_FAILED, file, ErrorText.of(e));
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new StorageException(e, Problem.SYNC_UNLOCK_FAILED, ErrorText.of(e));
        }
    }
}
