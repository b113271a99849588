package dev.tidemark.app.detail;

import dev.tidemark.engine.Query;
import dev.tidemark.engine.QueryException;
import dev.tidemark.engine.Row;
import dev.tidemark.engine.Transaction;
import dev.tidemark.engine.history.Conflict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Records keeping the winning version as an edit from the losing to the winning version: undo then writes the losing
 * version. For one transaction.
 */
final class KeepWinnerUndo {
    private final Transaction transaction;
    private final Conflict conflict;

    KeepWinnerUndo(Transaction transaction, Conflict conflict) {
        this.transaction = transaction;
        this.conflict = conflict;
    }

    /** One edit, or none if this app version cannot write the losing version. Call before any other write. */
    List<Transaction.RowEdit> edits() {
        String column = conflict.column();
        if (column.equals(Conflict.ROW)) {
            return conflict.loser().delete() ? reinsertEdits() : deleteEdits();
        }
        if (!columns(transaction, conflict.table()).contains(column)) {
            return List.of();
        }
        return List.of(edit(
                one(column, conflict.loser().value()),
                one(column, conflict.winner().value())));
    }

    /** The row stays; the edit has the form of an insert. */
    private List<Transaction.RowEdit> reinsertEdits() {
        List<Row> rows =
                transaction.list(Query.of("SELECT * FROM \"" + conflict.table() + "\" WHERE id = ?", conflict.row()));
        if (rows.isEmpty()) {
            return List.of();
        }
        Map<String, @Nullable Object> values = new HashMap<>();
        for (String column : columns(transaction, conflict.table())) {
            values.put(column, rows.getFirst().value(column));
        }
        return List.of(edit(null, values));
    }

    /** The row stays deleted. Its values are readable only while it exists, so it is restored and deleted again. */
    private List<Transaction.RowEdit> deleteEdits() {
        try {
            if (!transaction.restore(conflict.table(), conflict.row())) {
                return List.of();
            }
        } catch (QueryException e) {
            // The parent is deleted or a unique key is taken: using the losing version would fail, too.
            return List.of();
        }
        List<Transaction.RowEdit> back = reinsertEdits();
        transaction.delete(conflict.table(), conflict.row());
        return back.stream().map(made -> edit(made.after(), null)).toList();
    }

    private Transaction.RowEdit edit(
            @Nullable Map<String, @Nullable Object> before, @Nullable Map<String, @Nullable Object> after) {
        return new Transaction.RowEdit(conflict.table(), conflict.row(), before, after);
    }

    private static Map<String, @Nullable Object> one(String column, @Nullable Object value) {
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put(column, value);
        return values;
    }

    /** The columns of a table except its id. Column names come from the schema, so they are safe in SQL. */
    static List<String> columns(Transaction transaction, String table) {
        return transaction.list(Query.of("SELECT name FROM pragma_table_info(?) WHERE pk = 0", table)
                .map(row -> Objects.requireNonNull(row.text("name"))));
    }
}
