package dev.tidemark.app.retention;

import dev.tidemark.app.checkpoints.Checkpoint;
import dev.tidemark.app.checkpoints.Checkpoints;
import dev.tidemark.app.settings.HistoryRetention;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.ChangelogQuery;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Truncates the changelog: removes changes that are older than the retention that the user chose (decision 84). Removes
 * only changes that every active device has acknowledged. Removes no changes while this device can open a checkpoint,
 * because the library at a checkpoint is computed from all changes up to the checkpoint. Thread-safe.
 *
 * @param clock the clock that determines the age of a change
 */
public record LogRetention(Database database, InstantSource clock) {
    /**
     * The changes that are older than the retention and that every active device has acknowledged.
     *
     * @param changes the number of changes
     * @param watermark a version vector that covers these changes
     * @param checkpoints the checkpoints that need these changes; if there are any, no changes are removed
     */
    public record Expired(long changes, VersionVector watermark, List<Checkpoint> checkpoints) {
        static final Expired NONE = new Expired(0, VersionVector.EMPTY, List.of());

        public Expired {
            checkpoints = List.copyOf(checkpoints);
        }

        /** Returns the number of changes that are retained only because checkpoints need them. */
        public long retained() {
            return checkpoints.isEmpty() ? 0 : changes;
        }
    }

    /** Finds the changes that have expired. Does not remove them. */
    public Expired expired(HistoryRetention retention) {
        Instant end = retention.end(clock.instant());
        if (end == null) {
            return Expired.NONE;
        }
        VersionVector floor = database.changelog().floor();
        VersionVector watermark = floor;
        long changes = 0;
        for (Map.Entry<ReplicaId, Long> safe :
                database.maintenance().safeWatermark().heads().entrySet()) {
            long last = Math.min(safe.getValue(), lastBefore(safe.getKey(), end));
            long first = floor.get(safe.getKey());
            if (last > first) {
                changes += last - first;
                watermark = watermark.with(safe.getKey(), last);
            }
        }
        return changes == 0 ? Expired.NONE : new Expired(changes, watermark, openableCheckpoints());
    }

    /** Removes the changes that have expired, unless a checkpoint needs them. Returns the number of removed changes. */
    public long run(HistoryRetention retention) {
        Expired expired = expired(retention);
        return expired.changes() == 0 || !expired.checkpoints().isEmpty()
                ? 0
                : database.maintenance().truncateLog(expired.watermark());
    }

    /**
     * Returns the checkpoints that this device can open. It can open none if its changelog lacks early changes, as
     * after a truncation or if the device began with a snapshot.
     */
    private List<Checkpoint> openableCheckpoints() {
        VersionVector held = database.changelog().vector();
        if (!database.changelog().floor().isEmpty()) {
            return List.of();
        }
        return new Checkpoints(database, clock)
                .list().stream().filter(each -> isCovered(each.vector(), held)).toList();
    }

    private static boolean isCovered(@Nullable VersionVector vector, VersionVector held) {
        return vector != null && held.covers(vector);
    }

    /** Returns the sequence number before that of the replica's first change made at {@code end} or later. */
    private long lastBefore(ReplicaId replica, Instant end) {
        ChangelogQuery query = ChangelogQuery.ALL.by(replica).from(end).oldestFirst();
        long first = Long.MAX_VALUE;
        try (Stream<Change> changes = database.changelog().stream(query)) {
            // The query returns changes of migrations first, even if their sequence numbers are higher. The other
            // changes follow in the order of their sequence numbers.
            Iterator<Change> all = changes.iterator();
            boolean isFound = false;
            while (!isFound && all.hasNext()) {
                Change change = all.next();
                first = Math.min(first, change.dot().sequence());
                isFound = !change.isFromMigration();
            }
        }
        return first - 1;
    }
}
