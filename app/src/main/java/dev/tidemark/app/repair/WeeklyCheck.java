package dev.tidemark.app.repair;

import dev.tidemark.app.fx.SerialTaskRunner;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the library once a week, while the user is idle, on a thread of low priority. Confined to the callback thread
 * of its runner.
 */
public final class WeeklyCheck implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WeeklyCheck.class);
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration HOUR = Duration.ofHours(1);

    /** The delay after the start, so that the check does not slow down the first sync. */
    private static final Duration AFTER_START = Duration.ofMinutes(10);

    private final LibraryRepair library;
    private final SerialTaskRunner checks;
    private final BooleanSupplier idle;
    private final Consumer<LibraryRepair.Findings> found;
    private final Consumer<Throwable> failed;
    private @Nullable Instant next;
    private boolean running;
    private volatile boolean closed;

    /**
     * @param checks a runner for this check alone, because a check may take minutes
     * @param idle whether the user has done nothing for a moment
     * @param found receives what a check found, unless the library is intact
     * @param failed receives failures that say that the database is damaged
     */
    public WeeklyCheck(
            LibraryRepair library,
            SerialTaskRunner checks,
            BooleanSupplier idle,
            Consumer<LibraryRepair.Findings> found,
            Consumer<Throwable> failed) {
        this.library = library;
        this.checks = checks;
        this.idle = idle;
        this.found = found;
        this.failed = failed;
    }

    /**
     * Starts a check in the background if one is due. Callers may call this often, because it reads the time of the
     * last check only once an hour.
     */
    public void runIfDue() {
        Instant now = library.backups().clock().instant();
        if (next == null) {
            next = now.plus(AFTER_START);
        }
        if (running || closed || now.isBefore(next) || !idle.getAsBoolean()) {
            return;
        }
        next = now.plus(HOUR);
        running = true;
        checks.run(() -> checkIfDue(now), this::finish, this::fail);
    }

    @SuppressWarnings("ThreadPriorityCheck") // a hint only: a check may take a minute longer
    private LibraryRepair.@Nullable Findings checkIfDue(Instant now) {
        Thread.currentThread().setPriority(Thread.MIN_PRIORITY);
        LastCheck.Entry last = new LastCheck(library.backups().folders()).read().orElse(null);
        // A time in the future comes from a wrong clock.
        boolean isDue =
                last == null || last.at().isAfter(now) || !last.at().plus(WEEK).isAfter(now);
        return isDue ? library.check(() -> closed, share -> {}) : null;
    }

    private void finish(LibraryRepair.@Nullable Findings findings) {
        running = false;
        if (findings != null && !findings.isSound()) {
            found.accept(findings);
        }
    }

    private void fail(Throwable failure) {
        running = false;
        if (failure instanceof CancellationException) {
            LOG.info("The check ends, because the library closes; the next start repeats it");
        } else if (Damage.isReasonOf(failure)) {
            failed.accept(failure);
        } else {
            LOG.warn("The weekly check failed and is repeated in an hour", failure);
        }
    }

    /** Cancels a running check. The check ends soon after this returns, and reports nothing. */
    @Override
    public void close() {
        closed = true;
    }
}
