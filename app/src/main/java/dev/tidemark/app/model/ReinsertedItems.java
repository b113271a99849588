package dev.tidemark.app.model;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.history.Conflict;
import java.util.List;
import java.util.UUID;

/** Items that an edit brought back although another device deleted them for good at the same time. */
public final class ReinsertedItems {
    private static final String ITEM = "item";

    private ReinsertedItems() {}

    /**
     * Gives them the tags and attachments back that the delete took along, once. Each device may do so, after each sync: all write
     * the same. What a person takes away afterwards stays away.
     *
     * @return how many tags and attachments came back
     */
    public static long complete(Database database) {
        List<UUID> returned = database.conflicts().stream()
                .filter(conflict -> conflict.table().equals(ITEM)
                        && conflict.column().equals(Conflict.ROW)
                        && conflict.loser().delete())
                .map(Conflict::row)
                .distinct()
                .toList();
        return returned.isEmpty()
                ? 0
                : database.write(transaction -> returned.stream()
                        .mapToLong(item -> transaction.restoreDeletedWith(ITEM, item))
                        .sum());
    }
}
