package dev.tidemark.engine.internal.blob;

import dev.tidemark.engine.internal.files.OwnerOnlyFiles;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * File locks that exclude other processes and other threads of this one. The operating system releases them when a
 * process dies.
 */
final class FileLocks {
    /** Threads need their own locks, because a file lock belongs to the whole process. */
    private static final ConcurrentHashMap<Path, ReentrantLock> WITHIN_PROCESS = new ConcurrentHashMap<>();

    private FileLocks() {}

    /** An acquired lock. */
    static final class Held implements AutoCloseable {
        private final ReentrantLock within;
        private final FileChannel channel;
        private final FileLock lock;

        private Held(ReentrantLock within, FileChannel channel, FileLock lock) {
            this.within = within;
            this.channel = channel;
            this.lock = lock;
        }

        void requireValid() throws IOException {
            if (!lock.isValid()) {
                throw new ClosedChannelException();
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

    /** Waits for the lock. Holders only keep it for the duration of a rename. */
    static Held wait(Path file) throws IOException {
        ReentrantLock within = WITHIN_PROCESS.computeIfAbsent(file, path -> new ReentrantLock());
        within.lock();
        Held held = null;
        try {
            held = open(within, file, true);
        } finally {
            if (held == null) {
                within.unlock();
            }
        }
        if (held == null) {
            throw new IOException("The lock " + file + " was not given");
        }
        return held;
    }

    /** Returns the lock, or {@code null} if another thread or process holds it. */
    static @Nullable Held tryNow(Path file) throws IOException {
        ReentrantLock within = WITHIN_PROCESS.computeIfAbsent(file, path -> new ReentrantLock());
        if (within.isHeldByCurrentThread() || !within.tryLock()) {
            return null;
        }
        Held held = null;
        try {
            held = open(within, file, false);
        } finally {
            if (held == null) {
                within.unlock();
            }
        }
        return held;
    }

    private static @Nullable Held open(ReentrantLock within, Path file, boolean waits) throws IOException {
        FileChannel channel = OwnerOnlyFiles.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = waits ? channel.lock() : channel.tryLock();
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
        return lock == null ? null : new Held(within, channel, lock);
    }
}
