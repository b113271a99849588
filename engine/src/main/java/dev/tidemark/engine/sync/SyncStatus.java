package dev.tidemark.engine.sync;

import dev.tidemark.engine.TidemarkException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the background sync stands. Immutable.
 *
 * @param state what it is doing
 * @param lastSuccess when a sync with the present target last succeeded; null if none is known
 * @param pending changes made here that no remote is known to have
 * @param progress how far the running sync has come; null unless one runs
 * @param reason what is wrong, for the person; while a sync runs, what the one before found wrong; in the state {@link
 *     State#IDLE}, what should be mended though everything is synced, such as a clock; null if nothing is
 * @param retryAt when it tries again by itself; null unless it waits for that
 * @param lastReport what the last sync that ended did; null if none has ended yet
 */
public record SyncStatus(
        State state,
        @Nullable Instant lastSuccess,
        long pending,
        @Nullable Progress progress,
        @Nullable TidemarkException reason,
        @Nullable Instant retryAt,
        @Nullable SyncReport lastReport) {

    /** What the service is doing. */
    public enum State {
        /** There is no target. */
        OFF,
        /** The last sync was a success, or none was made yet. */
        IDLE,
        /** A sync is running. */
        SYNCING,
        /** None comes by itself until the person lets it go on. */
        PAUSED,
        /** The storage cannot be reached; it is tried again. */
        OFFLINE,
        /** A sync failed; it is tried again. */
        RETRYING,
        /** A person has to do something; it is tried again all the same, now and then. */
        NEEDS_ATTENTION
    }

    /** What a service is in before it has a target. */
    static SyncStatus off(long pending) {
        return new SyncStatus(State.OFF, null, pending, null, null, null, null);
    }

    /**
     * How far a sync has come. Immutable.
     *
     * @param phase what it is doing
     * @param done changes moved so far in this phase; of {@link Phase#FILES}, bytes
     * @param total changes to move in this phase, as far as known; at least {@code done}; of {@link Phase#FILES}, bytes
     * @param bytes bytes sent and received so far in the whole sync, where a storage is on the other side; else 0
     */
    public record Progress(Phase phase, long done, long total, long bytes) {
        /** The parts of a sync. */
        public enum Phase {
            /** Waiting for another sync, and finding out what is new. */
            LOOKING,
            /** Fetching and merging what others changed. */
            PULLING,
            /** Publishing what changed here. */
            PUSHING,
            /** Putting files that rows refer to. Comes within the others, before the changes that refer to them. */
            FILES
        }

        /** Between changelogs that count no bytes. */
        public Progress(Phase phase, long done, long total) {
            this(phase, done, total, 0);
        }

        /** This progress with so many bytes. */
        public Progress with(long moved) {
            return new Progress(phase, done, total, moved);
        }
    }
}
