package dev.tidemark.engine.history;

import dev.tidemark.engine.changelog.ReplicaId;
import java.time.Instant;

/**
 * A sync in which deletes of one device, or a snapshot, removed most of the library. The engine reports it to the user,
 * who can {@linkplain dev.tidemark.engine.Database#undo undo} it. Immutable.
 *
 * @param replica the device that deleted; this one if a snapshot removed the rows
 * @param name the device's name; empty if unknown
 * @param first the sequence number of the first of its changes that came with that sync
 * @param last the sequence number of the last of them; 0 if a snapshot removed the rows
 * @param rows how many rows were deleted
 * @param before how many rows all synced tables had before
 * @param noticed the time of the sync
 */
public record MassDelete(
        ReplicaId replica, String name, long first, long last, long rows, long before, Instant noticed) {
    /** Whether a snapshot from the storage, not a device, removed the rows. The replica is then this one. */
    public boolean isBySnapshot() {
        return last == 0;
    }
}
