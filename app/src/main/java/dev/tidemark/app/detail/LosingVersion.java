package dev.tidemark.app.detail;

import dev.tidemark.engine.history.Conflict;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A losing version: its conflict with the winning version, and the names of both devices.
 *
 * @param device the name of the device that wrote the losing version
 * @param winnerDevice the name of the device that wrote the winning version
 */
public record LosingVersion(Conflict conflict, String device, String winnerDevice) {
    /**
     * All open conflicts and the hidden data.
     *
     * @param all the conflicts of items, by item
     * @param groups all conflicts, grouped by the row that they belong to
     * @param duplicates lists of one name that different devices created
     * @param hidden the data that no view shows
     * @param merged for each item with a merged text, the names of the other devices that wrote versions of it
     */
    public record ByItem(
            Map<UUID, List<LosingVersion>> all,
            List<ConflictGroup> groups,
            List<DuplicateListEntry> duplicates,
            HiddenEntryList hidden,
            Map<UUID, Set<String>> merged) {
        public static final ByItem NONE = new ByItem(Map.of(), List.of(), List.of(), HiddenEntryList.NONE, Map.of());

        /** The number of entries on the conflicts page. */
        public int number() {
            return groups.size() + duplicates.size() + hidden.number();
        }

        List<LosingVersion> of(UUID item) {
            return all.getOrDefault(item, List.of());
        }
    }
}
