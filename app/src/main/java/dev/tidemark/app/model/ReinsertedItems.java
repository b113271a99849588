package dev.tidemark.app.model;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.history.Conflict;
import java.util.List;
import java.util.UUID;

/** Completes items that one device permanently deleted while another edited them. The edit has re-inserted them. */
public final class ReinsertedItems {
    private static final String ITEM = "item";

    private ReinsertedItems() {}

    /**
     * Restores the tags and attachments that the delete removed with the items. Every device can call it after each
     * sync, because all devices write the same values. Tags and attachments that the user removes later stay removed.
     *
     * @return the number of restored tags and attachments
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
