package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.Durability;
import dev.tidemark.engine.internal.subscribe.Scheduler;
import dev.tidemark.engine.problem.Problem;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes commits durable by syncing SQLite's WAL. Commits share the fsync, not the transaction
 * (docs/correctness.md#r14): one of the waiting threads calls fsync for all. Thread-safe.
 */
final class GroupCommit implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);

    private final WalFile wal;
    private final Durability durability;
    private final WriterStatistics statistics = new WriterStatistics();
    private final AtomicLong committed = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition done = lock.newCondition();
    private final @Nullable Scheduler ticker;
    private long synced;
    private long fsyncs;
    private boolean syncing;
    private volatile @Nullable Throwable failure;
    private volatile Consumer<Durability.UnknownException> onFailure = unheard -> {};

    /** A connection must have opened the database already. */
    GroupCommit(WalFile log, Durability durability) {
        this.wal = log;
        this.durability = durability;
        if (durability.mode() == Durability.Mode.INTERVAL) {
            ticker = new Scheduler("tidemark-fsync");
            ticker.repeat(this::tick, durability.interval());
        } else {
            ticker = null;
        }
    }

    WriterStatistics statistics() {
        return statistics;
    }

    /** Throws after a failed fsync, because a later commit could follow a hole in the WAL. */
    void requireNoFailedFsync() {
        Throwable cause = failure;
        if (cause != null) {
            throw new Durability.UnknownException(cause, Problem.WRITES_STOPPED);
        }
    }

    /**
     * Counts a commit in the WAL and returns its ticket. Must be called before the next commit of this process. With
     * {@code ALWAYS}, also waits for the fsync.
     */
    long committed() {
        statistics.committed();
        long ticket = committed.incrementAndGet();
        if (durability.mode() == Durability.Mode.ALWAYS) {
            awaitSync(ticket);
        }
        return ticket;
    }

    /** Waits until this commit is as durable as the mode requires. */
    void await(long ticket) {
        Durability.Mode mode = durability.mode();
        if ((mode == Durability.Mode.GROUP || mode == Durability.Mode.ALWAYS) && !awaitSync(ticket)) {
            throw unknown();
        }
    }

    /** Waits until all commits so far are as durable as the mode requires. */
    void awaitAll() {
        await(committed.get());
    }

    /**
     * Waits until an fsync covers everything in the WAL, including commits of other processes. Does this in every mode.
     */
    void syncAll() {
        lock.lock();
        try {
            // A running fsync may have begun before the last commit, so it does not count.
            long wanted = fsyncs + (syncing ? 2 : 1);
            while (fsyncs < wanted && failure == null) {
                if (syncing) {
                    done.awaitUninterruptibly();
                } else {
                    syncAsLeader();
                }
            }
            if (fsyncs < wanted) {
                throw unknown();
            }
        } finally {
            lock.unlock();
        }
    }

    private Durability.UnknownException unknown() {
        return new Durability.UnknownException(Objects.requireNonNull(failure), Problem.DURABILITY_UNKNOWN);
    }

    /** Waits until an fsync covers the commit. Returns {@code false} if an fsync failed first. */
    private boolean awaitSync(long ticket) {
        lock.lock();
        try {
            while (synced < ticket && failure == null) {
                if (syncing) {
                    done.awaitUninterruptibly();
                } else {
                    syncAsLeader();
                }
            }
            return synced >= ticket;
        } finally {
            lock.unlock();
        }
    }

    private void syncAsLeader() {
        syncing = true;
        long covered = committed.get();
        lock.unlock();
        Throwable thrown = null;
        long begun = System.nanoTime();
        try {
            wal.force();
        } catch (Throwable e) {
            // After any failure the content of the disk is unknown. Waiting threads get the failure as the cause.
            thrown = e;
        }
        long nanos = System.nanoTime() - begun;
        lock.lock();
        syncing = false;
        if (thrown == null) {
            statistics.synced(nanos, covered - synced);
            synced = covered;
            fsyncs++;
        } else {
            failed(thrown);
        }
        done.signalAll();
    }

    /** Records a failed fsync, so that later writes are refused, and wakes the waiting threads. */
    void failed(Throwable cause) {
        LOG.error("An fsync of {} failed; the database refuses all further writes.", wal, cause);
        lock.lock();
        try {
            if (failure == null) {
                failure = cause;
            }
            done.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Runs once per interval. The interval is measured between starts, so the fsync of a commit starts at most one
     * interval after the commit.
     */
    private void tick() {
        if (failure == null && !awaitSync(committed.get())) {
            notifyFailure();
        }
    }

    /**
     * Sets the listener for an fsync that fails while no thread waits for it. The listener may be called more than
     * once.
     */
    void onFailure(Consumer<Durability.UnknownException> listener) {
        onFailure = listener;
        if (hasFailed()) {
            notifyFailure();
        }
    }

    /** Notifies the listener of a failed fsync. Must not be called inside a lock. */
    void notifyFailure() {
        onFailure.accept(unknown());
    }

    boolean hasFailed() {
        return failure != null;
    }

    /**
     * Writes the WAL again after a failed fsync, so that the next process that opens the database finds a complete WAL.
     * There must be no other writer meanwhile.
     */
    void rewriteWal() throws IOException {
        wal.rewrite();
    }

    /** Does a last fsync, unless the mode is {@code NONE}, and stops the periodic fsync. */
    @Override
    public void close() {
        if (durability.mode() != Durability.Mode.NONE) {
            awaitSync(committed.get());
        }
        if (ticker != null) {
            ticker.close();
        }
        lock.lock();
        try {
            while (syncing) {
                done.awaitUninterruptibly();
            }
            wal.close();
        } catch (IOException e) {
            LOG.warn("The write-ahead log could not be closed", e);
        } finally {
            lock.unlock();
        }
    }
}
