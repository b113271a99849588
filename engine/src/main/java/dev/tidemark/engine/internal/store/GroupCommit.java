package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.Durability;
import dev.tidemark.engine.DurabilityUnknownException;
import dev.tidemark.engine.Problem;
import dev.tidemark.engine.internal.files.FolderSync;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Makes commits durable by syncing the write-ahead log, one fsync for all that wait (rule R14: the fsync is shared, not the
 * transaction). Whoever finds no fsync running does one for everybody. Thread-safe.
 */
final class GroupCommit implements AutoCloseable {
    private final Path log;
    private final Durability durability;
    private final AtomicLong committed = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition done = lock.newCondition();
    private long synced;
    private boolean syncing;
    private @Nullable IOException failure;
    private @Nullable FileChannel channel;
    private @Nullable Thread ticker;
    private volatile boolean closed;

    GroupCommit(Path database, Durability durability) {
        this.log = database.resolveSibling(database.getFileName() + "-wal");
        this.durability = durability;
        if (durability.mode() == Durability.Mode.INTERVAL) {
            ticker = Thread.ofPlatform().daemon().name("tidemark-fsync").start(this::tick);
        }
    }

    /** Notes a commit that is in the log; call while it is still certain that no later one is. */
    long committed() {
        return committed.incrementAndGet();
    }

    /** Returns when the promise of the durability mode is kept for this commit. */
    void await(long ticket) {
        if (durability.mode() == Durability.Mode.GROUP) {
            sync(ticket);
        }
    }

    /** Returns when everything committed so far is on the disk, whatever the mode. */
    void syncAll() {
        sync(committed.get());
    }

    private void sync(long ticket) {
        lock.lock();
        try {
            while (synced < ticket) {
                if (failure != null) {
                    // After a failed fsync the system may have dropped the pages: a later success proves nothing.
                    throw new DurabilityUnknownException(failure, Problem.DURABILITY_UNKNOWN);
                }
                if (syncing) {
                    done.awaitUninterruptibly();
                } else {
                    lead();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void lead() {
        syncing = true;
        long covered = committed.get();
        lock.unlock();
        IOException trouble = null;
        try {
            force();
        } catch (IOException e) {
            trouble = e;
        } finally {
            lock.lock();
            syncing = false;
            if (trouble == null) {
                synced = Math.max(synced, covered);
            } else {
                failure = trouble;
            }
            done.signalAll();
        }
    }

    /** Interrupting a thread closes the channel under it, which says nothing of the disk: then once more. */
    private void force() throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                interrupted |= Thread.interrupted();
                try {
                    forceOnce();
                    return;
                } catch (ClosedByInterruptException e) {
                    channel = null;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void forceOnce() throws IOException {
        FileChannel open = channel;
        if (open == null) {
            if (!Files.exists(log)) {
                return;
            }
            // SQLite syncs the folder of a new log with its own first sync, which may come later than this one.
            FolderSync.force(
                    java.util.Objects.requireNonNull(log.toAbsolutePath().getParent()));
            open = FileChannel.open(log, StandardOpenOption.WRITE);
            channel = open;
        }
        open.force(false);
    }

    private void tick() {
        while (!closed) {
            java.util.concurrent.locks.LockSupport.parkNanos(
                    durability.interval().toNanos());
            try {
                syncAll();
            } catch (DurabilityUnknownException e) {
                // Every later commit that waits is told; here nobody waits.
                org.slf4j.LoggerFactory.getLogger(GroupCommit.class).error("The periodic fsync failed", e);
                return;
            }
        }
    }

    /** Stops the periodic fsync and does a last one. */
    @Override
    public void close() {
        if (durability.mode() == Durability.Mode.GROUP || durability.mode() == Durability.Mode.INTERVAL) {
            try {
                syncAll();
            } catch (DurabilityUnknownException e) {
                org.slf4j.LoggerFactory.getLogger(GroupCommit.class).error("The last fsync failed", e);
            }
        }
        closed = true;
        Thread periodic = ticker;
        if (periodic != null) {
            java.util.concurrent.locks.LockSupport.unpark(periodic);
        }
        lock.lock();
        try {
            while (syncing) {
                done.awaitUninterruptibly();
            }
            if (channel != null) {
                channel.close();
                channel = null;
            }
        } catch (IOException e) {
            org.slf4j.LoggerFactory.getLogger(GroupCommit.class).warn("The write-ahead log could not be closed", e);
        } finally {
            lock.unlock();
        }
    }
}
