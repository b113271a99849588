package dev.tidemark.app.model;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.ChangelogQuery;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.remote.SyncService;
import dev.tidemark.engine.sync.Device;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Reports where permanently deleted items may still exist. Immutable.
 *
 * @param items the number of deleted items whose text is not erased everywhere yet
 * @param stored whether a sync with the configured storage has ever succeeded, so that the text is in the storage, too
 * @param waiting the number of these items that a device still shows because it has not received their deletion, for
 *     each such device by name. The sync history tells what a device has received
 */
public record PurgeStatus(long items, boolean stored, Map<String, Integer> waiting) {
    private static final String ITEM = "item";

    public PurgeStatus {
        waiting = Collections.unmodifiableMap(new LinkedHashMap<>(waiting));
    }

    /** Computes the status from the database and the sync history. Does not access the storage. */
    public static PurgeStatus of(Database database, SyncService.History history) {
        Set<UUID> purged = new HashSet<>(database.list(purged()));
        Map<String, Integer> waiting = new LinkedHashMap<>();
        if (!purged.isEmpty()) {
            for (Device device : history.devices()) {
                int shown = device.status() == Device.Status.RETIRED ? 0 : shownOn(device, database, purged);
                if (shown > 0) {
                    waiting.merge(device.name(), shown, Math::max);
                }
            }
        }
        return new PurgeStatus(purged.size(), history.lastSuccess() != null, waiting);
    }

    /** Reads the purged items whose text is not erased everywhere yet. */
    static Query<UUID> purged() {
        return Query.of("SELECT item_id AS id FROM purged WHERE content = x''").map(ItemQueries::id);
    }

    private static int shownOn(Device device, Database database, Set<UUID> purged) {
        Set<UUID> shown = new HashSet<>();
        database.changelog().vector().heads().forEach((writer, head) -> {
            long received = device.received().get(writer);
            if (received < head && !writer.equals(device.replica())) {
                deletedAfter(database, writer, received).stream()
                        .filter(purged::contains)
                        .forEach(shown::add);
            }
        });
        return shown.size();
    }

    private static Set<UUID> deletedAfter(Database database, ReplicaId writer, long received) {
        ChangelogQuery query = ChangelogQuery.ALL.table(ITEM).by(writer).sequences(received + 1, Long.MAX_VALUE);
        Set<UUID> rows = new HashSet<>();
        try (Stream<Change> changes = database.changelog().stream(query)) {
            changes.filter(change -> change.kind() == Change.Kind.DELETE).forEach(change -> rows.add(change.row()));
        }
        return rows;
    }
}
