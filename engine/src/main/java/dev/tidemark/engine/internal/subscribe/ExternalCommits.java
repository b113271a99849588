package dev.tidemark.engine.internal.subscribe;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Detects commits to the database file by other processes, or by other connections of this one. Thread-safe.
 *
 * <p>{@code PRAGMA data_version} changes on a connection with every commit of another connection. It is polled on the
 * writer's connection, because on any other one this process's own commits would count, too. While the writer has a
 * transaction open, no other connection can commit, so skipping a poll then misses nothing.
 */
public final class ExternalCommits implements AutoCloseable {
    /** Leaves time to rerun queries within half a second of the commit. */
    public static final Duration INTERVAL = Duration.ofMillis(200);

    private static final Logger LOG = LoggerFactory.getLogger(ExternalCommits.class);

    private final Supplier<OptionalLong> dataVersion;
    private final Duration interval;
    private final Runnable onForeignCommit;
    private final Object lock = new Object();
    private final Thread thread;
    private boolean closed;

    /**
     * Starts polling.
     *
     * @param dataVersion returns {@code PRAGMA data_version} of the writer's connection; empty while a transaction is
     *     open there. Must not block
     * @param interval time between two polls
     * @param onForeignCommit called on the polling thread; must return soon
     */
    public ExternalCommits(Supplier<OptionalLong> dataVersion, Duration interval, Runnable onForeignCommit) {
        this.dataVersion = dataVersion;
        this.interval = interval;
        this.onForeignCommit = onForeignCommit;
        // Read before the constructor returns, so that every later commit is detected.
        OptionalLong first = dataVersion.get();
        thread = Thread.ofPlatform().daemon().name("tidemark-foreign-commits").unstarted(() -> poll(first));
        thread.start();
    }

    private void poll(OptionalLong first) {
        OptionalLong known = first;
        boolean failing = false;
        try {
            while (!awaitEnd()) {
                try {
                    OptionalLong current = dataVersion.get();
                    if (current.isPresent() && !current.equals(known)) {
                        known = current;
                        onForeignCommit.run();
                    }
                    failing = false;
                } catch (RuntimeException failure) {
                    if (!failing) {
                        LOG.warn("Commits of other processes cannot be detected at present.", failure);
                    }
                    failing = true;
                }
            }
        } catch (InterruptedException interruption) {
            LOG.error("Polling for other processes' commits was interrupted and has ended.", interruption);
        }
    }

    private boolean awaitEnd() throws InterruptedException {
        long deadline = System.nanoTime() + interval.toNanos();
        synchronized (lock) {
            long left = interval.toNanos();
            while (!closed && left > 0) {
                lock.wait(Math.max(1, left / 1_000_000));
                left = deadline - System.nanoTime();
            }
            return closed;
        }
    }

    /** Stops polling. No call begins after this returns, unless a callback calls it. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
        }
        if (Thread.currentThread().equals(thread)) {
            return;
        }
        try {
            thread.join();
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        }
    }
}
