package dev.tidemark.app.model;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.history.Conflict;
import dev.tidemark.engine.history.HiddenData;
import dev.tidemark.engine.history.HiddenRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The hidden rows of one item, list, tag or saved search. No other view shows these rows. Hidden tags and attachments
 * belong to the entry of their item. Immutable.
 *
 * @param table the table of the entry's own row. It is {@code item} for tags and attachments whose item is known
 * @param id the id of the entry's own row
 * @param title the known title or name; empty if unknown
 * @param rows the hidden rows, at least one
 */
public record HiddenEntry(String table, UUID id, String title, List<HiddenData> rows) {
    static final String ITEM = "item";

    /** The columns that a restored row of each table needs. All columns of the other tables have defaults. */
    private static final Map<String, Set<String>> REQUIRED =
            Map.of("tag", Set.of("item_id", "name"), "attachment", Set.of("item_id", "name", "content", "size"));

    private static final Set<String> PARTS = REQUIRED.keySet();
    private static final Set<String> TABLES = Set.of(ITEM, "list", "label", "saved_search", "tag", "attachment");

    /** The table and id of an entry's own row. */
    private record Key(String table, UUID id) {}

    /**
     * Returns all entries except those with an open conflict about a delete. The user decides about the tags and
     * attachments of such an entry when resolving the conflict.
     *
     * @param mostRows the maximum number of hidden rows to read
     */
    public static List<HiddenEntry> all(Database database, int mostRows) {
        List<HiddenData> hidden = database.hiddenData(
                rows -> rows.filter(row -> row.hidden() != null).limit(mostRows).toList());
        if (hidden.isEmpty()) {
            return List.of();
        }
        Set<UUID> disputed = database.conflicts().stream()
                .filter(conflict -> conflict.column().equals(Conflict.ROW))
                .map(Conflict::row)
                .collect(Collectors.toSet());
        Map<Key, List<HiddenData>> entries = new LinkedHashMap<>();
        for (HiddenData row : hidden) {
            entries.computeIfAbsent(key(row), key -> new ArrayList<>()).add(row);
        }
        return entries.entrySet().stream()
                .filter(entry -> !disputed.contains(entry.getKey().id()))
                .map(entry -> new HiddenEntry(
                        entry.getKey().table(),
                        entry.getKey().id(),
                        title(database, entry.getKey(), entry.getValue()),
                        List.copyOf(entry.getValue())))
                .toList();
    }

    private static Key key(HiddenData row) {
        UUID item = itemOf(row);
        return item.equals(row.row()) ? new Key(row.table(), item) : new Key(ITEM, item);
    }

    /**
     * Returns the id of the item of a tag or an attachment if that item is known, otherwise the id of the row itself.
     */
    public static UUID itemOf(HiddenData row) {
        return PARTS.contains(row.table()) && row.values().get("item_id") instanceof byte[] item && item.length == 16
                ? DerivedId.ofBytes(item)
                : row.row();
    }

    private static String title(Database database, Key key, List<HiddenData> rows) {
        String known = rows.stream()
                .filter(row -> row.row().equals(key.id()))
                .map(HiddenEntry::name)
                .findFirst()
                .orElse("");
        return known.isEmpty() && TABLES.contains(key.table())
                ? text(database.retainedValues(key.table(), key.id()).get(nameColumn(key.table())))
                : known;
    }

    /** Returns the known title or name of a hidden row; empty if unknown. */
    public static String name(HiddenData row) {
        return text(row.values().get(nameColumn(row.table())));
    }

    private static String nameColumn(String table) {
        return table.equals(ITEM) ? "title" : "name";
    }

    private static String text(@Nullable Object value) {
        return value instanceof String text ? text : "";
    }

    /** Returns the entry's own row if that is hidden, otherwise the first hidden tag or attachment. */
    public HiddenData first() {
        return rows.stream().filter(row -> row.row().equals(id)).findFirst().orElse(rows.getFirst());
    }

    /** Returns why the {@link #first} row is hidden. */
    public HiddenRow.Reason reason() {
        return Objects.requireNonNull(first().hidden()).reason();
    }

    /** Returns the known text of an item; empty if unknown. */
    public String body() {
        return first().table().equals(ITEM) ? text(first().values().get("body")) : "";
    }

    /** Returns the hidden tags and attachments. */
    public List<HiddenData> parts() {
        return rows.stream().filter(row -> PARTS.contains(row.table())).toList();
    }

    /** Whether enough is known to show the entry again. */
    public boolean isRestorable() {
        return rows.stream().allMatch(HiddenEntry::isRestorable);
    }

    static boolean isRestorable(HiddenData row) {
        return switch (Objects.requireNonNull(row.hidden()).reason()) {
            case PARENT -> ITEM.equals(row.hidden().blockerTable());
            case TOMBSTONE_COLLECTED ->
                TABLES.contains(row.table())
                        && row.values().keySet().containsAll(REQUIRED.getOrDefault(row.table(), Set.of()));
            default -> false;
        };
    }

    /**
     * Whether undo can restore the entry after it was discarded. It can if the entry consists of one row that depends
     * on no other row.
     */
    public boolean isDiscardUndoable() {
        return reason() == HiddenRow.Reason.TOMBSTONE_COLLECTED
                && rows.size() == 1
                && parts().isEmpty()
                && isRestorable();
    }

    /**
     * Returns one row if the item is shown, and otherwise none. Tags and attachments can be shown only with their item.
     */
    static Query<Long> shown(UUID item) {
        return Query.of("SELECT 1 AS id, 1 AS found FROM item WHERE id = ?", item)
                .map(row -> row.integer("found"));
    }
}
