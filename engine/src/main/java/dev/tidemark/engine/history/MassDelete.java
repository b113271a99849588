package dev.tidemark.engine.history;

import dev.tidemark.engine.changelog.ReplicaId;
import java.time.Instant;

/**
 * A sync in which one device's deletes took most of the library away: applied like any other, but a person should hear of
 * it, and can take it back with {@link dev.tidemark.engine.Database#undo}. Immutable.
 *
 * @param replica the device that deleted; this one if a snapshot took the rows
 * @param name what it is called; empty if unknown
 * @param first the sequence number of the first of its changes that came with that sync
 * @param last the sequence number of the last of them; 0 if a snapshot took the rows
 * @param rows how many rows were deleted
 * @param before how many rows all synced tables had before
 * @param noticed when the sync was
 */
public record MassDelete(
        ReplicaId replica, String name, long first, long last, long rows, long before, Instant noticed) {
    /** Whether no device deleted the rows: a snapshot from the storage lacked them. The replica is this one then. */
    public boolean isBySnapshot() {
        return last == 0;
    }
}
