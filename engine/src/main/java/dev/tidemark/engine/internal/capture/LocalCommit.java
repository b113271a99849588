package dev.tidemark.engine.internal.capture;

import dev.tidemark.engine.Transaction;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.cells.CellMerge;
import dev.tidemark.engine.internal.cells.CellStore;
import dev.tidemark.engine.internal.cells.RowState;
import dev.tidemark.engine.internal.schema.SyncedTable;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.TransactionException;
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
 * Turns the edits of a transaction to synced tables into changes, and merges them into cell state. One instance serves
 * one connection. Not thread-safe.
 */
public final class LocalCommit {
    /** The writing replica and its state before the transaction. */
    public record Author(ReplicaId replica, int number, long head, long clock, long wallMillis, VersionVector seen) {}

    public record Outcome(List<Change> changes, long clock) {}

    private final CellStore store;
    private final CellMerge merge;
    private final TouchedRows touched;
    private final List<SyncedTable> tables;
    private final Map<SyncedTable, Map<UUID, Set<Integer>>> forced = new HashMap<>();

    /** @param touched the rows that the connection's triggers report */
    public LocalCommit(CellStore store, CellMerge merge, TouchedRows touched) {
        this.store = store;
        this.merge = merge;
        this.touched = touched;
        this.tables = List.copyOf(store.catalog().tables());
    }

    /**
     * Forces a write of a cell in this transaction even if its value stays equal. {@link RowState#EXISTS} forces a
     * write of the row's existence. {@link dev.tidemark.engine.internal.cells.Sibling#DELETE} forces a delete of a
     * hidden row.
     */
    public void force(SyncedTable table, UUID id, int cell) {
        forced.computeIfAbsent(table, key -> new LinkedHashMap<>())
                .computeIfAbsent(id, key -> new TreeSet<>())
                .add(cell);
    }

    /** Must be called after a failed statement, because SQLite has undone the statement's effects on rows. */
    public void statementFailed() {
        touched.invalidate();
    }

    /**
     * Returns the edits of the transaction so far, ordered by table and first touch. Rows whose values did not change
     * are left out.
     */
    public List<Transaction.RowEdit> edits() throws SQLException {
        List<Transaction.RowEdit> edits = new ArrayList<>();
        for (SyncedTable table : tables) {
            for (TouchedRow row : touched.of(table, store.statements())) {
                requireId(row);
                Transaction.RowEdit edit = row.edit();
                if (edit != null) {
                    edits.add(edit);
                }
            }
        }
        return edits;
    }

    /** Returns the current values of the row by column, or {@code null} if the table does not contain it. */
    public @Nullable Map<String, @Nullable Object> present(SyncedTable table, UUID id) throws SQLException {
        @Nullable
        Object @Nullable [] now = TouchedRows.current(table, CellStore.idValue(table, id), store.statements());
        return now == null ? null : TouchedRow.byName(table, now, column -> true);
    }

    /**
     * Discards the recorded edits. Called after a rollback, or if the engine itself wrote the rows, because such writes
     * must not become changes.
     */
    public void clear() {
        forced.clear();
        touched.clear();
    }

    /** Builds the changes of the transaction so far, merges them into cell state, and discards the recorded edits. */
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
