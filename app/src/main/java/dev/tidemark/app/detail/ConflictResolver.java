package dev.tidemark.app.detail;

import dev.tidemark.app.model.ItemWriter;
import dev.tidemark.app.model.TransactionRunner;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.Row;
import dev.tidemark.engine.Transaction;
import dev.tidemark.engine.history.Conflict;
import dev.tidemark.engine.problem.QueryException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Resolves conflicts with the losing or winning version, or with a merged text. Each resolution is one durable
 * transaction and one undo step. A conflict that is resolved on other devices cannot be reopened, so undoing "keep"
 * writes the losing version. Thread-safe.
 */
public record ConflictResolver(TransactionRunner writes) {
    /** Orders restored and deleted rows before the fields of rows, and items before their tags and attachments. */
    private static final Comparator<Conflict> ROWS_FIRST = Comparator.comparing(
                    (Conflict conflict) -> !conflict.column().equals(Conflict.ROW))
            .thenComparing(conflict -> !conflict.table().equals("item"));

    /** Keeps the winning version. */
    public void keepWinner(Conflict conflict) {
        keepWinners(List.of(conflict));
    }

    /** Keeps the winning version of each conflict, as one undo step. */
    public void keepWinners(Collection<Conflict> conflicts) {
        writes.endStep();
        writes.resolveConflict(transaction -> {
            List<Transaction.RowEdit> edits = new ArrayList<>();
            for (Conflict conflict : onePerField(conflicts)) {
                edits.addAll(keep(transaction, conflict));
            }
            return edits;
        });
        writes.endStep();
    }

    private static List<Transaction.RowEdit> keep(Transaction transaction, Conflict conflict) {
        List<Transaction.RowEdit> edits = keepEdits(transaction, conflict);
        if (conflict.column().equals(Conflict.ROW) && conflict.loser().delete()) {
            transaction.restoreDeletedWith(conflict.table(), conflict.row());
        }
        transaction.resolve(conflict.table(), conflict.row(), conflict.column());
        return edits;
    }

    /** Writes the losing version. */
    public void useLosingVersion(Conflict conflict) {
        write(transaction -> use(transaction, conflict));
    }

    /**
     * Writes the losing version of each conflict, as one undo step. Of several losing versions of a field, it writes
     * the latest. A deleted row that cannot return, because its parent is deleted or another row has its unique value,
     * stays deleted and its conflict open.
     *
     * @return the number of conflicts that stay open
     */
    public int useLosingVersions(Collection<Conflict> conflicts) {
        int[] open = new int[1];
        write(transaction -> {
            for (Conflict conflict : onePerField(conflicts)) {
                try {
                    use(transaction, conflict);
                } catch (QueryException e) {
                    if (!conflict.column().equals(Conflict.ROW)) {
                        throw e;
                    }
                    open[0]++;
                }
            }
        });
        return open[0];
    }

    /** Resolving a field covers all its losing versions, so the latest of them represents the field. */
    private static List<Conflict> onePerField(Collection<Conflict> conflicts) {
        record Field(String table, UUID row, String column) {}
        Map<Field, Conflict> latest = new LinkedHashMap<>();
        for (Conflict conflict : conflicts) {
            latest.merge(
                    new Field(conflict.table(), conflict.row(), conflict.column()),
                    conflict,
                    (one, other) -> other.loser().wallMillis() > one.loser().wallMillis() ? other : one);
        }
        return latest.values().stream().sorted(ROWS_FIRST).toList();
    }

    private static void use(Transaction transaction, Conflict conflict) {
        if (conflict.column().equals(Conflict.ROW)) {
            useRow(transaction, conflict);
        } else if (columns(transaction, conflict.table()).contains(conflict.column())) {
            useColumn(transaction, conflict);
        } else {
            transaction.resolve(conflict.table(), conflict.row(), conflict.column());
        }
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
     * Records keeping the winning version as an edit from the losing to the winning version: undo then writes the
     * losing version. One edit, or none if this app version cannot write the losing version. Call before any other
     * write to the row.
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
