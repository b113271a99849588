package dev.tidemark.engine.remote;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.internal.sync.SyncHistoryReader;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.problem.SyncException;
import dev.tidemark.engine.problem.TidemarkException;
import dev.tidemark.engine.sync.SyncOptions;
import dev.tidemark.engine.sync.SyncReport;
import dev.tidemark.engine.sync.SyncStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the service's syncs on the timer's thread. Of its methods, other threads may call only cancelRunning, close and
 * the setters.
 */
final class SyncWorker {
    private static final Logger LOG = LoggerFactory.getLogger(SyncWorker.class);

    /** User activity within this time after a sync starts no further sync, because each sync costs a request. */
    private static final Duration RECENT = Duration.ofSeconds(10);

    private final Database database;
    private final String program;
    private final SyncTimer timer;
    private final SyncBackoff backoff;
    private final SyncStatusSource board;
    private final SyncRequests requests;
    private final Debounce edits = new Debounce(Duration.ofSeconds(1), Duration.ofSeconds(5));
    private final RemotePoller poller;

    /** Cancelled by a new target, a pause or the user. */
    private final RunningSync running = new RunningSync();

    private volatile Supplier<SyncOptions.MergePace> mergePace = () -> SyncOptions.MergePace.FULL;
    private volatile boolean closed;
    private volatile boolean paused;

    private SyncService.@Nullable Target target;
    private @Nullable SyncConnection connection;
    private @Nullable Instant lastSync;
    private Runnable cancelSync = () -> {};
    private long knownHead;

    SyncWorker(
            Database database,
            String program,
            SyncTimer timer,
            RandomGenerator random,
            SyncStatusSource board,
            SyncRequests requests) {
        this.database = database;
        this.program = program;
        this.timer = new GuardedTimer(timer, this::failed);
        this.backoff = new SyncBackoff(random);
        this.board = board;
        this.requests = requests;
        this.poller = new RemotePoller(this.timer, this::hasRemoteChanged);
        this.knownHead = SyncHistoryReader.ownHead(database);
    }

    /**
     * Returns the service's timer. A task that throws, such as a check of a missing folder, counts as a failed sync.
     */
    SyncTimer timer() {
        return timer;
    }

    /**
     * Cancels the running sync. A sync within a request ends at once, any other after its current batch. Thread-safe.
     */
    void cancelRunning() {
        running.cancel();
    }

    void setPaused(boolean wanted) {
        paused = wanted;
        if (wanted) {
            cancelRunning();
        }
    }

    void setMergePace(Supplier<SyncOptions.MergePace> wanted) {
        mergePace = wanted;
    }

    void close() {
        closed = true;
    }

    void configure(SyncService.@Nullable Target next) {
        disconnect();
        target = next;
        lastSync = null;
        poller.reset();
        if (next == null) {
            cancelSync.run();
            requests.failAll(new SyncException(Problem.SYNC_OFF));
            board.update(SyncStatusSource.off(SyncHistoryReader.pendingAnywhere(database)));
            return;
        }
        SyncService.History history = SyncService.History.of(database, next.location());
        board.update(new SyncStatus(
                SyncStatus.State.IDLE, history.lastSuccess(), history.pending(), null, null, null, null));
        schedule(Duration.ZERO);
    }

    /** Applies the beginning or the end of a pause. */
    void pauseChanged() {
        if (target == null) {
            return;
        }
        if (paused) {
            cancelSync.run();
            board.paused();
        } else if (board.status().state() == SyncStatus.State.PAUSED) {
            backoff.active();
            schedule(Duration.ZERO);
        }
    }

    /** Syncs soon, so that an active user sees current data. */
    void userActive() {
        backoff.active();
        Instant last = lastSync;
        boolean isRecent = last != null && timer.now().isBefore(last.plus(RECENT));
        if (target != null && !paused && !isRecent) {
            schedule(Duration.ZERO);
        }
    }

    /** Serves the next requests in the queue. */
    void serve() {
        if (!requests.isEmpty()) {
            SyncConnection open = connection;
            if (open != null) {
                open.library().retryAll();
            }
            sync();
        }
    }

    /** Counts pending changes after a commit, and schedules a sync if there are new ones. */
    void count() {
        long head = SyncHistoryReader.ownHead(database);
        SyncService.Target current = target;
        if (current == null) {
            knownHead = head;
            board.update(SyncStatusSource.off(SyncHistoryReader.pendingAnywhere(database)));
            return;
        }
        if (head == knownHead) {
            return;
        }
        knownHead = head;
        backoff.active();
        board.pending(SyncHistoryReader.pending(database, current.location()));
        Duration delay = edits.trigger(timer.now());
        if (board.status().retryAt() == null && !paused) {
            schedule(delay);
        }
    }

    /**
     * Returns whether other devices have changed the storage, and if so schedules a sync. Also returns false while sync
     * is paused, and if the check would cost requests.
     */
    private boolean hasRemoteChanged() {
        SyncConnection open = connection;
        if (open == null || paused || closed) {
            return false;
        }
        if (!open.hasChanged()) {
            return false;
        }
        backoff.active();
        schedule(Duration.ZERO);
        return true;
    }

    private void schedule(Duration delay) {
        cancelSync.run();
        cancelSync = timer.schedule(delay, this::sync);
    }

    private void sync() {
        running.begin();
        try {
            syncUnlessPaused();
        } finally {
            running.finish();
        }
    }

    private void syncUnlessPaused() {
        SyncService.Target current = target;
        if (current == null) {
            requests.failAll(new SyncException(Problem.SYNC_OFF));
            return;
        }
        if (closed) {
            return;
        }
        cancelSync.run();
        if (paused && requests.isEmpty()) {
            board.paused();
            return;
        }
        edits.reset();
        SyncStatus before = board.status();
        SyncRequests.RequestGroup served = requests.next();
        try {
            SyncReport report = run(served.action(), current);
            lastSync = timer.now();
            succeeded(current, report);
            served.complete(report);
        } catch (RuntimeException | Error e) {
            boolean isEnded = running.isCancelled() && isInterruption(e);
            try {
                if (isEnded) {
                    ended(current, before);
                } else {
                    failed(e);
                }
            } finally {
                if (isEnded) {
                    served.complete(SyncOutcome.CANCELLED);
                } else {
                    served.fail(e);
                }
            }
        } finally {
            if (!requests.isEmpty()) {
                timer.schedule(Duration.ZERO, this::serve);
            }
        }
    }

    private SyncReport run(SyncService.Action action, SyncService.Target current) {
        SyncConnection open = prepare(current);
        return action.run(
                open.library(),
                SyncOptions.DEFAULT
                        .with(board::progress)
                        .paced(() -> mergePace.get())
                        .cancelledWhen(() -> closed || running.isCancelled()));
    }

    private SyncConnection connect(SyncService.Target current) {
        SyncConnection open = connection;
        if (open == null) {
            open = SyncConnection.open(database, current, program, timer::now, running);
            connection = open;
            poller.start(open);
        }
        return open;
    }

    /** Opens the storage and reads its fingerprint. A failure to do so is recorded as a failed sync. */
    private SyncConnection prepare(SyncService.Target current) {
        Instant started = timer.now();
        try {
            SyncConnection open = connect(current);
            open.recordFingerprint();
            return open;
        } catch (TidemarkException e) {
            if (!isInterruption(e)) {
                try {
                    RemoteLibrary.recordUnopened(database, current.location(), started, timer.now(), e);
                } catch (RuntimeException second) {
                    e.addSuppressed(second);
                }
            }
            throw e;
        }
    }

    private void succeeded(SyncService.Target current, SyncReport report) {
        boolean moved = report.pushed() + report.pulled() > 0;
        TidemarkException problem = SyncOutcome.problemIn(report, current.location(), timer.now());
        TidemarkException warning = connection == null ? null : connection.warning();
        Duration next = backoff.afterSuccess(current.interval(), moved);
        board.update(new SyncStatus(
                problem == null ? SyncStatus.State.IDLE : SyncStatus.State.NEEDS_ATTENTION,
                report.isComplete() ? timer.now() : board.status().lastSuccess(),
                SyncHistoryReader.pending(database, current.location()),
                null,
                problem == null ? warning : problem,
                null,
                report));
        if (paused) {
            board.paused();
        } else {
            schedule(next);
        }
    }

    private static boolean isInterruption(Throwable failure) {
        return failure instanceof StorageException storage && storage.problem() == Problem.SYNC_INTERRUPTED;
    }

    /** Restores the status that the service had before a sync that was cancelled during a request. */
    private void ended(SyncService.Target current, SyncStatus before) {
        boolean isWrong = before.reason() != null;
        Duration next = backoff.afterSuccess(current.interval(), false);
        if (!paused && !closed) {
            schedule(next);
        }
        board.update(new SyncStatus(
                isWrong ? before.state() : SyncStatus.State.IDLE,
                before.lastSuccess(),
                pendingIfKnown(current),
                null,
                before.reason(),
                before.retryAt() == null ? null : timer.now().plus(next),
                SyncOutcome.CANCELLED));
        if (paused) {
            board.paused();
        }
    }

    /** Handles a failed sync. Schedules the retry first, because a later step may fail. */
    private void failed(Throwable failure) {
        SyncService.Target current = target;
        if (current == null || closed) {
            SyncOutcome.asTidemarkException(failure);
            disconnect();
            return;
        }
        SyncStatus.State state = SyncOutcome.stateAfter(failure);
        SyncStatus before = board.status();
        Duration delay = backoff.afterFailure(state == SyncStatus.State.OFFLINE);
        if (!paused) {
            schedule(delay);
        }
        disconnect();
        if (state != before.state() && failure instanceof TidemarkException known) {
            LOG.info("The sync did not succeed: {}", known.code());
        }
        board.update(new SyncStatus(
                state,
                before.lastSuccess(),
                pendingIfKnown(current),
                null,
                SyncOutcome.asTidemarkException(failure),
                paused ? null : timer.now().plus(delay),
                before.lastReport()));
    }

    /** Returns the number of pending changes. If the database cannot be read, returns the last known number. */
    private long pendingIfKnown(SyncService.Target current) {
        try {
            return SyncHistoryReader.pending(database, current.location());
        } catch (RuntimeException | Error e) {
            LOG.info("The pending changes cannot be counted: {}", e.getClass());
            return board.status().pending();
        }
    }

    void disconnect() {
        SyncConnection open = connection;
        connection = null;
        if (open == null) {
            return;
        }
        poller.stop();
        try {
            open.close();
        } catch (StorageException e) {
            LOG.info("The storage was not closed cleanly: {}", e.code());
        }
    }
}
