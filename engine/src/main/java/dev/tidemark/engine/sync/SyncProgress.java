package dev.tidemark.engine.sync;

/**
 * How far a sync has come. Immutable.
 *
 * @param phase what it is doing
 * @param done changes moved so far in this phase
 * @param total changes to move in this phase, as far as known; at least {@code done}
 * @param bytes bytes sent and received so far in the whole sync, where a storage is on the other side; else 0
 */
public record SyncProgress(Phase phase, long done, long total, long bytes) {
    /** The parts of a sync, in their order. */
    public enum Phase {
        /** Waiting for another sync, and finding out what is new. */
        LOOKING,
        /** Fetching and merging what others changed. */
        PULLING,
        /** Publishing what changed here. */
        PUSHING
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
