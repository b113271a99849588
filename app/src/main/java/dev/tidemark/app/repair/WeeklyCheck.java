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
 * Checks the library once a week, while the user is idle, on a thread of low priority that yields to everything else. Belongs to
 * the thread of the callbacks of its runner.
 */
public final class WeeklyCheck implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WeeklyCheck.class);
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration HOUR = Duration.ofHours(1);

    /** The first minutes belong to sync and to the user. */
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
     * @param checks a thread of its own: a check may take minutes
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

    /** Call this often; it looks once an hour, and works in the background. */
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
        // A time in the future, of a clock that was wrong, does not count.
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

    /** Ends a running check soon; its callbacks find nothing. */
    @Override
    public void close() {
        closed = true;
    }
}
