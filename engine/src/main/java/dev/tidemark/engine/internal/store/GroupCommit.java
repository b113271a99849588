package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.Durability;
import dev.tidemark.engine.Problem;
import dev.tidemark.engine.internal.subscribe.Scheduler;
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
 * Makes commits durable by syncing the write-ahead log, one fsync for all that wait (docs/correctness.md#r14: the fsync
 * is shared, not the transaction). Whoever finds no fsync running does one for everybody. Thread-safe.
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

    /** For a database that a connection has open already. */
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

    /** Refuses to write after a failed fsync: what is saved then might stand behind a hole in the log. */
    void requireNoFailedFsync() {
        Throwable cause = failure;
        if (cause != null) {
            throw new Durability.UnknownException(cause, Problem.WRITES_STOPPED);
        }
    }

    /**
     * Notes a commit that is in the log; call while it is still certain that no later one is. With {@code ALWAYS} this does
     * its fsync, before anybody else can commit.
     */
    long committed() {
        statistics.committed();
        long ticket = committed.incrementAndGet();
        if (durability.mode() == Durability.Mode.ALWAYS) {
            reach(ticket);
        }
        return ticket;
    }

    /** Returns when the promise of the durability mode is kept for this commit. */
    void await(long ticket) {
        Durability.Mode mode = durability.mode();
        if ((mode == Durability.Mode.GROUP || mode == Durability.Mode.ALWAYS) && !reach(ticket)) {
            throw unknown();
        }
    }

    /** Returns when the promise of the durability mode is kept for all commits so far. */
    void awaitAll() {
        await(committed.get());
    }

    /** Returns when everything in the log is on the disk, whatever the mode, and whichever process wrote it. */
    void syncAll() {
        lock.lock();
        try {
            // The one that runs may have begun too early.
            long wanted = fsyncs + (syncing ? 2 : 1);
            while (fsyncs < wanted && failure == null) {
                if (syncing) {
                    done.awaitUninterruptibly();
                } else {
                    lead();
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

    /** Has the commit covered by an fsync; false if one failed before. */
    private boolean reach(long ticket) {
        lock.lock();
        try {
            while (synced < ticket && failure == null) {
                if (syncing) {
                    done.awaitUninterruptibly();
                } else {
                    lead();
                }
            }
            return synced >= ticket;
        } finally {
            lock.unlock();
        }
    }

    private void lead() {
        syncing = true;
        long covered = committed.get();
        lock.unlock();
        Throwable trouble = null;
        long begun = System.nanoTime();
        try {
            wal.force();
        } catch (Throwable e) {
            // Whatever ended it, nobody knows what is on the disk. Those who wait get it as the cause.
            trouble = e;
        }
        long nanos = System.nanoTime() - begun;
        lock.lock();
        syncing = false;
        if (trouble == null) {
            statistics.synced(nanos, covered - synced);
            synced = covered;
            fsyncs++;
        } else {
            failed(trouble);
        }
        done.signalAll();
    }

    /** Notes that the disk did not confirm what was written: nobody writes any more, and who waits is told. */
    void failed(Throwable trouble) {
        LOG.error("The disk did not confirm what was written to {}, so nothing more is saved.", wal, trouble);
        lock.lock();
        try {
            if (failure == null) {
                failure = trouble;
            }
            done.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Runs once each interval, counted from where the last run began: no commit is older when its fsync begins. */
    private void tick() {
        if (failure == null && !reach(committed.get())) {
            notifyFailure();
        }
    }

    /** Has the listener told of an fsync that fails while nobody waits for it; maybe more than once. */
    void onFailure(Consumer<Durability.UnknownException> listener) {
        onFailure = listener;
        if (hasFailed()) {
            notifyFailure();
        }
    }

    /** Tells whoever listens that an fsync has failed; not to be called inside a lock. */
    void notifyFailure() {
        onFailure.accept(unknown());
    }

    boolean hasFailed() {
        return failure != null;
    }

    /**
     * Saves the log once more after a failed fsync, so that whoever opens the file next finds it whole. Nobody may write
     * meanwhile.
     */
    void rewriteWal() throws IOException {
        wal.rewrite();
    }

    /** Stops the periodic fsync and does a last one. */
    @Override
    public void close() {
        if (durability.mode() != Durability.Mode.NONE) {
            reach(committed.get());
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
