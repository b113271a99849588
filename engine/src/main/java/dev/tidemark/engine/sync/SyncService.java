package dev.tidemark.engine.sync;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Problem;
import dev.tidemark.engine.TidemarkException;
import dev.tidemark.engine.internal.problem.Said;
import dev.tidemark.engine.internal.sync.RemoteJournal;
import dev.tidemark.engine.storage.StorageException;
import dev.tidemark.engine.storage.StorageUnreachableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a database in step with a remote, in the background, on a thread of its own: a second after an edit, when the
 * folder changes, at an interval that grows while nothing happens, and on request. After an error it waits longer each
 * time. Thread-safe.
 */
public final class SyncService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SyncService.class);

    private static final Duration COUNT_DELAY = Duration.ofMillis(100);
    private static final Duration AFTER_EDIT = Duration.ofSeconds(1);
    private static final Duration AFTER_FIRST_EDIT = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final Database database;
    private final String program;
    private final SyncTimer timer;
    private final SyncPace pace;
    private final AutoCloseable commits;
    private final AtomicBoolean countPending = new AtomicBoolean();
    private final List<Consumer<SyncStatus>> listeners = new CopyOnWriteArrayList<>();
    private final List<CompletableFuture<SyncReport>> requests = new ArrayList<>();
    private volatile SyncStatus status;
    private volatile boolean closed;

    /** Changes with each target, so that a sync with the one before ends early. */
    private final AtomicInteger generation = new AtomicInteger();

    // The rest belongs to the timer's thread.
    private @Nullable SyncTarget target;
    private @Nullable SyncConnection connection;
    private Runnable cancelSync = () -> {};
    private @Nullable Instant firstEdit;
    private long knownHead;

    private SyncService(Database database, String program, SyncTimer timer, RandomGenerator random) {
        this.database = database;
        this.program = program;
        this.timer = timer;
        this.pace = new SyncPace(random);
        this.knownHead = RemoteJournal.ownHead(database);
        this.status = SyncStatus.off(RemoteJournal.pendingAnywhere(database));
        this.commits = RemoteJournal.onCommit(database, this::committed);
        timer.schedule(LOOK, this::look);
    }

    /**
     * A service without a target: it does nothing yet.
     *
     * @param database stays open until the service is closed
     * @param program the program and its version, which other devices are told
     */
    public static SyncService start(Database database, String program) {
        return new SyncService(database, program, new ThreadTimer(), RandomGenerator.getDefault());
    }

    static SyncService start(Database database, String program, SyncTimer timer, RandomGenerator random) {
        return new SyncService(database, program, timer, random);
    }

    /** Syncs with this from now on, the first time at once; {@code null} turns sync off. Returns before that is done. */
    public void configure(@Nullable SyncTarget next) {
        generation.incrementAndGet();
        timer.schedule(Duration.ZERO, () -> {
            disconnect();
            target = next;
            if (next == null) {
                cancelSync.run();
                failRequests(new SyncException(Problem.SYNC_OFF));
                publish(SyncStatus.off(RemoteJournal.pendingAnywhere(database)));
                return;
            }
            SyncHistory history = SyncHistory.of(database, next.location());
            publish(new SyncStatus(
                    SyncStatus.State.IDLE, history.lastSuccess(), history.pending(), null, null, null, null));
            scheduleSync(Duration.ZERO);
        });
    }

    /**
     * Syncs now, whatever the state.
     *
     * @return what the sync did; fails with what it failed with, or with a {@link SyncException} if sync is off
     */
    public CompletableFuture<SyncReport> syncNow() {
        CompletableFuture<SyncReport> request = new CompletableFuture<>();
        synchronized (requests) {
            requests.add(request);
        }
        if (closed) {
            failRequests(new SyncException(Problem.SYNC_CLOSING));
        }
        timer.schedule(Duration.ZERO, () -> {
            if (hasRequests()) {
                SyncConnection open = connection;
                if (open != null) {
                    open.library().retryAll();
                }
                sync();
            }
        });
        return request;
    }

    /** How it stands. */
    public SyncStatus status() {
        return status;
    }

    /**
     * Has the listener told of each new status, on the service's thread: it must not block. Closing what this returns
     * ends that.
     */
    public AutoCloseable listen(Consumer<SyncStatus> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** On the thread of some writer: only notes that there is something to count. */
    private void committed() {
        if (countPending.compareAndSet(false, true)) {
            timer.schedule(COUNT_DELAY, () -> guarded(this::count));
        }
    }

    private void count() {
        countPending.set(false);
        long head = RemoteJournal.ownHead(database);
        SyncTarget current = target;
        if (current == null) {
            knownHead = head;
            publish(SyncStatus.off(RemoteJournal.pendingAnywhere(database)));
            return;
        }
        if (head == knownHead) {
            return;
        }
        knownHead = head;
        pace.active();
        publish(withPending(RemoteJournal.pending(database, current.location())));
        Instant now = timer.now();
        Instant first = firstEdit == null ? now : firstEdit;
        firstEdit = first;
        Duration left = Duration.between(now, first.plus(AFTER_FIRST_EDIT));
        if (status.retryAt() == null) {
            scheduleSync(left.compareTo(AFTER_EDIT) < 0 ? (left.isNegative() ? Duration.ZERO : left) : AFTER_EDIT);
        }
    }

    /** Every second: where that costs nothing, whether others have changed something. */
    private void look() {
        SyncConnection open = connection;
        if (open != null) {
            guarded(() -> {
                if (open.hasChanged()) {
                    pace.active();
                    sync();
                }
            });
        }
        if (!closed) {
            timer.schedule(LOOK, this::look);
        }
    }

    /** What fails outside of a sync, such as looking at a folder that has gone, is a failed sync. */
    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private void scheduleSync(Duration delay) {
        cancelSync.run();
        cancelSync = timer.schedule(delay, this::sync);
    }

    private void sync() {
        SyncTarget current = target;
        if (current == null) {
            failRequests(new SyncException(Problem.SYNC_OFF));
            return;
        }
        if (closed) {
            return;
        }
        cancelSync.run();
        firstEdit = null;
        int started = generation.get();
        List<CompletableFuture<SyncReport>> served = takeRequests();
        try {
            SyncConnection open = connection;
            if (open == null) {
                open = SyncConnection.open(database, current, program, timer::now);
                connection = open;
            }
            open.noteFingerprint();
            SyncReport report = open.library()
                    .sync(SyncOptions.DEFAULT
                            .with(progress -> publish(withProgress(progress)))
                            .cancelledWhen(() -> closed || generation.get() != started));
            succeeded(current, report);
            served.forEach(request -> request.complete(report));
        } catch (RuntimeException e) {
            failed(e);
            served.forEach(request -> request.completeExceptionally(e));
        }
    }

    private void succeeded(SyncTarget current, SyncReport report) {
        boolean moved = report.pushed() + report.pulled() > 0;
        TidemarkException trouble = troubleIn(report);
        Duration next = pace.afterSuccess(current.interval(), moved);
        Instant now = timer.now();
        publish(new SyncStatus(
                trouble == null ? SyncStatus.State.IDLE : SyncStatus.State.NEEDS_ATTENTION,
                report.isComplete() ? now : status.lastSuccess(),
                RemoteJournal.pending(database, current.location()),
                null,
                trouble,
                null,
                report));
        scheduleSync(next);
    }

    private static @Nullable TidemarkException troubleIn(SyncReport report) {
        if (report.readOnly()) {
            return new SyncException(Problem.SYNC_STORAGE_NEWER);
        }
        if (report.blocked() > 0 && !report.quarantined().isEmpty()) {
            QuarantinedFile file = report.quarantined().getFirst();
            return new SyncException(Problem.SYNC_BLOCKED, report.blocked(), file.name(), file.reason());
        }
        return null;
    }

    private void failed(RuntimeException trouble) {
        SyncTarget current = target;
        disconnect();
        if (current == null || closed) {
            return;
        }
        SyncStatus.State state = SyncStatus.State.RETRYING;
        if (trouble instanceof StorageUnreachableException) {
            state = SyncStatus.State.OFFLINE;
        } else if (trouble instanceof SyncException && !(trouble instanceof SyncBusyException)) {
            state = SyncStatus.State.NEEDS_ATTENTION;
        }
        if (state != status.state() && trouble instanceof TidemarkException) {
            LOG.info("The sync did not succeed: {}", trouble.getMessage());
        }
        Duration wait = pace.afterFailure(state == SyncStatus.State.OFFLINE);
        publish(new SyncStatus(
                state,
                status.lastSuccess(),
                RemoteJournal.pending(database, current.location()),
                null,
                known(trouble),
                timer.now().plus(wait),
                status.lastReport()));
        scheduleSync(wait);
    }

    private static TidemarkException known(RuntimeException trouble) {
        if (trouble instanceof TidemarkException known) {
            return known;
        }
        LOG.error("The sync failed in an unexpected way", trouble);
        return new SyncException(trouble, Problem.SYNC_FAILED, Said.by(trouble));
    }

    private void disconnect() {
        SyncConnection open = connection;
        connection = null;
        if (open == null) {
            return;
        }
        try {
            open.close();
        } catch (StorageException e) {
            LOG.info("The storage was not closed cleanly: {}", e.getMessage());
        }
    }

    private SyncStatus withProgress(SyncProgress progress) {
        SyncStatus now = status;
        return new SyncStatus(
                SyncStatus.State.SYNCING, now.lastSuccess(), now.pending(), progress, null, null, now.lastReport());
    }

    private SyncStatus withPending(long pending) {
        SyncStatus now = status;
        return new SyncStatus(
                now.state(), now.lastSuccess(), pending, now.progress(), now.reason(), now.retryAt(), now.lastReport());
    }

    private void publish(SyncStatus next) {
        if (next.equals(status)) {
            return;
        }
        status = next;
        for (Consumer<SyncStatus> listener : listeners) {
            try {
                listener.accept(next);
            } catch (RuntimeException e) {
                LOG.error("A listener of the sync's status failed", e);
            }
        }
    }

    private boolean hasRequests() {
        synchronized (requests) {
            return !requests.isEmpty();
        }
    }

    private List<CompletableFuture<SyncReport>> takeRequests() {
        synchronized (requests) {
            List<CompletableFuture<SyncReport>> taken = List.copyOf(requests);
            requests.clear();
            return taken;
        }
    }

    private void failRequests(SyncException reason) {
        takeRequests().forEach(request -> request.completeExceptionally(reason));
    }

    /** Closes with a limit of five seconds. */
    @Override
    public void close() {
        close(CLOSE_LIMIT);
    }

    /**
     * Ends a running sync after its present batch; what was moved stays, the next start goes on from there. Closing twice
     * does nothing.
     *
     * @param limit how long to wait for that before interrupting it
     * @return whether it has ended
     */
    public boolean close(Duration limit) {
        if (closed) {
            return true;
        }
        closed = true;
        try {
            commits.close();
        } catch (Exception e) {
            throw new IllegalStateException("Listening to commits could not be ended", e);
        }
        boolean ended = timer.stop(limit);
        failRequests(new SyncException(Problem.SYNC_CLOSING));
        if (ended) {
            disconnect();
        }
        return ended;
    }
}
