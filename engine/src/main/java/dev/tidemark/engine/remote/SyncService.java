package dev.tidemark.engine.remote;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.internal.sync.SyncHistoryReader;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.SyncException;
import dev.tidemark.engine.problem.TidemarkException;
import dev.tidemark.engine.storage.FolderStorage;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.sync.Device;
import dev.tidemark.engine.sync.SyncOptions;
import dev.tidemark.engine.sync.SyncReport;
import dev.tidemark.engine.sync.SyncStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Syncs a database with a storage in the background, on its own thread. It syncs a second after an edit, when the
 * folder changes, when a user {@linkplain #notifyUserActive becomes active}, on request, and at an interval that grows
 * while no changes move. After failures it waits longer each time. Thread-safe.
 */
public final class SyncService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SyncService.class);

    private static final Duration COUNT_DELAY = Duration.ofMillis(100);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final Database database;
    private final SyncTimer timer;
    private final AutoCloseable commits;
    private final AtomicBoolean countPending = new AtomicBoolean();
    private final AtomicLong configurations = new AtomicLong();
    private final SyncRequests requests = new SyncRequests();
    private final SyncStatusSource board;
    private final SyncWorker worker;
    private volatile @Nullable Target target;
    private volatile boolean closed;

    private SyncService(Database database, String program, SyncTimer timer, RandomGenerator random) {
        this.database = database;
        board = new SyncStatusSource(SyncStatusSource.off(SyncHistoryReader.pendingAnywhere(database)));
        worker = new SyncWorker(database, program, timer, random, board, requests);
        this.timer = worker.timer();
        commits = SyncHistoryReader.onCommit(database, this::committed);
    }

    /**
     * Starts a service without a target. It does not sync until {@link #configure} is called.
     *
     * @param database the database, which must stay open until the service is closed
     * @param program the program and its version, shown on other devices
     */
    public static SyncService start(Database database, String program) {
        return start(database, program, InstantSource.system());
    }

    /**
     * Starts a service without a target, with another clock. The clock affects the times in the status, not the waits.
     *
     * @param database the database, which must stay open until the service is closed
     * @param program the program and its version, shown on other devices
     * @param clock the machine's clock, or another in tests
     */
    public static SyncService start(Database database, String program, InstantSource clock) {
        return new SyncService(database, program, new ThreadTimer(clock), RandomGenerator.getDefault());
    }

    static SyncService start(Database database, String program, SyncTimer timer, RandomGenerator random) {
        return new SyncService(database, program, timer, random);
    }

    /**
     * Sets the target and syncs with it at once. If the target is {@code null}, sync is off. Cancels a running sync as
     * {@link #cancel} does. Returns without waiting.
     */
    public void configure(@Nullable Target next) {
        target = next;
        worker.cancelRunning();
        long number = configurations.incrementAndGet();
        timer.schedule(Duration.ZERO, () -> {
            // If configure() was called again, the requests made since then must not fail because of this target.
            if (number == configurations.get()) {
                worker.configure(next);
            }
        });
    }

    /**
     * Syncs now, in any state, even while paused.
     *
     * @return a future with the report. It fails with the exception of the sync, or with a {@link SyncException} if
     *     sync is off.
     */
    public CompletableFuture<SyncReport> syncNow() {
        return ask(null);
    }

    /**
     * Runs another action on the library in its storage, such as starting a new epoch, with the states, progress and
     * errors of a sync.
     *
     * @return a future with the report, which fails as that of {@link #syncNow}
     */
    public CompletableFuture<SyncReport> run(Action action) {
        return ask(action);
    }

    private CompletableFuture<SyncReport> ask(@Nullable Action action) {
        CompletableFuture<SyncReport> answer = requests.add(action);
        if (closed) {
            requests.failAll(new SyncException(Problem.SYNC_CLOSING));
        }
        timer.schedule(Duration.ZERO, worker::serve);
        return answer;
    }

    /**
     * Syncs, unless a sync has just ended. Call it when a user becomes active, for example when a window gains the
     * focus.
     */
    public void notifyUserActive() {
        timer.schedule(Duration.ZERO, worker::userActive);
    }

    /**
     * Sets the pace of merges, also for a running sync. By default, merges run at full speed.
     *
     * @param wanted called before each merge, on the service's thread. It must not block.
     */
    public void paceMerges(Supplier<SyncOptions.MergePace> wanted) {
        worker.setMergePace(wanted);
    }

    /**
     * Cancels a running sync. If the sync waits for the storage, it ends at once, otherwise after its current batch.
     * Changes that it has moved stay. The next automatic sync runs at its usual time.
     */
    public void cancel() {
        worker.cancelRunning();
    }

    /**
     * Cancels a running sync as {@link #cancel} does, and stops automatic syncs until {@link #resume}. Requests are
     * still served.
     */
    public void pause() {
        worker.setPaused(true);
        timer.schedule(Duration.ZERO, worker::pauseChanged);
    }

    /** Ends a pause and syncs at once. */
    public void resume() {
        worker.setPaused(false);
        timer.schedule(Duration.ZERO, worker::pauseChanged);
    }

    /** Returns the present status. */
    public SyncStatus status() {
        return board.status();
    }

    /**
     * Notifies the listener of each new status, on the service's thread. The listener must not block. Closing the
     * result removes the listener.
     */
    public AutoCloseable listen(Consumer<SyncStatus> listener) {
        return board.listen(listener);
    }

    /** Schedules a count of pending changes. This runs on the thread of a writer, so it does not count them itself. */
    private void committed() {
        if (countPending.compareAndSet(false, true)) {
            timer.schedule(COUNT_DELAY, () -> {
                countPending.set(false);
                worker.count();
            });
        }
    }

    /** Closes the service with a time limit of five seconds, as {@link #close(Duration)} does. */
    @Override
    public void close() {
        close(CLOSE_LIMIT);
    }

    /**
     * Uploads pending changes, then closes the service. Uploads nothing if the last sync could not reach the storage,
     * if sync is paused, or if a user must decide something first.
     *
     * @param limit the time limit. Changes that remain are uploaded after the next start.
     * @return whether no changes are pending
     */
    public boolean finish(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        Target current = target;
        if (!closed && current != null && SyncOutcome.allowsPush(status()) && isPending(current)) {
            pushBefore(end);
        }
        close(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        return current == null || !isPending(current);
    }

    private boolean isPending(Target current) {
        return SyncHistoryReader.pending(database, current.location()) > 0;
    }

    private void pushBefore(long end) {
        try {
            syncNow().get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // The caller only learns that changes are pending. The log has the reason.
            Object reason = e.getCause() instanceof TidemarkException known ? known.code() : e.getClass();
            LOG.info("The last changes are uploaded after the next start: {}", reason);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Closes the service. Ends a running sync after its current batch. Changes that it has moved stay, and a sync after
     * the next start moves the others. Closing a closed service does nothing.
     *
     * @param limit how long to wait before the sync is interrupted
     * @return whether the sync has ended
     */
    public boolean close(Duration limit) {
        if (closed) {
            return true;
        }
        closed = true;
        worker.close();
        try {
            commits.close();
        } catch (Exception e) {
            throw new IllegalStateException("Listening to commits could not be ended", e);
        }
        boolean ended = timer.stop(limit);
        requests.failAll(new SyncException(Problem.SYNC_CLOSING));
        if (ended) {
            worker.disconnect();
        }
        return ended;
    }

    /**
     * An action on a library in its storage, by default a sync. After the action, the database and the storage have the
     * same changes. Only one thread at a time calls it.
     */
    @FunctionalInterface
    public interface Action {
        /**
         * Runs the action, on the service's thread.
         *
         * @param options the options, which receive the progress and tell whether to cancel
         */
        SyncReport run(RemoteLibrary library, SyncOptions options);
    }

    /**
     * The history of a database's syncs with one storage, by any process. Immutable.
     *
     * @param lastSuccess when a sync last succeeded, to within a minute; null if no sync did
     * @param pending the number of local changes that the storage is not known to have
     * @param devices the other devices of the storage, sorted by name
     */
    public record History(@Nullable Instant lastSuccess, long pending, List<Device> devices) {
        /** Copies the list. */
        public History {
            devices = List.copyOf(devices);
        }

        /**
         * Reads the history from the database. Makes no request to the storage.
         *
         * @param location the storage's address, as in {@link Target#location}
         */
        public static History of(Database database, String location) {
            SyncHistoryReader.History read = SyncHistoryReader.history(database, location);
            return new History(read.lastSuccess(), read.pending(), read.devices());
        }
    }

    /**
     * The storage that the background service syncs with. Immutable.
     *
     * @param location the {@link RemoteStorage#description} of the storage, which is known without opening the storage
     * @param storage opens the storage, {@linkplain dev.tidemark.engine.encryption.Encryption#wrap wrapped} if its
     *     library is encrypted. Called on the service's thread, and again after each failure. A keychain that does not
     *     answer thus blocks no other thread.
     * @param interval the time from a sync to the next automatic one. It grows up to tenfold while no changes move.
     */
    public record Target(String location, Supplier<RemoteStorage> storage, Duration interval) {
        /** @throws IllegalArgumentException if the interval is not positive */
        public Target {
            if (interval.isNegative() || interval.isZero()) {
                throw new IllegalArgumentException("The interval between syncs has to be positive, but is " + interval);
            }
        }

        /**
         * Returns a target for a folder that a sync client copies. The service checks the folder every second, which is
         * free.
         */
        public static Target folder(Path folder, Duration interval) {
            return new Target(FolderStorage.location(folder), () -> FolderStorage.open(folder), interval);
        }
    }
}
