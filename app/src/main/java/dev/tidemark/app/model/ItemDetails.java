package dev.tidemark.app.model;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.history.RowOrigin;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An item and who changed it last. Its tags count: adding or taking one is a change of the item. Immutable.
 *
 * @param item the item
 * @param changedAt when it was last changed, on that device's clock; {@code null} if that is not known any more
 * @param changedBy the name of the device that changed it last, its id if it told no name
 */
public record ItemDetails(
        Item item, @Nullable Instant changedAt, @Nullable String changedBy) {
    /** Looks up who changed these items last, all at once. */
    public static List<ItemDetails> of(Database database, List<Item> items) {
        Map<UUID, RowOrigin> origins =
                database.origins("item", items.stream().map(Item::id).toList());
        Map<ReplicaId, String> names = database.replicaNames();
        return items.stream()
                .map(item -> of(item, origins.get(item.id()), names))
                .toList();
    }

    private static ItemDetails of(Item item, @Nullable RowOrigin origin, Map<ReplicaId, String> names) {
        return origin == null
                ? new ItemDetails(item, null, null)
                : new ItemDetails(
                        item, Instant.ofEpochMilli(origin.changedMillis()), deviceName(names, origin.changedBy()));
    }

    /** The name of a device, its id if it told no name. */
    public static String deviceName(Map<ReplicaId, String> names, ReplicaId replica) {
        String name = names.get(replica);
        return name == null || name.isBlank() ? replica.toString() : name;
    }
}
