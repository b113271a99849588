package dev.tidemark.engine.history;

import dev.tidemark.engine.changelog.ReplicaId;
import java.time.Instant;

/**
 * A sync in which deletes of one device, or a snapshot, removed most of the library. The engine reports it to the user,
 * who can {@linkplain dev.tidemark.engine.Database#undo undo} it. Immutable.
 *
 * @param replica the device that deleted the rows; this device if a snapshot removed them
 * @param name the device's name; empty if unknown
 * @param first the sequence number of the first of the device's changes that the sync applied
 * @param last the sequence number of the last of these changes; 0 if a snapshot removed the rows
 * @param rows how many rows were deleted
 * @param before how many rows all synced tables had before
 * @param noticed the time of the sync
 */
public record MassDelete(
        ReplicaId replica, String name, long first, long last, long rows, long before, Instant noticed) {
    /** Whether a snapshot from the storage removed the rows, and not a device. The replica is then this device. */
    public boolean isBySnapshot() {
        return last == 0;
    }
}
