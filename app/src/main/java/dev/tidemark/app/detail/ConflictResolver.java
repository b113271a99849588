package dev.tidemark.app.detail;

import dev.tidemark.app.model.ItemWriter;
import dev.tidemark.app.model.TransactionRunner;
import dev.tidemark.engine.Transaction;
import dev.tidemark.engine.history.Conflict;
import dev.tidemark.engine.history.RowEdit;
import java.util.List;
import java.util.function.Consumer;

/**
 * Ends a conflict: by what lost, or by what won. Each is one durable transaction and a step of its own to take back. As a
 * conflict that is settled on other devices cannot be opened again, taking back that one was kept is taking the other.
 * Thread-safe.
 */
final class ConflictResolver {
    private final TransactionRunner writes;

    ConflictResolver(TransactionRunner writes) {
        this.writes = writes;
    }

    /** Keeps what won. */
    void keepWinner(Conflict conflict) {
        writes.endStep();
        writes.resolveConflict(transaction -> {
            List<RowEdit> kept = new KeepWinnerUndo(transaction, conflict).edits();
            if (conflict.column().equals(Conflict.ROW) && conflict.loser().delete()) {
                transaction.restoreDeletedWith(conflict.table(), conflict.row());
            }
            transaction.resolve(conflict.table(), conflict.row(), conflict.column());
            return kept;
        });
        writes.endStep();
    }

    /** Puts what lost in the place of what won. */
    void useLoser(Conflict conflict) {
        write(transaction -> {
            if (conflict.column().equals(Conflict.ROW)) {
                useRow(transaction, conflict);
            } else if (KeepWinnerUndo.columns(transaction, conflict.table()).contains(conflict.column())) {
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

    /** Puts a text of an item in the place of both. */
    void merge(Conflict conflict, String text) {
        write(transaction -> {
            ItemWriter writer = new ItemWriter(transaction);
            if (conflict.column().equals("title")) {
                writer.setTitle(conflict.row(), text);
            } else {
                writer.setBody(conflict.row(), text);
            }
            transaction.resolve(conflict.table(), conflict.row(), conflict.column());
        });
    }

    /** Alone, however soon it follows typing into the same text. */
    private void write(Consumer<Transaction> work) {
        writes.endStep();
        writes.write(null, transaction -> {
            work.accept(transaction);
            return true;
        });
        writes.endStep();
    }

    /** Resolving, too, covers the case that the value is the same by now, where the update writes nothing. */
    private static void useColumn(Transaction transaction, Conflict conflict) {
        transaction.execute(
                "UPDATE \"" + conflict.table() + "\" SET \"" + conflict.column() + "\" = ? WHERE id = ?",
                conflict.loser().value(),
                conflict.row());
        transaction.resolve(conflict.table(), conflict.row(), conflict.column());
    }
}
