package dev.tidemark.engine.sync;

import dev.tidemark.engine.problem.TidemarkException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The status of the background sync. Immutable.
 *
 * @param state the service's state
 * @param lastSuccess when a sync with the current target last succeeded; null if none is known
 * @param pending the number of local changes that the target's storage is not known to have; without a target, of those
 *     that no storage is known to have
 * @param progress the progress of the running sync; null if no sync is running
 * @param reason the problem to show to the user; null if there is none. While a sync is running, it is the problem of
 *     the last sync. In the state {@link State#IDLE}, it is one that should be fixed although everything is synced,
 *     such as a wrong clock.
 * @param retryAt when the service retries; null if it is not waiting to retry
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
        /** The last sync succeeded, or there was no sync yet. */
        IDLE,
        /** A sync is running. */
        SYNCING,
        /** Automatic syncs are paused until the user resumes them. */
        PAUSED,
        /** The storage cannot be reached. The service retries. */
        OFFLINE,
        /** A sync failed. The service retries. */
        RETRYING,
        /** The user must act. The service still retries now and then. */
        NEEDS_ATTENTION
    }

    /**
     * The progress of a sync. Immutable.
     *
     * @param phase the part of the sync that is running
     * @param done the number of changes moved so far in this phase; in {@link Phase#FILES}, the number of bytes
     * @param total the number of changes to move in this phase, as far as it is known, and at least {@code done}; in
     *     {@link Phase#FILES}, the number of bytes
     * @param bytes the number of bytes sent to and received from a storage so far in the whole sync; 0 without a
     *     storage
     */
    public record Progress(Phase phase, long done, long total, long bytes) {
        /** The parts of a sync. */
        public enum Phase {
            /** Waiting for another sync to end, and listing the storage. */
            LOOKING,
            /** Downloading and merging changes. */
            PULLING,
            /** Uploading changes. */
            PUSHING,
            /** Uploading blobs, before the changes that refer to them. This happens within another phase. */
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
