package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.internal.sql.SqliteUrl;
import dev.tidemark.engine.internal.subscribe.Scheduler;
import dev.tidemark.engine.problem.TransactionException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Runs WAL checkpoints on its own thread, so that no commit waits for a checkpoint. SQLite restarts the WAL only after
 * all of it is copied into the database, which may never happen while writers continue. So writers wait while the last
 * pages of a long WAL are copied. Thread-safe.
 */
final class WalCheckpointer implements AutoCloseable {
    /** The number of pages from which a checkpoint is worth its two fsyncs; also SQLite's default. */
    private static final int MIN_PAGES = 1000;

    /** The length of the WAL in pages (16 MB) above which writers wait for a checkpoint. */
    private static final int MAX_WAL_PAGES = 4000;

    private static final int COMMITS_PER_CHECK = 50;
    private static final Duration MAX_CHECK_INTERVAL = Duration.ofSeconds(1);
    private static final int LOCK_TIMEOUT_MILLIS = 50;
    private static final Logger LOG = LoggerFactory.getLogger(WalCheckpointer.class);

    /** The number of pages in the WAL, and how many of them are copied into the database. */
    private record Pages(int inWal, int copied) {}

    private final Connection connection;
    private final WriterLock writers;
    private final GroupCommit groupCommit;
    private final AtomicInteger commits = new AtomicInteger();
    private final Scheduler scheduler = new Scheduler("tidemark-checkpoints");
    // Used only by the thread of the scheduler.
    private boolean failing;

    WalCheckpointer(Path file, WriterLock writers, GroupCommit groupCommit) throws SQLException {
        this.writers = writers;
        this.groupCommit = groupCommit;
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(LOCK_TIMEOUT_MILLIS);
        config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        connection = config.createConnection(SqliteUrl.of(file));
    }

    void committed() {
        int count = commits.incrementAndGet();
        if (count == 1) {
            scheduler.schedule(this::run, MAX_CHECK_INTERVAL);
        } else if (count == COMMITS_PER_CHECK) {
            scheduler.execute(this::run);
        }
    }

    private void run() {
        // After a failed fsync the WAL may have a hole on the disk, so nothing is copied from it before it is
        // rewritten.
        if (commits.getAndSet(0) == 0 || groupCommit.hasFailed()) {
            return;
        }
        try {
            checkpointIfDue();
            failing = false;
        } catch (SQLException e) {
            if (e instanceof SQLiteException sqlite && sqlite.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_FSYNC) {
                groupCommit.failed(e);
                groupCommit.notifyFailure();
            }
            if (!failing) {
                LOG.warn("A WAL checkpoint failed; the WAL grows until one succeeds.", e);
            }
            failing = true;
        } catch (TransactionException e) {
            LOG.debug("The database is being closed; closing copies the rest of the WAL", e);
        }
    }

    private void checkpointIfDue() throws SQLException {
        Pages pages = checkpoint("NOOP");
        if (pages.inWal - pages.copied < MIN_PAGES) {
            return;
        }
        pages = checkpoint("PASSIVE");
        if (pages.inWal > MAX_WAL_PAGES) {
            writers.acquire();
            try {
                // Long read transactions keep SQLite from restarting the WAL; RESTART waits for them for a moment.
                checkpoint(pages.inWal > 2 * MAX_WAL_PAGES ? "RESTART" : "PASSIVE");
            } finally {
                writers.release();
            }
        }
    }

    private Pages checkpoint(String kind) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(" + kind + ")")) {
            return new Pages(row.getInt(2), row.getInt(3));
        }
    }

    /** Stops the thread. SQLite copies the rest of the WAL when the last connection closes. */
    @Override
    public void close() throws SQLException {
        scheduler.close();
        connection.close();
    }
}
