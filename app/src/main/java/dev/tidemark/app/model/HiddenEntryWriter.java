package dev.tidemark.app.model;

import dev.tidemark.engine.Query;
import dev.tidemark.engine.Row;
import dev.tidemark.engine.Transaction;
import dev.tidemark.engine.history.HiddenData;
import dev.tidemark.engine.history.HiddenRow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Restores and discards hidden entries. Each command is one durable transaction, and its result syncs to all devices.
 * Thread-safe.
 */
public record HiddenEntryWriter(TransactionRunner writes) {
    /**
     * Shows the entry again. Columns without a known value get their default. Restores the item of hidden tags and
     * attachments, or adds a new item under the same id if the item's values are unknown.
     *
     * @param nameless the title of such a new item
     */
    public void restore(HiddenEntry entry, String nameless) {
        writes.endStep();
        writes.write(null, transaction -> {
            if (!transaction.restore(entry.table(), entry.id())
                    && entry.table().equals(HiddenEntry.ITEM)
                    && transaction.optional(HiddenEntry.shown(entry.id())).isEmpty()) {
                transaction.execute(
                        "INSERT INTO item(id, title, created_at) VALUES (?, ?, ?)",
                        entry.id(),
                        nameless,
                        writes.clock().millis());
            }
            transaction.restoreDeletedWith(entry.table(), entry.id());
            entry.parts().stream()
                    .filter(HiddenEntryWriter::isCollected)
                    .forEach(part -> transaction.restore(part.table(), part.row()));
            return true;
        });
        writes.endStep();
    }

    private static boolean isCollected(HiddenData row) {
        return Objects.requireNonNull(row.hidden()).reason() == HiddenRow.Reason.TOMBSTONE_COLLECTED;
    }

    /** Deletes the rows of the entry. Undo shows the entry if {@link HiddenEntry#isDiscardUndoable}. */
    public void discard(HiddenEntry entry) {
        writes.endStep();
        writes.writeWithEdits(transaction -> {
            List<Transaction.RowEdit> edits = entry.isDiscardUndoable() ? deletion(transaction, entry) : List.of();
            entry.rows().forEach(row -> transaction.delete(row.table(), row.row()));
            return edits;
        });
        writes.endStep();
    }

    /**
     * Returns the delete of the whole row as an edit. Restores the row first, because its values can be read only then.
     */
    private static List<Transaction.RowEdit> deletion(Transaction transaction, HiddenEntry entry) {
        if (!transaction.restore(entry.table(), entry.id())) {
            return List.of();
        }
        // The table's name is a constant of HiddenEntry, so it is safe in SQL.
        Row row = transaction.one(Query.of("SELECT * FROM " + entry.table() + " WHERE id = ?", entry.id()));
        Map<String, @Nullable Object> values = new HashMap<>();
        for (String column : columns(transaction, entry.table())) {
            values.put(column, row.value(column));
        }
        return List.of(new Transaction.RowEdit(entry.table(), entry.id(), values, null));
    }

    private static List<String> columns(Transaction transaction, String table) {
        return transaction.list(Query.of("SELECT name FROM pragma_table_info(?) WHERE pk = 0", table)
                .map(row -> Objects.requireNonNull(row.text("name"))));
    }
}
