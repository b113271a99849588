package dev.tidemark.engine.internal.migrate;

import dev.tidemark.engine.internal.cells.CellStore;
import dev.tidemark.engine.internal.cells.RowKey;
import dev.tidemark.engine.internal.cells.TrackedRow;
import dev.tidemark.engine.internal.cells.TrackedRow.Visibility;
import dev.tidemark.engine.internal.merge.Projection;
import dev.tidemark.engine.internal.schema.SyncedTable;
import dev.tidemark.engine.internal.schema.SyncedTable.Parent;
import dev.tidemark.engine.internal.sql.SqlText;
import dev.tidemark.engine.internal.sql.Values;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Shows rows that an upgrade did not write, but whose visibility or values it may change. These are rows with cells
 * that waited for their column or table, hidden rows, and rows whose parent does not exist.
 */
record WaitingRows(CellStore store) {
    /** Makes the tables show their cell state (docs/correctness.md#r1). */
    void show() throws SQLException {
        Map<RowKey, TrackedRow> rows = new LinkedHashMap<>();
        for (TrackedRow row : store.loadExceptional(
                "(status & ?1 <> 0 OR status & 7 IN (?2, ?3))",
                TrackedRow.WAITING,
                Visibility.HIDDEN.code(),
                Visibility.UNKNOWN.code())) {
            rows.put(row.name(), row);
        }
        for (SyncedTable table : store.catalog().tables()) {
            for (RowKey key : orphans(table)) {
                if (!rows.containsKey(key)) {
                    rows.put(key, store.load(key.table(), key.id()));
                }
            }
        }
        if (!rows.isEmpty()) {
            new Projection(store).show(rows.values());
        }
    }

    private List<RowKey> orphans(SyncedTable table) throws SQLException {
        List<RowKey> orphans = new ArrayList<>();
        for (Parent parent : table.parents()) {
            String column = "c." + SqlText.quote(parent.column().name());
            orphans.addAll(store.statements()
                    .list(
                            "SELECT c.id FROM main." + table.quoted() + " c WHERE " + column + " IS NOT NULL"
                                    + " AND NOT EXISTS (SELECT 1 FROM main." + SqlText.quote(parent.table())
                                    + " p WHERE p.id = " + column + ")",
                            row -> new RowKey(
                                    table.number(),
                                    java.util.Objects.requireNonNull(
                                            Values.uuid(java.util.Objects.requireNonNull(Values.get(row, 1)))))));
        }
        return orphans;
    }
}
