package dev.tidemark.app.model;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.history.RowHistory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An item with the time and device of its last change. Adding or removing a tag counts as a change. Immutable.
 *
 * @param changedAt the time of the last change, on the clock of the device that made it; {@code null} if unknown
 * @param changedBy the name of the device that changed the item last, or the device's id if the name is unknown; {@code
 *     null} if the device is unknown
 */
public record ItemDetails(
        Item item, @Nullable Instant changedAt, @Nullable String changedBy) {
    /** Looks up the last changes of these items in one query. */
    public static List<ItemDetails> of(Database database, List<Item> items) {
        Map<UUID, RowHistory.Origin> origins =
                database.origins("item", items.stream().map(Item::id).toList());
        Map<ReplicaId, String> names = database.replicaNames();
        return items.stream()
                .map(item -> of(item, origins.get(item.id()), names))
                .toList();
    }

    private static ItemDetails of(Item item, RowHistory.@Nullable Origin origin, Map<ReplicaId, String> names) {
        return origin == null
                ? new ItemDetails(item, null, null)
                : new ItemDetails(
                        item, Instant.ofEpochMilli(origin.changedMillis()), deviceName(names, origin.changedBy()));
    }

    /** Returns the name of a device, or the device's id if the name is unknown. */
    public static String deviceName(Map<ReplicaId, String> names, ReplicaId replica) {
        String name = names.get(replica);
        return name == null || name.isBlank() ? replica.toString() : name;
    }
}
