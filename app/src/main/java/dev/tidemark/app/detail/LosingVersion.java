package dev.tidemark.app.detail;

import dev.tidemark.engine.history.Conflict;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The losing version of a conflict with device names.
 *
 * @param device the name of the device that wrote the losing version
 * @param winnerDevice the name of the device that wrote the winning version
 */
public record LosingVersion(Conflict conflict, String device, String winnerDevice) {
    /**
     * All open conflicts.
     *
     * @param all the conflicts of items, by item
     * @param groups all conflicts, grouped by the row that they belong to
     */
    public record ByItem(Map<UUID, List<LosingVersion>> all, List<ConflictGroup> groups) {
        public static final ByItem NONE = new ByItem(Map.of(), List.of());

        List<LosingVersion> of(UUID item) {
            return all.getOrDefault(item, List.of());
        }
    }
}
