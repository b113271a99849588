package dev.tidemark.engine.sync;

/**
 * How far a sync has come. Immutable.
 *
 * @param phase what it is doing
 * @param done changes moved so far in this phase
 * @param total changes to move in this phase, as far as known; at least {@code done}
 */
public record SyncProgress(Phase phase, long done, long total) {
    /** The parts of a sync, in their order. */
    public enum Phase {
        /** Waiting for another sync, and finding out what is new. */
        LOOKING,
        /** Fetching and merging what others changed. */
        PULLING,
        /** Publishing what changed here. */
        PUSHING
    }
}
