package dev.tidemark.engine.internal.subscribe;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Detects commits to the database file by other processes, or by connections of this process that the engine does not
 * use for writing. Thread-safe.
 *
 * <p>{@code PRAGMA data_version} changes on a connection with every commit of another connection. The poll reads it on
 * the connection of the application's writer and subtracts the commits of the engine's writer, so that commits of
 * either do not count. While a writer has a transaction open, no other connection can commit, so a poll may be skipped.
 */
public final class ExternalCommits implements AutoCloseable {
    /** The time between polls. It leaves time to rerun queries within half a second of the commit. */
    public static final Duration INTERVAL = Duration.ofMillis(200);

    private static final Logger LOG = LoggerFactory.getLogger(ExternalCommits.class);

    private final Scheduler scheduler = new Scheduler("tidemark-foreign-commits");
    private final Supplier<OptionalLong> dataVersion;
    private final Runnable onForeignCommit;
    // Used only by the polling thread once that runs.
    private OptionalLong known;
    private boolean failing;

    /**
     * Starts polling.
     *
     * @param dataVersion returns {@code PRAGMA data_version} without the commits of this process's writers. It returns
     *     empty while they have a transaction open, and must not block
     */
    public ExternalCommits(Supplier<OptionalLong> dataVersion, Duration interval, Runnable onForeignCommit) {
        this.dataVersion = dataVersion;
        this.onForeignCommit = onForeignCommit;
        // The version is read before the constructor returns, so that every later commit is detected.
        this.known = dataVersion.get();
        scheduler.repeat(this::poll, interval);
    }

    private void poll() {
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

    /** Stops polling. Waits for a running poll, unless {@code onForeignCommit} calls this method. */
    @Override
    public void close() {
        scheduler.close();
    }
}
