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

/** Locks of the system, which it lets go of when a process dies, held by one thread of a process at a time. */
final class FileLocks {
    /** The system's lock does not tell threads of one process apart. */
    private static final ConcurrentHashMap<Path, ReentrantLock> WITHIN_PROCESS = new ConcurrentHashMap<>();

    private FileLocks() {}

    /** A lock that is held. */
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

    /** Waits for whoever holds it: for the length of a rename. */
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

    /** The lock, or {@code null} if somebody else holds it. */
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
