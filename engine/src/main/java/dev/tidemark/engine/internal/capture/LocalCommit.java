package dev.tidemark.engine.internal.capture;

import dev.tidemark.engine.Problem;
import dev.tidemark.engine.TransactionException;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.history.RowEdit;
import dev.tidemark.engine.internal.cells.CellMerge;
import dev.tidemark.engine.internal.cells.CellStore;
import dev.tidemark.engine.internal.cells.RowState;
import dev.tidemark.engine.internal.schema.SyncedTable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Turns what one transaction did to synced tables into changes, and takes them into the cell state. One instance serves one
 * connection; not thread-safe.
 */
public final class LocalCommit {
    /** Who writes, when, and knowing what. */
    public record Author(ReplicaId replica, int number, long head, long clock, long wallMillis, VersionVector seen) {}

    /**
     * What came of a transaction.
     *
     * @param changes the changes, in sequence
     * @param clock the clock after the last of them
     */
    public record Outcome(List<Change> changes, long clock) {}

    private final CellStore store;
    private final CellMerge merge;
    private final TouchedRows touched;
    private final List<SyncedTable> tables;
    private final Map<SyncedTable, Map<UUID, Set<Integer>>> forced = new HashMap<>();

    /** @param touched what the triggers of the connection tell */
    public LocalCommit(CellStore store, CellMerge merge, TouchedRows touched) {
        this.store = store;
        this.merge = merge;
        this.touched = touched;
        this.tables = List.copyOf(store.catalog().tables());
    }

    /**
     * Has a cell written in this transaction although its value stays; {@link RowState#EXISTS} stands for the row,
     * {@link dev.tidemark.engine.internal.cells.Sibling#DELETE} for deleting a row that is hidden.
     */
    public void force(SyncedTable table, UUID id, int cell) {
        forced.computeIfAbsent(table, key -> new LinkedHashMap<>())
                .computeIfAbsent(id, key -> new TreeSet<>())
                .add(cell);
    }

    /** A statement failed: what it did to rows before that was taken back. */
    public void statementFailed() {
        touched.invalidate();
    }

    /** What the transaction did to rows so far, by table and first touch; rows that are as they were are left out. */
    public List<RowEdit> edits() throws SQLException {
        List<RowEdit> edits = new ArrayList<>();
        for (SyncedTable table : tables) {
            for (TouchedRow row : touched.of(table, store.statements())) {
                requireId(row);
                RowEdit edit = row.edit();
                if (edit != null) {
                    edits.add(edit);
                }
            }
        }
        return edits;
    }

    /** What the row holds now, by column; {@code null} if it is not there. */
    public @Nullable Map<String, @Nullable Object> present(SyncedTable table, UUID id) throws SQLException {
        @Nullable
        Object @Nullable [] now = TouchedRows.current(table, CellStore.idValue(table, id), store.statements());
        return now == null ? null : TouchedRow.byName(table, now, column -> true);
    }

    /** Forgets what the transaction noted: after a rollback, or because the engine itself did it, which is no change. */
    public void clear() {
        forced.clear();
        touched.clear();
    }

    /** Works out the changes of the transaction so far, takes them into the cell state, and forgets the notes. */
    public Outcome collect(Author author) throws SQLException {
        LocalChanges changes = new LocalChanges(store, merge, author);
        for (SyncedTable table : tables) {
            Map<UUID, Set<Integer>> open = new LinkedHashMap<>(forced.getOrDefault(table, Map.of()));
            for (TouchedRow row : touched.of(table, store.statements())) {
                if (row.before() != null || row.after() != null) {
                    requireId(row);
                }
                Set<Integer> cells = open.remove(row.id());
                changes.add(row, cells == null ? Set.of() : cells);
            }
            for (Map.Entry<UUID, Set<Integer>> only : open.entrySet()) {
                changes.add(untouched(table, only.getKey()), only.getValue());
            }
            changes.flush();
        }
        clear();
        return changes.outcome();
    }

    private TouchedRow untouched(SyncedTable table, UUID id) throws SQLException {
        TouchedRow row = new TouchedRow(table, CellStore.idValue(table, id), id);
        @Nullable Object @Nullable [] now = TouchedRows.current(table, row.storedId(), store.statements());
        row.setBefore(now);
        row.setAfter(now);
        return row;
    }

    private static void requireId(TouchedRow row) {
        if (row.id() == null) {
            String form = row.table().textIds() ? "lowercase text, as UUID.toString gives it" : "16 bytes";
            throw new TransactionException(
                    Problem.TRANSACTION_ID_MALFORMED, row.table().name(), form);
        }
    }
}
