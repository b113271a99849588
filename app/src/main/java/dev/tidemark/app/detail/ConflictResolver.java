package dev.tidemark.app.detail;

import dev.tidemark.app.model.ItemWriter;
import dev.tidemark.app.model.TransactionRunner;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.Row;
import dev.tidemark.engine.Transaction;
import dev.tidemark.engine.history.Conflict;
import dev.tidemark.engine.problem.QueryException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Resolves a conflict with the losing or winning version, or with a merged text. Each resolution is one durable
 * transaction and one undo step. The engine cannot reopen a conflict that other devices know to be resolved. So the
 * undo of "keep the winning version" writes the losing version. Thread-safe.
 */
public record ConflictResolver(TransactionRunner writes) {
    /** Keeps the winning version and removes the conflict. */
    public void keepWinner(Conflict conflict) {
        writes.endStep();
        writes.resolveConflict(transaction -> {
            List<Transaction.RowEdit> edits = keepEdits(transaction, conflict);
            if (conflict.column().equals(Conflict.ROW) && conflict.loser().delete()) {
                transaction.restoreDeletedWith(conflict.table(), conflict.row());
            }
            transaction.resolve(conflict.table(), conflict.row(), conflict.column());
            return edits;
        });
        writes.endStep();
    }

    /** Writes the losing version again, so that it becomes the winning version. */
    public void useLoser(Conflict conflict) {
        write(transaction -> {
            if (conflict.column().equals(Conflict.ROW)) {
                useRow(transaction, conflict);
            } else if (columns(transaction, conflict.table()).contains(conflict.column())) {
                useColumn(transaction, conflict);
            } else {
                transaction.resolve(conflict.table(), conflict.row(), conflict.column());
            }
        });
    }

    private static void useRow(Transaction transaction, Conflict conflict) {
        if (conflict.loser().delete()) {
            transaction.delete(conflict.table(), conflict.row());
        } else if (transaction.restore(conflict.table(), conflict.row())) {
            transaction.restoreDeletedWith(conflict.table(), conflict.row());
        } else {
            transaction.resolve(conflict.table(), conflict.row(), conflict.column());
        }
    }

    /** Writes a merged text and removes the conflict. */
    public void merge(Conflict conflict, String text) {
        write(transaction -> {
            ItemWriter writer = new ItemWriter(transaction, writes.clock());
            if (conflict.column().equals("title")) {
                writer.setTitle(conflict.row(), text);
            } else {
                writer.setBody(conflict.row(), text);
            }
            transaction.resolve(conflict.table(), conflict.row(), conflict.column());
        });
    }

    /** Runs the work as a separate undo step, even right after typing into the same text. */
    private void write(Consumer<Transaction> work) {
        writes.endStep();
        writes.write(null, transaction -> {
            work.accept(transaction);
            return true;
        });
        writes.endStep();
    }

    /**
     * Writes the losing value into its column. Calls {@code resolve} as well, because an update to an equal value
     * writes nothing.
     */
    private static void useColumn(Transaction transaction, Conflict conflict) {
        transaction.execute(
                "UPDATE \"" + conflict.table() + "\" SET \"" + conflict.column() + "\" = ? WHERE id = ?",
                conflict.loser().value(),
                conflict.row());
        transaction.resolve(conflict.table(), conflict.row(), conflict.column());
    }

    /**
     * Returns the edits that the undo step of "keep the winning version" records: edits from the losing to the winning
     * version, so that undo writes the losing version. Returns no edits if this app version cannot write the losing
     * version. Call this method before any other write.
     */
    private static List<Transaction.RowEdit> keepEdits(Transaction transaction, Conflict conflict) {
        String column = conflict.column();
        if (column.equals(Conflict.ROW)) {
            return conflict.loser().delete()
                    ? reinsertEdits(transaction, conflict)
                    : deleteEdits(transaction, conflict);
        }
        if (!columns(transaction, conflict.table()).contains(column)) {
            return List.of();
        }
        return List.of(edit(
                conflict,
                one(column, conflict.loser().value()),
                one(column, conflict.winner().value())));
    }

    /** Returns the edit for a row that exists: an insert of the row, so that undo deletes the row. */
    private static List<Transaction.RowEdit> reinsertEdits(Transaction transaction, Conflict conflict) {
        List<Row> rows =
                transaction.list(Query.of("SELECT * FROM \"" + conflict.table() + "\" WHERE id = ?", conflict.row()));
        if (rows.isEmpty()) {
            return List.of();
        }
        Map<String, @Nullable Object> values = new HashMap<>();
        for (String column : columns(transaction, conflict.table())) {
            values.put(column, rows.getFirst().value(column));
        }
        return List.of(edit(conflict, null, values));
    }

    /**
     * Returns the edit for a deleted row: a delete of the row, so that undo inserts the row. Restores the row to read
     * its values and deletes the row again.
     */
    private static List<Transaction.RowEdit> deleteEdits(Transaction transaction, Conflict conflict) {
        try {
            if (!transaction.restore(conflict.table(), conflict.row())) {
                return List.of();
            }
        } catch (QueryException e) {
            // The parent is deleted or a unique value is taken, so writing the losing version would also fail.
            return List.of();
        }
        List<Transaction.RowEdit> back = reinsertEdits(transaction, conflict);
        transaction.delete(conflict.table(), conflict.row());
        return back.stream()
                .map(resolved -> edit(conflict, resolved.after(), null))
                .toList();
    }

    private static Transaction.RowEdit edit(
            Conflict conflict,
            @Nullable Map<String, @Nullable Object> before,
            @Nullable Map<String, @Nullable Object> after) {
        return new Transaction.RowEdit(conflict.table(), conflict.row(), before, after);
    }

    private static Map<String, @Nullable Object> one(String column, @Nullable Object value) {
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put(column, value);
        return values;
    }

    /** Returns the columns of a table except its id. The names come from the schema, so they are safe in SQL. */
    private static List<String> columns(Transaction transaction, String table) {
        return transaction.list(Query.of("SELECT name FROM pragma_table_info(?) WHERE pk = 0", table)
                .map(row -> Objects.requireNonNull(row.text("name"))));
    }
}
