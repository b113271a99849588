package dev.tidemark.engine.internal.subscribe;

import dev.tidemark.engine.Subscription;
import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.BatchLimit;
import dev.tidemark.engine.changelog.BatchReader;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Changelog;
import dev.tidemark.engine.changelog.ChangelogTruncatedException;
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
 * Reads a changelog on from a vector whenever it has grown, and hands over what it read, a batch at a time. It remembers only
 * how far it has come, so nothing is missed or doubled however commits and calls interleave. Thread-safe.
 */
public final class LogFollower implements Subscription {
    private static final Logger LOG = LoggerFactory.getLogger(LogFollower.class);
    private static final BatchLimit LIMIT = new BatchLimit(1000, 1 << 20);

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
    private final Map<ReplicaId, Long> cutBack = new HashMap<>();

    // Used by whoever is reading or delivering, one after another.
    private VersionVector delivered;
    private @Nullable BatchReader reader;

    /** Follows after the vector, from the first call of {@link #onAppended} on. */
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

    /** There may be more in the changelog than before. Returns at once. */
    public void onAppended() {
        synchronized (lock) {
            growths++;
            if (running) {
                return;
            }
            running = true;
        }
        goOn();
    }

    /** A replica's changes above this number are taken back; what it has there from now on is to be delivered. */
    public void onTailRemoved(ReplicaId replica, long last) {
        synchronized (lock) {
            cutBack.merge(replica, last, Math::min);
        }
    }

    private void goOn() {
        Thread.ofVirtual().name("tidemark-log-follower").start(this::readOn);
    }

    private void readOn() {
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
            boolean over = failure instanceof ChangelogTruncatedException;
            hand(() -> report(failure), () -> rest(over ? Long.MIN_VALUE : seen));
            return;
        }
        if (batch == null) {
            rest(seen);
        } else {
            hand(() -> deliver(batch), this::goOn);
        }
    }

    private void goBack() {
        synchronized (lock) {
            cutBack.forEach((replica, last) -> {
                if (delivered.get(replica) > last) {
                    delivered = delivered.with(replica, last);
                }
                reader = null;
            });
            cutBack.clear();
        }
    }

    private @Nullable Batch next() {
        goBack();
        BatchReader open = reader;
        if (open == null) {
            open = changelog.read(delivered, LIMIT);
            reader = open;
        }
        return open.next();
    }

    /** Waits for the next growth; goes on at once if there was one since the given. */
    private void rest(long seen) {
        synchronized (lock) {
            if (seen == Long.MIN_VALUE) {
                // Nothing can follow: stays "running", so that nothing begins again.
                return;
            }
            running = seen != growths;
            if (!running) {
                return;
            }
        }
        goOn();
    }

    /** Has the call made on the executor, and then the rest. */
    private void hand(Runnable call, Runnable then) {
        try {
            executor.execute(() -> {
                gate.enter(call);
                then.run();
            });
        } catch (RuntimeException | Error refused) {
            // What was read has not been delivered: it is read again after the next commit.
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
            LOG.error("A follower of the changelog could not be told of an error.", thrown);
        }
    }

    @Override
    public void close() {
        gate.close();
        onClose.accept(this);
    }
}
