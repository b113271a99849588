package dev.tidemark.engine.internal.merge;

import dev.tidemark.engine.internal.cells.CellStore;
import dev.tidemark.engine.internal.cells.RowKey;
import dev.tidemark.engine.internal.cells.TrackedRow;
import dev.tidemark.engine.internal.codec.ChangeCodec;
import dev.tidemark.engine.internal.schema.SyncedTable;
import dev.tidemark.engine.internal.schema.SyncedTable.Column;
import dev.tidemark.engine.internal.schema.SyncedTable.UniqueKey;
import dev.tidemark.engine.internal.sql.Statements;
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

/** Collects the rows that a transaction touched, and the rows whose visibility depends on them. Not thread-safe. */
final class AffectedRows {
    private final CellStore store;
    private final Statements statements;
    private final TableWriter writer;
    private final Map<RowKey, TrackedRow> rows = new LinkedHashMap<>();
    private final Set<Integer> tablesWithHiddenAdded = new HashSet<>();

    AffectedRows(CellStore store, TableWriter writer) {
        this.store = store;
        this.statements = store.statements();
        this.writer = writer;
    }

    Collection<TrackedRow> all() {
        return rows.values();
    }

    @Nullable
    TrackedRow find(RowKey key) {
        return rows.get(key);
    }

    void add(TrackedRow row) {
        rows.put(row.name(), row);
    }

    /**
     * Adds the hidden rows that an affected row blocks, and the rows that claim the same unique key as an affected row.
     * Does the same for the added rows.
     */
    void addDependents() throws SQLException {
        Deque<TrackedRow> open = new ArrayDeque<>(rows.values());
        boolean anyHidden = statements.exists("SELECT 1 FROM tm_hidden LIMIT 1");
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

    /** Loads, adds and returns the row with this key; {@code null} if it was added before. */
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
        String select = "SELECT table_no, id FROM tm_hidden WHERE blocker_table = ? AND blocker = ?";
        return statements.list(select, RowKey::read, row.table(), row.key());
    }

    private List<RowKey> uniqueConflictsOf(TrackedRow row, boolean anyHidden) throws SQLException {
        SyncedTable table = store.catalog().numbered(row.table());
        if (table == null || table.uniqueKeys().isEmpty() || !row.isLive()) {
            return List.of();
        }
        List<RowKey> claimants = new ArrayList<>();
        for (UniqueKey unique : table.uniqueKeys()) {
            List<@Nullable Object> values = uniqueValues(row, unique);
            if (!values.contains(null)) {
                writer.rowsWithKey(table, unique, values).forEach(id -> claimants.add(new RowKey(table.number(), id)));
            }
        }
        if (anyHidden && tablesWithHiddenAdded.add(table.number())) {
            // A hidden row is live and may claim the same key. Adds all hidden rows of the table, because there are
            // few.
            claimants.addAll(statements.list(
                    "SELECT id FROM tm_hidden WHERE table_no = ?",
                    found -> new RowKey(table.number(), ChangeCodec.idOf(found.getBytes(1))),
                    table.number()));
        }
        return claimants;
    }

    static List<@Nullable Object> uniqueValues(TrackedRow row, UniqueKey unique) {
        List<@Nullable Object> values = new ArrayList<@Nullable Object>();
        for (Column column : unique.columns()) {
            values.add(valueOf(row, column));
        }
        return values;
    }

    /**
     * Returns the value that the table shows in a column. This is the value of the cell, or the column's default if the
     * cell has no write or waits.
     */
    static @Nullable Object valueOf(TrackedRow row, Column column) {
        return row.state().winner(column.cell()) != null
                ? column.valueOrDefault(row.values().get(column.cell()))
                : column.defaultValue();
    }
}
