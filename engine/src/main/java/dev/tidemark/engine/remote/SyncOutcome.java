package dev.tidemark.engine.remote;

import dev.tidemark.engine.internal.problem.ErrorText;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.problem.SyncException;
import dev.tidemark.engine.problem.TidemarkException;
import dev.tidemark.engine.storage.StorageProbe;
import dev.tidemark.engine.sync.SyncReport;
import dev.tidemark.engine.sync.SyncStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Converts the result or failure of a sync into its status for the user. */
final class SyncOutcome {
    /**
     * The report of a sync that was cancelled during a request. Changes that the sync had moved stay, but are not
     * counted.
     */
    static final SyncReport CANCELLED =
            new SyncReport(0, 0, 0, 0, 0, 0, Map.of(), Map.of(), 0, 0, 0, 0, Map.of(), List.of(), false, true);

    private static final Logger LOG = LoggerFactory.getLogger(SyncOutcome.class);

    /**
     * How long missing changes may still be on their way, because sync clients deliver files in any order, and listings
     * lag.
     */
    private static final Duration ON_ITS_WAY = Duration.ofMinutes(10);

    private SyncOutcome() {}

    /**
     * Returns the problem that a completed sync has found, which may name one of the files; {@code null} if there is
     * none.
     */
    static @Nullable TidemarkException problemIn(SyncReport report, String location, Instant now) {
        if (report.readOnly()) {
            return new SyncException(Problem.SYNC_STORAGE_NEWER);
        }
        if (report.blocked() > 0
                && report.quarantined().stream().anyMatch(file -> file.reason() == Problem.FILE_KEY_UNKNOWN)) {
            return new SyncException(Problem.SYNC_NEW_KEY, location);
        }
        if (report.blocked() > 0 && !report.quarantined().isEmpty()) {
            SyncReport.QuarantinedFile file = report.quarantined().getFirst();
            return new SyncException(Problem.SYNC_BLOCKED, report.blocked(), file.name(), file.reason());
        }
        SyncReport.QuarantinedFile refused = report.quarantined().stream()
                .filter(file -> file.reason() == Problem.FILE_DROPS_ROWS || file.reason() == Problem.FILE_FROM_FUTURE)
                .findFirst()
                .orElse(null);
        if (refused != null) {
            return new SyncException(Problem.SYNC_REFUSED, refused.name(), refused.reason());
        }
        if (report.blocked() > 0 && !report.missingFor(ON_ITS_WAY, now).isEmpty()) {
            return new SyncException(Problem.SYNC_GAP, report.blocked());
        }
        return null;
    }

    /** Returns the state after a sync that failed with this exception. */
    static SyncStatus.State stateAfter(Throwable failure) {
        if (failure instanceof StorageException.UnreachableException) {
            return SyncStatus.State.OFFLINE;
        }
        boolean isDecision = failure instanceof SyncException && !(failure instanceof SyncException.BusyException);
        return isDecision || isMisconfigured(failure) ? SyncStatus.State.NEEDS_ATTENTION : SyncStatus.State.RETRYING;
    }

    /**
     * Returns whether a sync would push this device's changes. It would if its only problem concerns files of other
     * devices.
     */
    static boolean allowsPush(SyncStatus status) {
        return switch (status.state()) {
            case IDLE, SYNCING -> true;
            case NEEDS_ATTENTION -> status.reason() != null && concernsOtherDevices(status.reason());
            case OFF, PAUSED, OFFLINE, RETRYING -> false;
        };
    }

    private static boolean concernsOtherDevices(TidemarkException failure) {
        return switch (failure.problem()) {
            case SYNC_NEW_KEY, SYNC_BLOCKED, SYNC_GAP, SYNC_REFUSED -> true;
            default -> false;
        };
    }

    /**
     * Returns whether a setting such as an access key is wrong, so that retries would fail, too. A wrong folder does
     * not count, because its drive may be connected again.
     */
    private static boolean isMisconfigured(Throwable failure) {
        return failure instanceof StorageException storage
                && StorageProbe.Setting.of(storage)
                        .filter(setting -> setting != StorageProbe.Setting.FOLDER)
                        .isPresent();
    }

    /**
     * Returns the failure as an exception with a message for the user. Logs an unexpected failure with its stack trace.
     */
    static TidemarkException asTidemarkException(Throwable failure) {
        if (failure instanceof TidemarkException known) {
            return known;
        }
        LOG.error("The sync failed unexpectedly", failure);
        Object reason = failure instanceof OutOfMemoryError ? Problem.MEMORY_EXHAUSTED : ErrorText.of(failure);
        return new SyncException(failure, Problem.SYNC_FAILED, reason);
    }
}
