package dev.tidemark.engine.internal.files;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A lock on a file that excludes other processes and other threads of this process. The operating system releases the
 * lock when the process ends. Only the thread that acquired the lock may close it.
 */
public final class LockFile implements AutoCloseable {
    /** Excludes other threads of this process, because the operating system's lock belongs to the whole process. */
    private static final ConcurrentHashMap<Path, ReentrantLock> WITHIN_PROCESS = new ConcurrentHashMap<>();

    private static final long RETRY_MILLIS = 25;

    private final ReentrantLock within;
    private final FileChannel channel;

    private LockFile(ReentrantLock within, FileChannel channel) {
        this.within = within;
        this.channel = channel;
    }

    /**
     * Waits for the lock. It polls, because only an interrupt could end a blocking wait.
     *
     * @param beforeRetry runs before each further attempt. An exception from it ends the wait.
     * @throws InterruptedIOException if the thread is interrupted
     * @throws IllegalStateException if this thread holds the lock already
     */
    public static LockFile acquire(Path file, Runnable beforeRetry) throws IOException {
        try {
            LockFile lock = attempt(file, RETRY_MILLIS);
            while (lock == null) {
                beforeRetry.run();
                lock = attempt(file, RETRY_MILLIS);
            }
            return lock;
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Returns the lock; {@code null} if a thread of this or another process holds it. */
    public static @Nullable LockFile tryAcquire(Path file) throws IOException {
        ReentrantLock within = WITHIN_PROCESS.get(file);
        try {
            return within != null && within.isHeldByCurrentThread() ? null : attempt(file, 0);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static @Nullable LockFile attempt(Path file, long millis) throws IOException, InterruptedException {
        ReentrantLock within = WITHIN_PROCESS.computeIfAbsent(file, path -> new ReentrantLock());
        if (within.isHeldByCurrentThread()) {
            throw new IllegalStateException("This thread holds the lock " + file + " already");
        }
        if (!within.tryLock(millis, TimeUnit.MILLISECONDS)) {
            return null;
        }
        LockFile lock = null;
        try {
            lock = open(within, file);
        } finally {
            if (lock == null) {
                within.unlock();
            }
        }
        if (lock == null) {
            TimeUnit.MILLISECONDS.sleep(millis);
        }
        return lock;
    }

    private static @Nullable LockFile open(ReentrantLock within, Path file) throws IOException {
        FileChannel channel = OwnerOnlyFiles.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            locked = channel.tryLock() != null;
        } finally {
            if (!locked) {
                channel.close();
            }
        }
        return locked ? new LockFile(within, channel) : null;
    }

    private static InterruptedIOException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        InterruptedIOException interrupted = new InterruptedIOException("The wait for a lock was interrupted");
        interrupted.initCause(cause);
        return interrupted;
    }

    /** Throws if this thread no longer holds the lock. */
    public void requireHeld() {
        if (!channel.isOpen() || !within.isHeldByCurrentThread()) {
            throw new IllegalStateException("The lock is not held");
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            within.unlock();
        }
    }
}
