package dev.tidemark.engine.internal.merge;

import dev.tidemark.engine.internal.cells.CellStore;
import dev.tidemark.engine.internal.cells.RowKey;
import dev.tidemark.engine.internal.cells.RowState;
import dev.tidemark.engine.internal.cells.TrackedRow;
import dev.tidemark.engine.internal.cells.TrackedRow.Visibility;
import dev.tidemark.engine.internal.codec.ChangeCodec;
import dev.tidemark.engine.internal.schema.SyncedTable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Shows in the application's tables what the cell state says (docs/correctness.md#r1: tables are a pure function of
 * cell state).
 *
 * <p>A live row is hidden while a parent is not shown, a NOT NULL column has neither cell nor constant default, or a live
 * rival for a unique key has the smaller (insert stamp, id). Which rows are shown is the greatest set that satisfies this:
 * rows that refer to each other in a circle are shown. Works on the rows touched and whatever depends on them; foreign keys
 * must be off or deferred. One instance serves one transaction, and is not thread-safe.
 */
public final class Projection {
    private final CellStore store;
    private final TableWriter writer;
    private final AffectedRows affected;
    private final VisibilityConstraints constraints;
    private final Set<RowKey> touched = new HashSet<>();
    private final Set<RowKey> inserted = new HashSet<>();

    public Projection(CellStore store) {
        this.store = store;
        this.writer = new TableWriter(store);
        this.affected = new AffectedRows(store, writer);
        this.constraints = new VisibilityConstraints(store, writer, affected);
    }

    /**
     * Brings the tables in line with the state of these rows, and stores the rows.
     *
     * @return the numbers of the tables in which rows were shown, changed or taken out
     */
    public Set<Integer> show(Collection<TrackedRow> rows) throws SQLException {
        rows.forEach(row -> touched.add(row.name()));
        return showDependents(rows);
    }

    /**
     * Shows or hides what depends on these rows, which stand in the tables as they should already.
     *
     * @return the numbers of the tables in which rows were shown, changed or taken out
     */
    public Set<Integer> showDependents(Collection<TrackedRow> rows) throws SQLException {
        rows.forEach(affected::add);
        affected.addDependents();
        constraints.resolveUniqueConflicts();
        constraints.resolveParents();
        while (!apply()) {
            constraints.resolveParents();
        }
        return save();
    }

    /** Takes rows out and puts rows in; false if SQLite refused one, which then counts as an obstacle. */
    private boolean apply() throws SQLException {
        affected.all().forEach(TrackedRow::values);
        // Children first: ON DELETE RESTRICT acts at once even where foreign keys are deferred.
        for (SyncedTable table : List.copyOf(store.catalog().tables()).reversed()) {
            for (TrackedRow row : affected.all()) {
                if (row.table() == table.number()
                        && ((row.wasShown() && !isUnchanged(row)) || inserted.remove(row.name()))) {
                    writer.deleteRow(table, row);
                }
            }
        }
        boolean complete = true;
        for (SyncedTable table : store.catalog().tables()) {
            List<TrackedRow> rows = new ArrayList<>();
            for (TrackedRow row : affected.all()) {
                if (row.table() == table.number() && constraints.isToBeShown(row) && !isUnchanged(row)) {
                    rows.add(row);
                }
            }
            List<TrackedRow> refused = writer.insertRows(table, rows);
            rows.forEach(row -> inserted.add(row.name()));
            for (TrackedRow row : refused) {
                inserted.remove(row.name());
                constraints.refuse(row);
                complete = false;
            }
        }
        return complete;
    }

    private boolean isUnchanged(TrackedRow row) {
        return row.wasShown() && !touched.contains(row.name()) && constraints.isToBeShown(row);
    }

    private Set<Integer> save() throws SQLException {
        Set<Integer> changed = new HashSet<>();
        Map<Integer, List<CellStore.NewRow>> plain = new HashMap<>();
        for (TrackedRow row : affected.all()) {
            if (isUnchanged(row)) {
                continue;
            }
            Visibility visibility = visibility(row);
            row.setVisibility(visibility);
            if (row.wasShown() || visibility == Visibility.SHOWN) {
                changed.add(row.table());
            }
            saveHidden(row, constraints.of(row));
            store.retainValuesNotShown(row);
            if (!row.isKnown() && row.isPlain()) {
                plain.computeIfAbsent(row.table(), table -> new ArrayList<>())
                        .add(new CellStore.NewRow(row.key(), row.state().pack()));
            } else {
                store.save(row);
            }
        }
        for (Map.Entry<Integer, List<CellStore.NewRow>> table : plain.entrySet()) {
            store.saveNew(table.getKey(), table.getValue());
        }
        return changed;
    }

    private Visibility visibility(TrackedRow row) {
        if (store.catalog().numbered(row.table()) == null) {
            return Visibility.UNKNOWN;
        }
        if (!row.isUndeleted()) {
            return Visibility.DELETED;
        }
        if (row.state().winner(RowState.EXISTS) == null) {
            // What a migration wrote on a device that comes back is nobody's edit (R11).
            boolean isEdited = row.state().writes().stream().anyMatch(write -> !write.isFromMigration());
            return isEdited ? Visibility.COLLECTED : Visibility.DELETED;
        }
        return constraints.of(row) == null ? Visibility.SHOWN : Visibility.HIDDEN;
    }

    private void saveHidden(TrackedRow row, VisibilityConstraints.@Nullable Violation obstacle) throws SQLException {
        if (row.visibility() == Visibility.HIDDEN && obstacle != null) {
            RowKey blocker = obstacle.blocker();
            store.statements()
                    .update(
                            "INSERT OR REPLACE INTO tm_hidden VALUES (?, ?, ?, ?, ?)",
                            row.table(),
                            row.key(),
                            HiddenReasons.code(obstacle.reason()),
                            blocker == null ? null : blocker.table(),
                            blocker == null ? null : ChangeCodec.bytesOf(blocker.id()));
        } else if (row.visibilityBefore() == Visibility.HIDDEN) {
            store.removeHidden(row);
        }
    }
}
