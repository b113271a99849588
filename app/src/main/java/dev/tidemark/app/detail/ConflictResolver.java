package dev.tidemark.app.detail;

import dev.tidemark.app.model.ItemWriter;
import dev.tidemark.app.model.TransactionRunner;
import dev.tidemark.engine.Transaction;
import dev.tidemark.engine.history.Conflict;
import java.util.List;
import java.util.function.Consumer;

/**
 * Resolves a conflict with the losing or winning version, or with a merged text. Each resolution is one durable
 * transaction and one undo step. A conflict that is resolved on other devices cannot be reopened, so undoing "keep"
 * writes the losing version. Thread-safe.
 */
final class ConflictResolver {
    private final TransactionRunner writes;

    ConflictResolver(TransactionRunner writes) {
        this.writes = writes;
    }

    /** Keeps the winning version. */
    void keepWinner(Conflict conflict) {
        writes.endStep();
        writes.resolveConflict(transaction -> {
            List<Transaction.RowEdit> kept = new KeepWinnerUndo(transaction, conflict).edits();
            if (conflict.column().equals(Conflict.ROW) && conflict.loser().delete()) {
                transaction.restoreDeletedWith(conflict.table(), conflict.row());
            }
            transaction.resolve(conflict.table(), conflict.row(), conflict.column());
            return kept;
        });
        writes.endStep();
    }

    /** Writes the losing version. */
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

    /** Writes a merged text to the item. */
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

    /** Runs the work as an undo step of its own, even right after typing into the same text. */
    private void write(Consumer<Transaction> work) {
        writes.endStep();
        writes.write(null, transaction -> {
            work.accept(transaction);
            return true;
        });
        writes.endStep();
    }

    /** {@code resolve} also covers a value that is already equal, where the update writes nothing. */
    private static void useColumn(Transaction transaction, Conflict conflict) {
        transaction.execute(
                "UPDATE \"" + conflict.table() + "\" SET \"" + conflict.column() + "\" = ? WHERE id = ?",
                conflict.loser().value(),
                conflict.row());
        transaction.resolve(conflict.table(), conflict.row(), conflict.column());
    }
}
