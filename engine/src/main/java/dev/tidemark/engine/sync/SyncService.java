package dev.tidemark.engine.sync;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Problem;
import dev.tidemark.engine.TidemarkException;
import dev.tidemark.engine.internal.sync.SyncHistoryReader;
import dev.tidemark.engine.storage.FolderStorage;
import dev.tidemark.engine.storage.RemoteStorage;
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
 * Keeps a database in step with a remote, in the background, on a thread of its own: a second after an edit, when the
 * folder changes, when somebody {@linkplain #notifyUserActive looks}, at an interval that grows while nothing happens, and on
 * request. After an error it waits longer each time. Thread-safe.
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
        board = new SyncStatusSource(SyncStatus.off(SyncHistoryReader.pendingAnywhere(database)));
        worker = new SyncWorker(database, program, timer, random, board, requests);
        this.timer = worker.timer();
        commits = SyncHistoryReader.onCommit(database, this::committed);
    }

    /**
     * A service without a target: it does nothing yet.
     *
     * @param database stays open until the service is closed
     * @param program the program and its version, which other devices are told
     */
    public static SyncService start(Database database, String program) {
        return start(database, program, InstantSource.system());
    }

    /**
     * A service without a target, with another clock: the times of its status come from this clock, its waits do not.
     *
     * @param database stays open until the service is closed
     * @param program the program and its version, which other devices are told
     * @param clock the machine's clock; tests set their own
     */
    public static SyncService start(Database database, String program, InstantSource clock) {
        return new SyncService(database, program, new ThreadTimer(clock), RandomGenerator.getDefault());
    }

    static SyncService start(Database database, String program, SyncTimer timer, RandomGenerator random) {
        return new SyncService(database, program, timer, random);
    }

    /**
     * Syncs with this from now on, the first time at once; {@code null} turns sync off. Ends a running sync as {@link #cancel}
     * does. Returns before that is done.
     */
    public void configure(@Nullable Target next) {
        target = next;
        worker.cancelRunning();
        long number = configurations.incrementAndGet();
        timer.schedule(Duration.ZERO, () -> {
            // What was asked for after a later change of mind must not fail with this one.
            if (number == configurations.get()) {
                worker.configure(next);
            }
        });
    }

    /**
     * Syncs now, whatever the state, also while it is paused.
     *
     * @return what the sync did; fails with what it failed with, or with a {@link SyncException} if sync is off
     */
    public CompletableFuture<SyncReport> syncNow() {
        return ask(null);
    }

    /**
     * Does something else with the library in its storage, such as publishing everything again, with the same states,
     * progress and errors as a sync.
     *
     * @return what it did; fails as {@link #syncNow} does
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

    /** Somebody begins to look at the data, such as when a window gains the focus: syncs unless one has just ended. */
    public void notifyUserActive() {
        timer.schedule(Duration.ZERO, worker::userActive);
    }

    /**
     * Has syncs, also the running one, ask this before each merge how fast to go; until then they go as fast as they can.
     *
     * @param wanted asked on the service's thread; must not block
     */
    public void paceMerges(Supplier<SyncOptions.MergePace> wanted) {
        worker.setMergePace(wanted);
    }

    /**
     * Ends a running sync: at once where it waits for the storage, else after its present batch. What was moved stays, and
     * the next sync comes at its time.
     */
    public void cancel() {
        worker.cancelRunning();
    }

    /**
     * Ends a running sync as {@link #cancel} does, and has none come by itself until it is resumed. What is asked for is done
     * all the same.
     */
    public void pause() {
        worker.setPaused(true);
        timer.schedule(Duration.ZERO, worker::pauseChanged);
    }

    /** Goes on after a pause, with a sync at once. */
    public void resume() {
        worker.setPaused(false);
        timer.schedule(Duration.ZERO, worker::pauseChanged);
    }

    /** How it stands. */
    public SyncStatus status() {
        return board.status();
    }

    /**
     * Has the listener told of each new status, on the service's thread: it must not block. Closing what this returns
     * ends that.
     */
    public AutoCloseable listen(Consumer<SyncStatus> listener) {
        return board.listen(listener);
    }

    /** On the thread of some writer: only notes that there is something to count. */
    private void committed() {
        if (countPending.compareAndSet(false, true)) {
            timer.schedule(COUNT_DELAY, () -> {
                countPending.set(false);
                worker.count();
            });
        }
    }

    /** Closes with a limit of five seconds. */
    @Override
    public void close() {
        close(CLOSE_LIMIT);
    }

    /**
     * Publishes what is not published yet, if the storage could be reached last time, sync is not paused, and nobody has to decide
     * anything first; then closes.
     *
     * @param limit how long this may take; what could not be published by then is, after the next start
     * @return whether nothing is left to publish
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
            // What is left to publish tells the caller; the reason is for the log.
            Object reason = e.getCause() instanceof TidemarkException known ? known.code() : e.getClass();
            LOG.info("The last changes are uploaded after the next start: {}", reason);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
     * Something that is done with a library in its storage, and ends with both in step: by default, a sync. Called on one thread
     * at a time.
     */
    @FunctionalInterface
    public interface Action {
        /**
         * Does it, on the service's thread.
         *
         * @param options tell of progress, and whether to end early
         */
        SyncReport run(RemoteLibrary library, SyncOptions options);
    }

    /**
     * What a database knows of its syncs with one remote, whoever made them. Immutable.
     *
     * @param lastSuccess when a sync last succeeded, to within a minute; null if none did
     * @param pending changes made here that the remote is not known to have
     * @param devices the other devices there, by name
     */
    public record History(@Nullable Instant lastSuccess, long pending, List<Device> devices) {
        /** Copies the list. */
        public History {
            devices = List.copyOf(devices);
        }

        /**
         * Reads it; the remote is not asked.
         *
         * @param location the remote, as in {@link Target#location}
         */
        public static History of(Database database, String location) {
            return SyncHistoryReader.history(database, location);
        }
    }

    /**
     * What the background service syncs with. Immutable.
     *
     * @param location what {@link RemoteStorage#description} will say; known without opening it
     * @param storage opens the storage, {@linkplain dev.tidemark.engine.encryption.Encryption#wrap wrapped} if its library is
     *     encrypted; called on the service's thread, again after each failure, so that a keychain without an answer blocks nothing else
     * @param interval how long after a sync the next one comes by itself; grows up to tenfold while nothing happens
     */
    public record Target(String location, Supplier<RemoteStorage> storage, Duration interval) {
        /** @throws IllegalArgumentException if the interval is not positive */
        public Target {
            if (interval.isNegative() || interval.isZero()) {
                throw new IllegalArgumentException("The interval between syncs has to be positive, but is " + interval);
            }
        }

        /** A folder that something else carries. It is looked at every second, which costs nothing. */
        public static Target folder(Path folder, Duration interval) {
            return new Target(FolderStorage.location(folder), () -> FolderStorage.open(folder), interval);
        }
    }
}
