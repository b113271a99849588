package dev.tidemark.engine.internal.subscribe;

import dev.tidemark.engine.Subscription;
import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Changelog;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers the changes after a version vector in batches, each time the changelog grows. The follower's only state is
 * the vector of the changes delivered so far, so no change is missed or delivered twice, however commits and calls
 * interleave. Thread-safe.
 */
public final class LogFollower implements Subscription {
    private static final Logger LOG = LoggerFactory.getLogger(LogFollower.class);
    private static final Batch.Limit LIMIT = new Batch.Limit(1000, 1 << 20);

    private final Changelog changelog;
    private final Executor executor;
    private final Consumer<Batch> onBatch;
    private final Consumer<Throwable> onError;
    private final Consumer<LogFollower> onClose;
    private final CallGate gate = new CallGate();
    private final Object lock = new Object();

    // Guarded by the lock.
    private boolean running;
    private long growths;
    private final Map<ReplicaId, Long> removedTails = new HashMap<>();

    // Used only by the thread that reads or delivers, of which there is one at a time.
    private VersionVector delivered;
    private Batch.@Nullable Reader reader;

    /** Follows the changelog after the vector, starting with the first call of {@link #onAppended}. */
    public LogFollower(
            Changelog changelog,
            VersionVector after,
            Executor executor,
            Consumer<Batch> onBatch,
            Consumer<Throwable> onError,
            Consumer<LogFollower> onClose) {
        this.changelog = changelog;
        this.delivered = after;
        this.executor = executor;
        this.onBatch = onBatch;
        this.onError = onError;
        this.onClose = onClose;
    }

    /** Notifies the follower that the changelog may have grown. Returns at once. */
    public void onAppended() {
        synchronized (lock) {
            growths++;
            if (running) {
                return;
            }
            running = true;
        }
        startReading();
    }

    /**
     * Notifies the follower that the replica's changes above {@code last} were removed. Later changes with these
     * numbers are delivered anew.
     */
    public void onTailRemoved(ReplicaId replica, long last) {
        synchronized (lock) {
            removedTails.merge(replica, last, Math::min);
        }
    }

    private void startReading() {
        Thread.ofVirtual().name("tidemark-log-follower").start(this::readNext);
    }

    private void readNext() {
        long seen;
        synchronized (lock) {
            seen = growths;
        }
        if (gate.isClosed()) {
            return;
        }
        Batch batch;
        try {
            batch = next();
        } catch (RuntimeException | Error failure) {
            reader = null;
            boolean truncated = failure instanceof Changelog.TruncatedException;
            runOnExecutor(() -> report(failure), () -> awaitGrowth(truncated ? Long.MIN_VALUE : seen));
            return;
        }
        if (batch == null) {
            awaitGrowth(seen);
        } else {
            runOnExecutor(() -> deliver(batch), this::startReading);
        }
    }

    private void applyRemovedTails() {
        synchronized (lock) {
            removedTails.forEach((replica, last) -> {
                if (delivered.get(replica) > last) {
                    delivered = delivered.with(replica, last);
                }
                reader = null;
            });
            removedTails.clear();
        }
    }

    private @Nullable Batch next() {
        applyRemovedTails();
        Batch.Reader open = reader;
        if (open == null) {
            open = changelog.read(delivered, LIMIT);
            reader = open;
        }
        return open.next();
    }

    /** Stops reading until the changelog grows, or continues at once if it has grown since {@code seen}. */
    private void awaitGrowth(long seen) {
        synchronized (lock) {
            if (seen == Long.MIN_VALUE) {
                // The changelog was truncated, so following cannot continue. Because running stays set, no later call
                // starts it.
                return;
            }
            running = seen != growths;
            if (!running) {
                return;
            }
        }
        startReading();
    }

    /** Makes the call on the executor, and then runs {@code then} on the same thread. */
    private void runOnExecutor(Runnable call, Runnable then) {
        try {
            executor.execute(() -> {
                gate.enter(call);
                then.run();
            });
        } catch (RuntimeException | Error refused) {
            // The batch was not delivered. The follower reads it again after the next commit.
            reader = null;
            gate.enter(() -> report(refused));
            synchronized (lock) {
                running = false;
            }
        }
    }

    private void deliver(Batch batch) {
        VersionVector vector = delivered;
        for (Change change : batch.changes().reversed()) {
            if (!vector.covers(change.dot())) {
                vector = vector.with(change.dot().replica(), change.dot().sequence());
            }
        }
        delivered = vector;
        try {
            onBatch.accept(batch);
        } catch (RuntimeException | Error thrown) {
            report(thrown);
        }
    }

    private void report(Throwable problem) {
        try {
            onError.accept(problem);
        } catch (RuntimeException | Error thrown) {
            thrown.addSuppressed(problem);
            LOG.error("A follower of the changelog failed to handle an error.", thrown);
        }
    }

    @Override
    public void close() {
        gate.close();
        onClose.accept(this);
    }
}
