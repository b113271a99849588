package dev.tidemark.engine.internal.merge;

import dev.tidemark.engine.internal.cells.CellStore;
import dev.tidemark.engine.internal.cells.RowKey;
import dev.tidemark.engine.internal.cells.RowState;
import dev.tidemark.engine.internal.cells.TrackedRow;
import dev.tidemark.engine.internal.codec.ChangeCodec;
import dev.tidemark.engine.internal.schema.SyncedTable;
import dev.tidemark.engine.internal.schema.SyncedTable.Column;
import dev.tidemark.engine.internal.schema.SyncedTable.UniqueKey;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows that a transaction touched, and those whose fate hangs on them. Not thread-safe. */
final class AffectedRows {
    private final CellStore store;
    private final TableWriter writer;
    private final Map<RowKey, TrackedRow> rows = new LinkedHashMap<>();
    private final Set<Integer> tablesWithHiddenAdded = new HashSet<>();

    AffectedRows(CellStore store, TableWriter writer) {
        this.store = store;
        this.writer = writer;
    }

    /** All of them, in the order they were added. */
    Collection<TrackedRow> all() {
        return rows.values();
    }

    /** The row, if it is one of them. */
    @Nullable
    TrackedRow find(RowKey key) {
        return rows.get(key);
    }

    void add(TrackedRow row) {
        rows.put(row.name(), row);
    }

    /** Adds the rows that wait for an affected one, and shown rows whose unique key an affected one claims. */
    void addDependents() throws SQLException {
        Deque<TrackedRow> open = new ArrayDeque<>(rows.values());
        boolean anyHidden = store.statements().first("SELECT 1 FROM tm_hidden LIMIT 1", row -> true) != null;
        while (!open.isEmpty()) {
            TrackedRow row = open.remove();
            List<RowKey> dependents = new ArrayList<>();
            if (anyHidden) {
                dependents.addAll(waitingFor(row));
            }
            dependents.addAll(uniqueConflictsOf(row, anyHidden));
            for (RowKey dependent : dependents) {
                TrackedRow added = load(dependent);
                if (added != null) {
                    open.add(added);
                }
            }
        }
    }

    /** Adds the row with this key and returns it; {@code null} if it is one of them already. */
    @Nullable
    TrackedRow load(RowKey key) throws SQLException {
        if (rows.containsKey(key)) {
            return null;
        }
        TrackedRow row = store.load(key.table(), key.id());
        rows.put(key, row);
        return row;
    }

    private List<RowKey> waitingFor(TrackedRow row) throws SQLException {
        return store.statements()
                .list(
                        "SELECT table_no, id FROM tm_hidden WHERE blocker_table = ? AND blocker = ?",
                        found -> new RowKey(found.getInt(1), ChangeCodec.idOf(found.getBytes(2))),
                        row.table(),
                        row.key());
    }

    private List<RowKey> uniqueConflictsOf(TrackedRow row, boolean anyHidden) throws SQLException {
        SyncedTable table = store.catalog().numbered(row.table());
        if (table == null || table.uniqueKeys().isEmpty() || !isLive(row)) {
            return List.of();
        }
        List<RowKey> rivals = new ArrayList<>();
        for (UniqueKey unique : table.uniqueKeys()) {
            List<@Nullable Object> values = uniqueValues(row, unique);
            if (!values.contains(null)) {
                writer.shownWith(table, unique, values).forEach(id -> rivals.add(new RowKey(table.number(), id)));
            }
        }
        if (anyHidden && tablesWithHiddenAdded.add(table.number())) {
            // A hidden row is live and may claim the same key; there are few, so all of the table are looked at.
            rivals.addAll(store.statements()
                    .list(
                            "SELECT id FROM tm_hidden WHERE table_no = ?",
                            found -> new RowKey(table.number(), ChangeCodec.idOf(found.getBytes(1))),
                            table.number()));
        }
        return rivals;
    }

    static List<@Nullable Object> uniqueValues(TrackedRow row, UniqueKey unique) {
        List<@Nullable Object> values = new ArrayList<@Nullable Object>();
        for (Column column : unique.columns()) {
            values.add(valueOf(row, column));
        }
        return values;
    }

    /** What the table shows of a row in a column: its cell, or the default where there is none or it waits. */
    static @Nullable Object valueOf(TrackedRow row, Column column) {
        return row.state().winner(column.cell()) != null
                ? column.shown(row.values().get(column.cell()))
                : column.defaultValue();
    }

    /** Whether the row exists and is not deleted, be it shown or not. */
    static boolean isLive(TrackedRow row) {
        return row.state().winner(RowState.EXISTS) != null && row.isUndeleted();
    }
}
