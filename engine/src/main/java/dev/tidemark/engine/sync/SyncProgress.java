package dev.tidemark.engine.sync;

/**
 * How far a sync has come. Immutable.
 *
 * @param phase what it is doing
 * @param done changes moved so far in this phase; of {@link Phase#FILES}, bytes
 * @param total changes to move in this phase, as far as known; at least {@code done}; of {@link Phase#FILES}, bytes
 * @param bytes bytes sent and received so far in the whole sync, where a storage is on the other side; else 0
 */
public record SyncProgress(Phase phase, long done, long total, long bytes) {
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
    public SyncProgress(Phase phase, long done, long total) {
        this(phase, done, total, 0);
    }

    /** This progress with so many bytes. */
    public SyncProgress with(long moved) {
        return new SyncProgress(phase, done, total, moved);
    }
}
