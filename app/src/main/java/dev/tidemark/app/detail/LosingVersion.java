package dev.tidemark.app.detail;

import dev.tidemark.engine.history.Conflict;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A value that lost against the present one, in words.
 *
 * @param conflict what it belongs to
 * @param device the name of the device that wrote it
 * @param winnerDevice the name of the device that wrote what holds
 */
public record LosingVersion(Conflict conflict, String device, String winnerDevice) {
    /**
     * All conflicts.
     *
     * @param all those of items, by item
     * @param groups all of them, by what they are about
     */
    public record ByItem(Map<UUID, List<LosingVersion>> all, List<ConflictGroup> groups) {
        /** None. */
        public static final ByItem NONE = new ByItem(Map.of(), List.of());

        List<LosingVersion> of(UUID item) {
            return all.getOrDefault(item, List.of());
        }
    }
}
