package dev.tidemark.app.checkpoints;

import dev.tidemark.app.model.ItemWriter;
import dev.tidemark.app.model.TransactionRunner;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Restores the library or some items to a checkpoint. Writes new changes in one transaction. The transaction syncs like
 * any other, and the user can undo it. Thread-safe.
 */
public record CheckpointRestore(Database database, TransactionRunner writes) {
    /**
     * The result of a restore.
     *
     * @param rows the number of restored rows
     * @param left the number of rows that could not be restored
     */
    public record Outcome(int rows, int left) {}

    /**
     * Restores the given items to their state at the checkpoint, or the whole library if {@code items} is {@code null}.
     * Items added since the checkpoint move to the trash, and so do items that were in the trash at the checkpoint.
     * Removes tags that items have got since the checkpoint. Keeps lists, sidebar tags and saved searches added since.
     *
     * @throws dev.tidemark.app.model.ProblemException if the checkpoint cannot be read
     */
    public Outcome restore(Checkpoint checkpoint, @Nullable Set<UUID> items) {
        List<Transaction.RowEdit> edits = new ArrayList<>();
        try (Database then = LibraryAtCheckpoint.open(database, checkpoint)) {
            LibraryDifference difference = LibraryDifference.between(then, database);
            (items == null ? difference : difference.of(items)).rows().forEach(edit -> add(edits, edit));
        }
        if (edits.isEmpty()) {
            return new Outcome(0, 0);
        }
        writes.endStep();
        // The edits are reversed, because revert starts with the last edit, and parents must be restored before
        // children.
        int left = writes.write(null, transaction -> {
            List<Transaction.RowEdit> kept = transaction.revert(edits.reversed());
            ItemWriter writer = new ItemWriter(transaction, writes.clock());
            edits.stream().filter(edit -> !kept.contains(edit)).forEach(writer::edited);
            return kept.size();
        });
        writes.endStep();
        return new Outcome(edits.size() - left, left);
    }

    private static void add(List<Transaction.RowEdit> edits, Transaction.RowEdit edit) {
        if (edit.before() != null) {
            edits.add(edit);
        } else if (edit.table().equals("item")) {
            Map<String, @Nullable Object> in = Map.of("trashed", 1L);
            Map<String, @Nullable Object> out = Map.of("trashed", 0L);
            edits.add(new Transaction.RowEdit("item", edit.row(), in, out));
        } else if (edit.table().equals("tag")) {
            edits.add(edit);
        }
    }
}
