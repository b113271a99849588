package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.Problem;
import dev.tidemark.engine.internal.files.OwnerOnlyFiles;
import dev.tidemark.engine.internal.problem.ErrorText;
import dev.tidemark.engine.storage.StorageException;
import dev.tidemark.engine.sync.SyncException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * One sync of a database at a time, over all processes (docs/correctness.md#r10). The system lets go of it when a
 * process dies.
 */
public final class SyncLock implements AutoCloseable {
    /** The system's lock does not tell threads of one process apart. */
    private static final ConcurrentHashMap<Path, ReentrantLock> WITHIN_PROCESS = new ConcurrentHashMap<>();

    private static final long LOOK_AGAIN_MILLIS = 25;

    private final ReentrantLock within;
    private final FileChannel channel;

    private SyncLock(ReentrantLock within, FileChannel channel) {
        this.within = within;
        this.channel = channel;
    }

    /** How long somebody waits, and what ends that early. */
    private record Waiting(long deadline, Duration timeout, BooleanSupplier cancelled) {
        /** Asked again and again: neither lock has a wait that another thread could end without interrupting this one. */
        void requireTimeLeft() {
            if (cancelled.getAsBoolean()) {
                throw new StorageException(Problem.SYNC_INTERRUPTED);
            }
            if (System.nanoTime() >= deadline) {
                throw new SyncException.BusyException(Problem.SYNC_BUSY, timeout.toSeconds());
            }
        }
    }

    /**
     * Waits for other syncs of this database to end.
     *
     * @param database its file; the lock is a file beside it
     * @param cancelled asked while others sync; ends the wait
     * @throws SyncException.BusyException if they take longer than the person's patience
     * @throws StorageException with {@link Problem#SYNC_INTERRUPTED} if the wait was cancelled
     */
    public static SyncLock acquire(Path database, Duration patience, BooleanSupplier cancelled) {
        Path file = database.resolveSibling(database.getFileName() + ".sync-lock")
                .toAbsolutePath()
                .normalize();
        Waiting waiting = new Waiting(System.nanoTime() + patience.toNanos(), patience, cancelled);
        ReentrantLock within = WITHIN_PROCESS.computeIfAbsent(file, path -> new ReentrantLock());
        try {
            while (!within.tryLock(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
                waiting.requireTimeLeft();
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        SyncLock lock = null;
        try {
            lock = acquireFile(file, within, waiting);
            return lock;
        } finally {
            if (lock == null) {
                within.unlock();
            }
        }
    }

    private static SyncLock acquireFile(Path file, ReentrantLock within, Waiting waiting) {
        if (within.getHoldCount() > 1) {
            throw new IllegalStateException("A sync cannot start another one of the same database");
        }
        try {
            FileChannel channel = OwnerOnlyFiles.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = null;
            try {
                lock = lock(channel, waiting);
            } finally {
                if (lock == null) {
                    channel.close();
                }
            }
            return new SyncLock(within, channel);
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (IOException e) {
            throw new StorageException(e, Problem.SYNC_LOCK_FAILED, file, ErrorText.of(e));
        }
    }

    private static FileLock lock(FileChannel channel, Waiting waiting) throws IOException, InterruptedException {
        while (true) {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return lock;
            }
            waiting.requireTimeLeft();
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
        }
    }

    private static StorageException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new StorageException(cause, Problem.SYNC_INTERRUPTED);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new StorageException(e, Problem.SYNC_UNLOCK_FAILED, ErrorText.of(e));
        } finally {
            within.unlock();
        }
    }
}
