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
 * Makes the application's tables show the cell state (docs/correctness.md#r1: tables are a pure function of cell
 * state).
 *
 * <p>A live row is hidden if its parent is not shown, if a NOT NULL column has neither a cell nor a constant default,
 * if SQLite refuses the row, or if an older live row claims the same unique key. Of two rows, the older one has the
 * smaller insert timestamp, or the smaller id if the timestamps are equal. The greatest set of rows that satisfies
 * these constraints is shown, so rows that refer to each other in a cycle are shown. Only the given rows and their
 * dependents are recomputed. Foreign keys must be off or deferred. One instance serves one transaction. Not
 * thread-safe.
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
     * Makes the tables show the state of these rows, and stores the rows. Returns the numbers of the changed tables.
     */
    public Set<Integer> show(Collection<TrackedRow> rows) throws SQLException {
        rows.forEach(row -> touched.add(row.name()));
        return showDependents(rows);
    }

    /** Shows or hides the dependents of these rows. Returns the numbers of the changed tables. */
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

    /**
     * Deletes and inserts rows in the tables. Returns {@code false} if SQLite refused a row. Such a row is hidden from
     * then on.
     */
    private boolean apply() throws SQLException {
        affected.all().forEach(TrackedRow::values);
        // Deletes children first, because ON DELETE RESTRICT is enforced immediately even if foreign keys are deferred.
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
                if (row.table() == table.number() && constraints.shouldBeVisible(row) && !isUnchanged(row)) {
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
        return row.wasShown() && !touched.contains(row.name()) && constraints.shouldBeVisible(row);
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
            // A migration's write is not a user's edit (R11), so it does not bring a collected row back.
            boolean isEdited = row.state().writes().stream().anyMatch(write -> !write.isFromMigration());
            return isEdited ? Visibility.COLLECTED : Visibility.DELETED;
        }
        return constraints.of(row) == null ? Visibility.SHOWN : Visibility.HIDDEN;
    }

    private void saveHidden(TrackedRow row, VisibilityConstraints.@Nullable Violation violation) throws SQLException {
        if (row.visibility() == Visibility.HIDDEN && violation != null) {
            RowKey blocker = violation.blocker();
            store.statements()
                    .update(
                            "INSERT OR REPLACE INTO tm_hidden VALUES (?, ?, ?, ?, ?)",
                            row.table(),
                            row.key(),
                            HiddenReasons.code(violation.reason()),
                            blocker == null ? null : blocker.table(),
                            blocker == null ? null : ChangeCodec.bytesOf(blocker.id()));
        } else if (row.visibilityBefore() == Visibility.HIDDEN) {
            store.removeHidden(row);
        }
    }
}
