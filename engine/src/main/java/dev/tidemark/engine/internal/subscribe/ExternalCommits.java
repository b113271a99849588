package dev.tidemark.engine.internal.subscribe;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices commits that others made to the file: other processes, or other connections of this one. Thread-safe.
 *
 * <p>{@code PRAGMA data_version} changes on a connection with every commit that was not its own. So it is the writer's
 * own connection that is asked: from any other, this process's commits would look like foreign ones. While the writer
 * has a transaction open nobody else can commit, so not being answered then misses nothing.
 */
public final class ExternalCommits implements AutoCloseable {
    /** Leaves time to run the queries again within the half second that is promised. */
    public static final Duration INTERVAL = Duration.ofMillis(200);

    private static final Logger LOG = LoggerFactory.getLogger(ExternalCommits.class);

    private final Supplier<OptionalLong> dataVersion;
    private final Duration interval;
    private final Runnable onForeignCommit;
    private final Object lock = new Object();
    private final Thread thread;
    private boolean closed;

    /**
     * Begins to look.
     *
     * @param dataVersion {@code PRAGMA data_version} of the writer's connection; nothing while a transaction is open
     *     there. Must not wait for one.
     * @param interval how long to wait between two looks
     * @param onForeignCommit called on the thread that looks; returns soon
     */
    public ExternalCommits(Supplier<OptionalLong> dataVersion, Duration interval, Runnable onForeignCommit) {
        this.dataVersion = dataVersion;
        this.interval = interval;
        this.onForeignCommit = onForeignCommit;
        // Before this returns: what is committed from now on shall be noticed.
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
                        LOG.warn("Changes by other processes cannot be noticed at present.", failure);
                    }
                    failing = true;
                }
            }
        } catch (InterruptedException interruption) {
            LOG.error("The look-out for other processes' changes was interrupted and has ended.", interruption);
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

    /** Ends looking. No call begins after this returns, unless it is called from inside one. */
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
