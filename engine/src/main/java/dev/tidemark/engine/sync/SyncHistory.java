package dev.tidemark.engine.sync;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.internal.sync.SyncHistoryReader;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a database knows of its syncs with one remote, whoever made them. Immutable.
 *
 * @param lastSuccess when a sync last succeeded, to within a minute; null if none did
 * @param pending changes made here that the remote is not known to have
 * @param devices the other devices there, by name
 */
public record SyncHistory(@Nullable Instant lastSuccess, long pending, List<Device> devices) {
    /** Copies the list. */
    public SyncHistory {
        devices = List.copyOf(devices);
    }

    /**
     * Reads it; the remote is not asked.
     *
     * @param location the remote, as in {@link SyncTarget#location}
     */
    public static SyncHistory of(Database database, String location) {
        return SyncHistoryReader.history(database, location);
    }
}
