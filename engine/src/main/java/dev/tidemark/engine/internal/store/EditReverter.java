package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.Transaction;
import dev.tidemark.engine.internal.capture.LocalCommit;
import dev.tidemark.engine.internal.cells.CellStore;
import dev.tidemark.engine.internal.cells.TrackedRow;
import dev.tidemark.engine.internal.cells.Write;
import dev.tidemark.engine.internal.schema.SyncedTable;
import dev.tidemark.engine.internal.schema.SyncedTable.Column;
import dev.tidemark.engine.internal.sql.SqlText;
import dev.tidemark.engine.internal.sql.Values;
import dev.tidemark.engine.problem.QueryException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reverts edits by new writes. Values that a later write has changed stay. Serves one transaction; not thread-safe. */
record EditReverter(SqlTransaction transaction, LocalCommit capture, CellStore cells) {
    /**
     * Reverts the last edit first. An edit that SQLite refuses is tried again after the others, because it may need one
     * of them.
     *
     * @return the edits that were not reverted, or only in part
     */
    List<Transaction.RowEdit> revert(List<Transaction.RowEdit> edits) throws SQLException {
        List<Transaction.RowEdit> kept = new ArrayList<>();
        List<Transaction.RowEdit> left = edits.reversed();
        while (!left.isEmpty()) {
            List<Transaction.RowEdit> refused = new ArrayList<>();
            for (Transaction.RowEdit edit : left) {
                try {
                    if (!revert(edit)) {
                        kept.add(edit);
                    }
                } catch (QueryException e) {
                    refused.add(edit);
                }
            }
            if (refused.size() == left.size()) {
                kept.addAll(refused);
                return kept;
            }
            left = refused;
        }
        return kept;
    }

    private boolean revert(Transaction.RowEdit edit) throws SQLException {
        SyncedTable table = cells.catalog().required(edit.table());
        Map<String, @Nullable Object> present = capture.present(table, edit.row());
        Map<String, @Nullable Object> before = edit.before();
        Map<String, @Nullable Object> after = edit.after();
        if (after == null) {
            return present == null && reinsert(table, edit.row(), Objects.requireNonNull(before));
        }
        if (present == null) {
            return before == null;
        }
        if (before == null) {
            return hasValues(present, after) && transaction.delete(table.name(), edit.row());
        }
        return revertColumns(table, edit.row(), before, after, present);
    }

    /** Re-inserts the row with its old values. A column that another device wrote last gets that device's value. */
    private boolean reinsert(SyncedTable table, UUID row, Map<String, @Nullable Object> before) throws SQLException {
        int self = ReplicaState.read(cells.statements()).replicaNumber();
        TrackedRow known = cells.load(table.number(), row);
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("id", CellStore.idValue(table, row));
        for (Column column : table.columns()) {
            Write last = known.state().winner(column.cell());
            values.put(
                    column.name(),
                    last == null || last.replica() == self
                            ? before.get(column.name())
                            : known.values().get(column.cell()));
        }
        transaction.insert(table, row, values);
        return true;
    }

    private boolean revertColumns(
            SyncedTable table,
            UUID row,
            Map<String, @Nullable Object> before,
            Map<String, @Nullable Object> after,
            Map<String, @Nullable Object> present) {
        Map<String, @Nullable Object> mine = new LinkedHashMap<>(before);
        mine.keySet().removeIf(column -> !Values.areIdentical(present.get(column), after.get(column)));
        if (!mine.isEmpty()) {
            List<@Nullable Object> values = new ArrayList<>(mine.values());
            values.add(CellStore.idValue(table, row));
            transaction.execute(
                    "UPDATE " + table.quoted() + " SET "
                            + mine.keySet().stream()
                                    .map(column -> SqlText.quote(column) + " = ?")
                                    .collect(Collectors.joining(", "))
                            + " WHERE id = ?",
                    values.toArray());
        }
        return mine.size() == before.size();
    }

    private static boolean hasValues(Map<String, @Nullable Object> present, Map<String, @Nullable Object> values) {
        return values.entrySet().stream()
                .allMatch(value -> Values.areIdentical(present.get(value.getKey()), value.getValue()));
    }
}
