package dev.tidemark.app.history;

import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.ChangelogQuery;
import dev.tidemark.engine.changelog.ReplicaId;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Selects the transactions that a history shows. A transaction must meet all conditions that are not {@code null}.
 * Immutable.
 *
 * @param item accepts transactions that changed this item
 * @param devices accepts transactions of these replicas; an empty set accepts all
 * @param list accepts transactions that changed an item of this list, or moved an item into or out of the list
 * @param action accepts transactions with this action
 * @param field accepts transactions that changed this field; the name is that of {@link HistoryEntry.FieldChange}
 * @param from accepts transactions made at this time or later, by the writer's clock
 * @param to accepts transactions made before this time, by the writer's clock
 */
public record HistoryFilter(
        @Nullable UUID item,
        Set<ReplicaId> devices,
        @Nullable UUID list,
        HistoryEntry.@Nullable Action action,
        @Nullable String field,
        @Nullable Instant from,
        @Nullable Instant to) {
    /** Accepts all transactions. */
    public static final HistoryFilter NONE = new HistoryFilter(null, Set.of(), null, null, null, null, null);

    public HistoryFilter {
        devices = Set.copyOf(devices);
    }

    public HistoryFilter item(@Nullable UUID wanted) {
        return new HistoryFilter(wanted, devices, list, action, field, from, to);
    }

    public HistoryFilter devices(Set<ReplicaId> wanted) {
        return new HistoryFilter(item, wanted, list, action, field, from, to);
    }

    public HistoryFilter list(@Nullable UUID wanted) {
        return new HistoryFilter(item, devices, wanted, action, field, from, to);
    }

    public HistoryFilter action(HistoryEntry.@Nullable Action wanted) {
        return new HistoryFilter(item, devices, list, wanted, field, from, to);
    }

    public HistoryFilter field(@Nullable String wanted) {
        return new HistoryFilter(item, devices, list, action, wanted, from, to);
    }

    public HistoryFilter between(@Nullable Instant start, @Nullable Instant end) {
        return new HistoryFilter(item, devices, list, action, field, start, end);
    }

    /**
     * The changes to read; {@link #accepts} checks the rest. Kinds, columns and tables let the changelog skip parts of
     * some hundred changes that have none of them.
     */
    ChangelogQuery query() {
        ChangelogQuery query = narrowed(ChangelogQuery.ALL.newestFirst());
        query = item == null ? query : query.row("item", item);
        query = devices.size() == 1 ? query.by(devices.iterator().next()) : query;
        query = from == null ? query : query.from(from);
        return to == null ? query : query.before(to);
    }

    private ChangelogQuery narrowed(ChangelogQuery all) {
        ChangelogQuery query = all;
        if (action != null) {
            query = switch (action) {
                case ADDED -> query.kinds(Change.Kind.INSERT);
                case DELETED -> query.kinds(Change.Kind.DELETE);
                case COMPLETED, REOPENED -> query.columns("done");
                case TRASHED, RESTORED -> query.columns("trashed");
                case CHANGED -> query;
            };
        } else if (field != null && item == null) {
            query = switch (field) {
                case "tags" -> query.table("tag");
                case "attachments" -> query.table("attachment");
                default -> query.columns(field);
            };
        }
        return query;
    }

    boolean accepts(HistoryEntry entry) {
        return (devices.isEmpty() || devices.contains(entry.transaction().replica()))
                && (action == null || action == entry.action())
                && (list == null || entry.lists().contains(list))
                && (field == null || entry.fields().stream().anyMatch(change -> field.equals(change.field())));
    }
}
