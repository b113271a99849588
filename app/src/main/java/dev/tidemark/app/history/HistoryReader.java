package dev.tidemark.app.history;

import dev.tidemark.app.history.HistoryEntry.Action;
import dev.tidemark.app.history.HistoryEntry.FieldChange;
import dev.tidemark.app.history.HistoryEntry.Subject;
import dev.tidemark.app.model.DerivedId;
import dev.tidemark.app.model.ItemDetails;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.LocalChangelog;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.ChangelogQuery;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.HlcTimestamp;
import dev.tidemark.engine.changelog.ReplicaId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the history from the changelog, newest first, a page at a time. Not thread-safe. */
public final class HistoryReader {
    static final String ITEM = "item";

    /** The columns of an item that a history shows and restores. */
    static final List<String> COLUMNS =
            List.of("title", "body", "kind", "done", "due", "reminder", "priority", "list_id", "trashed");

    /** The maximum number of changes that are read to describe a transaction. */
    private static final int DESCRIBED = 200;

    /**
     * The time limit for reading a page. If few entries match, a page ends early, so that its reader does not wait
     * long.
     */
    private static final Duration MAX_TIME = Duration.ofMillis(30);

    private static final Map<String, String> PARTS = Map.of("tag", "tags", "attachment", "attachments");
    private static final Map<String, HistoryEntry.Type> TYPES = Map.of(
            ITEM,
            HistoryEntry.Type.ITEM,
            "list",
            HistoryEntry.Type.LIST,
            "label",
            HistoryEntry.Type.TAG,
            "saved_search",
            HistoryEntry.Type.SEARCH);

    private final Database database;
    private final LocalChangelog changelog;
    private final Map<ReplicaId, String> devices;
    private final ReplicaId self;

    /**
     * A page of entries.
     *
     * @param next the last timestamp that was read for this page, after which the next page begins; {@code null} for
     *     the last page
     */
    public record Page(List<HistoryEntry> entries, @Nullable HlcTimestamp next) {
        public Page {
            entries = List.copyOf(entries);
        }
    }

    public HistoryReader(Database database) {
        this.database = database;
        this.changelog = database.changelog();
        this.devices = database.replicaNames();
        this.self = database.replica();
    }

    /**
     * Reads the next entries. Leaves out transactions without visible changes, such as those that only change
     * positions. A page can have fewer entries than {@code most}, or none, although more pages follow.
     *
     * @param after the {@link Page#next} of the previous page; {@code null} for the first page
     */
    public Page page(HistoryFilter filter, @Nullable HlcTimestamp after, int most) {
        ChangelogQuery query = filter.query();
        List<HistoryEntry> entries = new ArrayList<>();
        HlcTimestamp last = after;
        long start = System.nanoTime();
        boolean hasRead = false;
        CandidateChanges candidates = new CandidateChanges(filter, database);
        try (Stream<Change> changes = changelog.stream(after == null ? query : query.after(after))) {
            Iterator<Change> all = changes.iterator();
            Change next = next(all);
            while (next != null
                    && entries.size() < most
                    && (!hasRead || System.nanoTime() - start < MAX_TIME.toNanos())) {
                hasRead = true;
                Change first = next;
                boolean mayAccept = false;
                Set<UUID> items = new HashSet<>();
                while (next != null && isSame(first, next)) {
                    if (next.table().equals(ITEM)) {
                        items.add(next.row());
                    }
                    mayAccept |= candidates.mayAccept(next);
                    last = next.timestamp();
                    next = next(all);
                }
                HistoryEntry entry = mayAccept ? entry(first, items.size()) : null;
                if (entry != null && filter.accepts(entry)) {
                    entries.add(entry);
                }
            }
            return new Page(entries, next == null ? null : last);
        }
    }

    /** Returns the entry of a transaction, given its first change; {@code null} if it has no visible changes. */
    public @Nullable HistoryEntry entry(Dot transaction) {
        List<Change> changes = changelog.list(ChangelogQuery.ALL.transaction(transaction));
        long items = changes.stream()
                .filter(change -> change.table().equals(ITEM))
                .map(Change::row)
                .distinct()
                .count();
        return changes.isEmpty() ? null : entry(changes.getLast(), items);
    }

    private static @Nullable Change next(Iterator<Change> changes) {
        while (changes.hasNext()) {
            Change change = changes.next();
            if (TYPES.containsKey(change.table()) || PARTS.containsKey(change.table())) {
                if (change.kind() != Change.Kind.ERASED && !change.isFromMigration()) {
                    return change;
                }
            }
        }
        return null;
    }

    private static boolean isSame(Change one, Change other) {
        return one.transaction() == other.transaction()
                && one.dot().replica().equals(other.dot().replica());
    }

    /** @param items the number of items in those changes of the transaction that the caller has read */
    private @Nullable HistoryEntry entry(Change any, long items) {
        Dot transaction = new Dot(any.dot().replica(), any.transaction());
        List<Change> changes =
                changelog.list(ChangelogQuery.ALL.transaction(transaction).limit(DESCRIBED));
        // A filter may have let only other changes of the transaction through.
        Change last = changelog
                .list(ChangelogQuery.ALL.transaction(transaction).newestFirst().limit(1))
                .getFirst();
        Map<UUID, List<Change>> subjects = new LinkedHashMap<>();
        for (Change change : changes) {
            UUID subject = subject(change);
            if (subject != null) {
                subjects.computeIfAbsent(subject, id -> new ArrayList<>()).add(change);
            }
        }
        for (Map.Entry<UUID, List<Change>> subject : subjects.entrySet()) {
            Description described = describe(subject.getKey(), subject.getValue());
            if (described != null) {
                return new HistoryEntry(
                        transaction,
                        last.timestamp(),
                        ItemDetails.deviceName(devices, transaction.replica()),
                        transaction.replica().equals(self),
                        Instant.ofEpochMilli(any.wallMillis()),
                        described.action,
                        described.subject,
                        described.fields,
                        described.lists,
                        Math.max(0, items - 1));
            }
        }
        return null;
    }

    /** Returns the item, list, tag or search that a change belongs to; {@code null} if no view shows the change. */
    private @Nullable UUID subject(Change change) {
        if (change.kind() == Change.Kind.ERASED) {
            return null;
        }
        if (PARTS.containsKey(change.table())) {
            return partOf(change, "item_id") instanceof byte[] item && item.length == 16
                    ? DerivedId.ofBytes(item)
                    : null;
        }
        return TYPES.containsKey(change.table()) ? change.row() : null;
    }

    private @Nullable Object partOf(Change change, String column) {
        return change.kind() == Change.Kind.DELETE
                ? changelog.valuesBefore(change).get(column)
                : change.values().get(column);
    }

    private record Description(Action action, Subject subject, List<FieldChange> fields, Set<UUID> lists) {}

    private @Nullable Description describe(UUID id, List<Change> changes) {
        List<FieldChange> fields = new ArrayList<>();
        Map<String, @Nullable Object> seen = new HashMap<>();
        Set<UUID> lists = new HashSet<>();
        Change.Kind kind = null;
        HistoryEntry.Type type = HistoryEntry.Type.ITEM;
        for (Change change : changes) {
            String part = PARTS.get(change.table());
            if (part != null) {
                Object name = partOf(change, "name");
                boolean isGone = change.kind() == Change.Kind.DELETE;
                fields.add(new FieldChange(part, isGone ? name : null, isGone ? null : name, true));
                continue;
            }
            type = Objects.requireNonNull(TYPES.get(change.table()));
            kind = kind == null || change.kind() == Change.Kind.DELETE ? change.kind() : kind;
            Map<String, @Nullable Object> before = changelog.valuesBefore(change);
            seen.putAll(before);
            seen.putAll(change.values());
            addFields(fields, change, before);
            addList(lists, before.get("list_id"));
            addList(lists, change.values().get("list_id"));
        }
        if (fields.isEmpty() && kind != Change.Kind.INSERT && kind != Change.Kind.DELETE) {
            return null;
        }
        Subject subject = subject(type, id, seen);
        if (type == HistoryEntry.Type.ITEM) {
            currentList(id).ifPresent(lists::add);
        }
        return new Description(action(kind, fields), subject, fields, lists);
    }

    private static void addFields(List<FieldChange> fields, Change change, Map<String, @Nullable Object> before) {
        if (change.kind() == Change.Kind.DELETE) {
            return;
        }
        boolean isInsert = change.kind() == Change.Kind.INSERT;
        for (String column : change.table().equals(ITEM) ? COLUMNS : List.of("name", "color", "icon", "query")) {
            if (!change.values().containsKey(column)) {
                continue;
            }
            Object after = change.values().get(column);
            boolean isSame = before.containsKey(column) && Objects.deepEquals(before.get(column), after);
            if (isInsert ? isSet(column, after) : !isSame) {
                fields.add(new FieldChange(column, before.get(column), after, isInsert || before.containsKey(column)));
            }
        }
    }

    /** Returns whether the entry of a new row shows this value. The title or name is already in the subject. */
    private static boolean isSet(String column, @Nullable Object value) {
        return switch (column) {
            case "title", "name", "kind" -> false;
            default -> value != null && !value.equals(0L) && !value.equals("");
        };
    }

    private static Action action(Change.@Nullable Kind kind, List<FieldChange> fields) {
        if (kind == Change.Kind.INSERT) {
            return Action.ADDED;
        }
        if (kind == Change.Kind.DELETE) {
            return Action.DELETED;
        }
        for (FieldChange change : fields) {
            boolean isOn = change.after() instanceof Long number && number != 0;
            if (change.field().equals("trashed") && (change.isKnown() || fields.size() == 1)) {
                return isOn ? Action.TRASHED : Action.RESTORED;
            }
            if (change.field().equals("done")) {
                return isOn ? Action.COMPLETED : Action.REOPENED;
            }
        }
        return Action.CHANGED;
    }

    private Subject subject(HistoryEntry.Type type, UUID id, Map<String, @Nullable Object> seen) {
        String column = type == HistoryEntry.Type.ITEM ? "title" : "name";
        String table = switch (type) {
            case ITEM -> ITEM;
            case LIST -> "list";
            case TAG -> "label";
            case SEARCH -> "saved_search";
        };
        Optional<String> present =
                database.optional(Query.of("SELECT id, " + column + " AS name FROM " + table + " WHERE id = ?", id)
                        .map(row -> Objects.requireNonNullElse(row.text("name"), "")));
        return new Subject(
                type,
                id,
                present.orElseGet(() -> seen.get(column) instanceof String name ? name : ""),
                present.isPresent());
    }

    private Optional<UUID> currentList(UUID item) {
        return database.optional(Query.of("SELECT id, coalesce(list_id, x'') AS list FROM item WHERE id = ?", item)
                        .map(row -> Objects.requireNonNull(row.blob("list"))))
                .filter(list -> list.length == 16)
                .map(DerivedId::ofBytes);
    }

    private static void addList(Set<UUID> lists, @Nullable Object value) {
        if (value instanceof byte[] list && list.length == 16) {
            lists.add(DerivedId.ofBytes(list));
        }
    }

    /**
     * Returns the values of {@link #COLUMNS} right after a change. The value of a column is the one with the greatest
     * timestamp up to that of the change. A column whose changes were truncated is absent.
     *
     * @param moment the timestamp of the change
     * @return the values by column; empty if the item did not exist then
     */
    public Optional<Map<String, @Nullable Object>> itemAt(UUID item, HlcTimestamp moment) {
        Map<String, @Nullable Object> values = new HashMap<>();
        HlcTimestamp inclusive = new HlcTimestamp(moment.time() + 1, new ReplicaId(0));
        ChangelogQuery query = ChangelogQuery.ALL.row(ITEM, item).newestFirst().limit(20);
        List<Change> page = changelog.list(query.after(inclusive));
        boolean isFirst = true;
        while (!page.isEmpty() && !values.keySet().containsAll(COLUMNS)) {
            for (Change change : page) {
                if (change.kind() == Change.Kind.DELETE && isFirst) {
                    return Optional.empty();
                }
                isFirst = false;
                if (change.kind() != Change.Kind.ERASED) {
                    change.values().forEach((column, value) -> {
                        if (COLUMNS.contains(column) && !values.containsKey(column)) {
                            values.put(column, value);
                        }
                    });
                }
            }
            page = changelog.list(query.after(page.getLast().timestamp()));
        }
        return values.isEmpty() ? Optional.empty() : Optional.of(values);
    }

    /** Returns the time of the oldest change in the changelog if older changes were truncated; otherwise empty. */
    public Optional<Instant> truncatedBefore() {
        return changelog.floor().isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(changelog.statistics().all().oldest());
    }
}
