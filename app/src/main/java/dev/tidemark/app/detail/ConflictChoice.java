package dev.tidemark.app.detail;

import dev.tidemark.app.model.Writes;
import dev.tidemark.engine.Transaction;
import dev.tidemark.engine.history.Conflict;
import java.util.Set;

/** Ends a conflict: by what lost, or by what won. Each is one durable transaction. Thread-safe. */
final class ConflictChoice {
    /** The columns of an item but its id; the name of a column never comes from elsewhere into SQL. */
    private static final Set<String> COLUMNS = Set.of(
            "title",
            "body",
            "done",
            "due",
            "priority",
            "list_id",
            "kind",
            "trashed",
            "created_at",
            "position",
            "reminder",
            "dismissed");

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
            } else if (COLUMNS.contains(conflict.column())) {
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
        } else {
            transaction.resolve(conflict.table(), conflict.row(), conflict.column());
        }
    }

    /** Resolving first covers the case that the value is the same by now, where the update writes nothing. */
    private static void useCell(Transaction transaction, Conflict conflict) {
        transaction.execute(
                "UPDATE item SET " + conflict.column() + " = ? WHERE id = ?",
                conflict.loser().value(),
                conflict.row());
        transaction.resolve(conflict.table(), conflict.row(), conflict.column());
    }
}
