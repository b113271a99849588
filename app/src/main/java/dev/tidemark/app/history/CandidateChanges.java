package dev.tidemark.app.history;

import dev.tidemark.app.model.DerivedId;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.changelog.Change;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Decides from a single change whether a filter may accept the transaction of the change. {@link HistoryReader}
 * describes only transactions that pass, because describing a transaction takes several queries. Not thread-safe.
 */
final class CandidateChanges {
    private final HistoryFilter filter;

    /** The items that are in the list of the filter now. */
    private final Set<UUID> listed = new HashSet<>();

    private final @Nullable UUID list;

    CandidateChanges(HistoryFilter filter, Database database) {
        this.filter = filter;
        UUID wanted = filter.list();
        this.list = wanted;
        if (wanted != null) {
            listed.addAll(database.list(Query.of("SELECT id FROM item WHERE list_id = ?", wanted)
                    .map(row -> DerivedId.ofBytes(Objects.requireNonNull(row.blob("id"))))));
        }
    }

    boolean mayAccept(Change change) {
        HistoryEntry.Action action = filter.action();
        String field = filter.field();
        return (filter.devices().isEmpty()
                        || filter.devices().contains(change.dot().replica()))
                && (action == null || mayBe(action, change))
                && (field == null || mayHave(field, change))
                && (list == null || mayBeListed(change));
    }

    private static boolean mayBe(HistoryEntry.Action action, Change change) {
        return switch (action) {
            case ADDED -> change.kind() == Change.Kind.INSERT;
            case DELETED -> change.kind() == Change.Kind.DELETE;
            case COMPLETED, REOPENED -> change.values().containsKey("done");
            case TRASHED, RESTORED -> change.values().containsKey("trashed");
            case CHANGED ->
                change.kind() != Change.Kind.INSERT || !change.table().equals(HistoryReader.ITEM);
        };
    }

    private static boolean mayHave(String field, Change change) {
        return switch (field) {
            case "tags" -> change.table().equals("tag");
            case "attachments" -> change.table().equals("attachment");
            default -> change.values().containsKey(field);
        };
    }

    /**
     * Returns whether the changed item may be or may have been in the list. Accepts every delete, because a delete does
     * not contain the list.
     */
    private boolean mayBeListed(Change change) {
        if (change.kind() == Change.Kind.DELETE || listed.contains(change.row())) {
            return true;
        }
        if (change.values().containsKey("list_id")) {
            // An update may have moved the item out of the list.
            return change.kind() != Change.Kind.INSERT || isList(change.values().get("list_id"));
        }
        return change.values().get("item_id") instanceof byte[] item
                && item.length == 16
                && listed.contains(DerivedId.ofBytes(item));
    }

    private boolean isList(@Nullable Object value) {
        return value instanceof byte[] id
                && id.length == 16
                && DerivedId.ofBytes(id).equals(list);
    }
}
