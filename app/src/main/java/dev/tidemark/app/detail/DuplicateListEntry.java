package dev.tidemark.app.detail;

import dev.tidemark.app.model.DuplicateLists;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.changelog.ReplicaId;
import java.util.List;
import java.util.Map;

/**
 * Lists of one name that different devices created, as the conflicts page shows them. Immutable.
 *
 * @param devices the names of these devices
 */
public record DuplicateListEntry(DuplicateLists lists, List<String> devices) {
    static List<DuplicateListEntry> all(Database database, Map<ReplicaId, String> names) {
        return DuplicateLists.all(database).stream()
                .map(lists -> new DuplicateListEntry(lists, List.copyOf(lists.devices(names))))
                .toList();
    }
}
