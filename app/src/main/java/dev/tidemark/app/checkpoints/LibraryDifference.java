package dev.tidemark.app.checkpoints;

import dev.tidemark.app.model.DerivedId;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.Row;
import dev.tidemark.engine.Transaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The differences between two states of a library. Immutable.
 *
 * @param rows the differing rows, ordered by table and id
 */
public record LibraryDifference(List<Transaction.RowEdit> rows) {
    /** The compared columns, keyed by table. Tables of parents come before tables of their children. */
    private static final Map<String, List<String>> TABLES = tables();

    private static Map<String, List<String>> tables() {
        Map<String, List<String>> tables = new LinkedHashMap<>();
        tables.put("list", List.of("name", "color", "icon", "position"));
        tables.put(
                "item",
                List.of(
                        "kind",
                        "title",
                        "body",
                        "done",
                        "due",
                        "list_id",
                        "trashed",
                        "created_at",
                        "position",
                        "priority",
                        "reminder"));
        tables.put("tag", List.of("item_id", "name"));
        tables.put("attachment", List.of("item_id", "name", "content", "size"));
        tables.put("label", List.of("name", "color", "icon", "position"));
        tables.put("saved_search", List.of("name", "query", "color", "icon", "position"));
        return tables;
    }

    public LibraryDifference {
        rows = List.copyOf(rows);
    }

    /** Compares two states. Each edit has the first state as {@code before} and the second as {@code after}. */
    public static LibraryDifference between(Database first, Database second) {
        List<Transaction.RowEdit> edits = new ArrayList<>();
        TABLES.forEach((table, columns) ->
                compare(edits, table, columns, rows(first, table, columns), rows(second, table, columns)));
        return new LibraryDifference(edits);
    }

    private static void compare(
            List<Transaction.RowEdit> edits,
            String table,
            List<String> columns,
            Map<UUID, Map<String, @Nullable Object>> before,
            Map<UUID, Map<String, @Nullable Object>> after) {
        for (Map.Entry<UUID, Map<String, @Nullable Object>> row : before.entrySet()) {
            Map<String, @Nullable Object> now = after.get(row.getKey());
            Map<String, @Nullable Object> from = new HashMap<>(row.getValue());
            if (now == null) {
                edits.add(new Transaction.RowEdit(table, row.getKey(), from, null));
                continue;
            }
            Map<String, @Nullable Object> to = new HashMap<>(now);
            for (String column : columns) {
                if (Objects.deepEquals(from.get(column), to.get(column))) {
                    from.remove(column);
                    to.remove(column);
                }
            }
            if (!from.isEmpty()) {
                edits.add(new Transaction.RowEdit(table, row.getKey(), from, to));
            }
        }
        for (Map.Entry<UUID, Map<String, @Nullable Object>> row : after.entrySet()) {
            if (!before.containsKey(row.getKey())) {
                edits.add(new Transaction.RowEdit(table, row.getKey(), null, row.getValue()));
            }
        }
    }

    private static Map<UUID, Map<String, @Nullable Object>> rows(
            Database database, String table, List<String> columns) {
        Map<UUID, Map<String, @Nullable Object>> rows = new TreeMap<>();
        for (Row row : database.list(Query.of("SELECT id, " + String.join(", ", columns) + " FROM " + table))) {
            Map<String, @Nullable Object> values = new HashMap<>();
            for (String column : columns) {
                values.put(column, row.value(column));
            }
            rows.put(DerivedId.ofBytes(Objects.requireNonNull(row.blob("id"))), values);
        }
        return rows;
    }

    /** Returns the differences in these items, their tags and their attachments. */
    public LibraryDifference of(Set<UUID> items) {
        return new LibraryDifference(
                rows.stream().filter(edit -> items.contains(itemOf(edit))).toList());
    }

    /** Returns the item that an edit belongs to; for a list, label or saved search, returns the edited row. */
    static UUID itemOf(Transaction.RowEdit edit) {
        Map<String, @Nullable Object> before = edit.before();
        Map<String, @Nullable Object> values = before == null ? edit.after() : before;
        return values != null && values.get("item_id") instanceof byte[] item && item.length == 16
                ? DerivedId.ofBytes(item)
                : edit.row();
    }

    /** Returns the number of items that only the second state has. */
    public long added() {
        return items().filter(edit -> edit.before() == null).count();
    }

    /** Returns the number of items that only the first state has. */
    public long removed() {
        return items().filter(edit -> edit.after() == null).count();
    }

    /** Returns the number of items that both states have, but with different values. */
    public long changed() {
        return items().filter(edit -> edit.before() != null && edit.after() != null)
                .count();
    }

    public java.util.stream.Stream<Transaction.RowEdit> items() {
        return rows.stream().filter(edit -> edit.table().equals("item"));
    }
}
