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
public record LostValue(Conflict conflict, String device, String winnerDevice) {
    /** All conflicts, by item. */
    public record ByItem(Map<UUID, List<LostValue>> all) {
        /** None. */
        public static final ByItem NONE = new ByItem(Map.of());

        List<LostValue> of(UUID item) {
            return all.getOrDefault(item, List.of());
        }
    }
}
