package dev.tidemark.app.detail;

import dev.tidemark.engine.Query;
import dev.tidemark.engine.QueryException;
import dev.tidemark.engine.Row;
import dev.tidemark.engine.Transaction;
import dev.tidemark.engine.history.Conflict;
import dev.tidemark.engine.history.RowEdit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What held in a conflict and is kept, as an edit of what lost: to take it back is to write what lost. Serves one transaction. */
final class KeepWinnerUndo {
    private final Transaction transaction;
    private final Conflict conflict;

    KeepWinnerUndo(Transaction transaction, Conflict conflict) {
        this.transaction = transaction;
        this.conflict = conflict;
    }

    /** One edit; none if this version cannot write what lost. To be asked for before anything else is written. */
    List<RowEdit> edits() {
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

    /** The row stays; it is as if it had just been made. */
    private List<RowEdit> reinsertEdits() {
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

    /** The row stays deleted; what it held is known only once it is there, so it is brought back and deleted again. */
    private List<RowEdit> deleteEdits() {
        try {
            if (!transaction.restore(conflict.table(), conflict.row())) {
                return List.of();
            }
        } catch (QueryException e) {
            // Its parent is gone, or another row has its place: taking what lost would fail alike.
            return List.of();
        }
        List<RowEdit> back = reinsertEdits();
        transaction.delete(conflict.table(), conflict.row());
        return back.stream().map(made -> edit(made.after(), null)).toList();
    }

    private RowEdit edit(
            @Nullable Map<String, @Nullable Object> before, @Nullable Map<String, @Nullable Object> after) {
        return new RowEdit(conflict.table(), conflict.row(), before, after);
    }

    private static Map<String, @Nullable Object> one(String column, @Nullable Object value) {
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put(column, value);
        return values;
    }

    /** The columns of a table apart from its id. Names come into SQL as the schema has them, and from nowhere else. */
    static List<String> columns(Transaction transaction, String table) {
        return transaction.list(Query.of("SELECT name FROM pragma_table_info(?) WHERE pk = 0", table)
                .map(row -> Objects.requireNonNull(row.text("name"))));
    }
}
