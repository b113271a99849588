package dev.tidemark.app.detail;

import dev.tidemark.app.model.ItemWriter;
import dev.tidemark.app.model.Writes;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.Transaction;
import dev.tidemark.engine.history.Conflict;
import java.util.Objects;

/** Ends a conflict: by what lost, or by what won. Each is one durable transaction. Thread-safe. */
final class ConflictChoice {
    private final Writes writes;

    ConflictChoice(Writes writes) {
        this.writes = writes;
    }

    /** Keeps what won. */
    void keep(Conflict conflict) {
        writes.write(null, transaction -> {
            transaction.resolve(conflict.table(), conflict.row(), conflict.column());
            return conflict;
        });
    }

    /** Puts what lost in the place of what won. */
    void useLoser(Conflict conflict) {
        writes.write(null, transaction -> {
            if (conflict.column().equals(Conflict.ROW)) {
                useRow(transaction, conflict);
            } else if (isColumn(transaction, conflict)) {
                useCell(transaction, conflict);
            } else {
                transaction.resolve(conflict.table(), conflict.row(), conflict.column());
            }
            return conflict;
        });
    }

    private static void useRow(Transaction transaction, Conflict conflict) {
        if (conflict.loser().delete()) {
            transaction.delete(conflict.table(), conflict.row());
        } else if (!transaction.restore(conflict.table(), conflict.row())) {
            transaction.resolve(conflict.table(), conflict.row(), conflict.column());
        }
    }

    /** Puts a text of an item in the place of both. */
    void merge(Conflict conflict, String text) {
        writes.write(null, transaction -> {
            ItemWriter writer = new ItemWriter(transaction);
            if (conflict.column().equals("title")) {
                writer.setTitle(conflict.row(), text);
            } else {
                writer.setBody(conflict.row(), text);
            }
            transaction.resolve(conflict.table(), conflict.row(), conflict.column());
            return conflict;
        });
    }

    /** Names come into SQL as the schema has them, and from nowhere else. */
    private static boolean isColumn(Transaction transaction, Conflict conflict) {
        return transaction
                .list(Query.of(
                                "SELECT name FROM pragma_table_info(?) WHERE pk = 0 AND name = ?",
                                conflict.table(),
                                conflict.column())
                        .map(row -> Objects.requireNonNull(row.text("name"))))
                .contains(conflict.column());
    }

    /** Resolving, too, covers the case that the value is the same by now, where the update writes nothing. */
    private static void useCell(Transaction transaction, Conflict conflict) {
        transaction.execute(
                "UPDATE \"" + conflict.table() + "\" SET \"" + conflict.column() + "\" = ? WHERE id = ?",
                conflict.loser().value(),
                conflict.row());
        transaction.resolve(conflict.table(), conflict.row(), conflict.column());
    }
}
