package dev.tidemark.engine.sync;

import dev.tidemark.engine.problem.TidemarkException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The status of the background sync. Immutable.
 *
 * @param state the service's state
 * @param lastSuccess when a sync with the current target last succeeded; null if none is known
 * @param pending changes made here that no storage is known to have
 * @param progress the progress of the running sync; null unless one runs
 * @param reason the problem for the user; while a sync runs, that of the last sync; in the state {@link State#IDLE}, a
 *     problem that should be fixed although everything is synced, such as a wrong clock; null if there is none
 * @param retryAt when the service retries; null unless it waits for that
 * @param lastReport the report of the last completed sync; null if there is none yet
 */
public record SyncStatus(
        State state,
        @Nullable Instant lastSuccess,
        long pending,
        @Nullable Progress progress,
        @Nullable TidemarkException reason,
        @Nullable Instant retryAt,
        @Nullable SyncReport lastReport) {

    /** The states of the service. */
    public enum State {
        /** There is no target. */
        OFF,
        /** The last sync was a success, or there was none yet. */
        IDLE,
        /** A sync is running. */
        SYNCING,
        /** Automatic syncs are paused until the user resumes them. */
        PAUSED,
        /** The storage cannot be reached; the service retries. */
        OFFLINE,
        /** A sync failed; the service retries. */
        RETRYING,
        /** The user has to act; the service still retries now and then. */
        NEEDS_ATTENTION
    }

    /**
     * The progress of a sync. Immutable.
     *
     * @param phase the part of the sync that is running
     * @param done changes moved so far in this phase; of {@link Phase#FILES}, bytes
     * @param total changes to move in this phase, as far as known; at least {@code done}; of {@link Phase#FILES}, bytes
     * @param bytes bytes sent to and received from a storage so far in the whole sync; 0 without a storage
     */
    public record Progress(Phase phase, long done, long total, long bytes) {
        /** The parts of a sync. */
        public enum Phase {
            /** Waiting for another sync, and listing the storage. */
            LOOKING,
            /** Downloading and merging changes. */
            PULLING,
            /** Uploading changes. */
            PUSHING,
            /** Uploading blobs, within another phase, before the changes that refer to them. */
            FILES
        }

        /** Creates a progress without a count of bytes. */
        public Progress(Phase phase, long done, long total) {
            this(phase, done, total, 0);
        }

        /** Returns this progress with another count of bytes. */
        public Progress with(long moved) {
            return new Progress(phase, done, total, moved);
        }
    }
}
