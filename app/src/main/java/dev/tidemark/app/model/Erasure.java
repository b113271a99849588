package dev.tidemark.app.model;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.Transaction;
import dev.tidemark.engine.blob.BlobId;
import dev.tidemark.engine.history.RowEdit;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Erases what is left on this device of items that were deleted for good, here or elsewhere: their words in the full-text
 * index, and their files; and the opened copies of files that no item has. An item that came back is left alone, and so is one
 * that undo can bring back. What stops halfway is done the next time. Their changes stay in the changelog. Immutable and
 * thread-safe.
 */
public final class Erasure {
    /** As many pages of the index as one transaction writes: others write in between. */
    private static final int PAGES = 500;

    /** The full-text index marks a deleted row there, and drops its words with the next merge. */
    private static final long FIRST_TOMBSTONE = 1L << 53;

    private static final String ITEMS = "SELECT item_id AS id FROM purged WHERE content = x'' AND erased = 0";

    private final Database database;
    private final Consumer<Predicate<String>> openedCopies;

    /**
     * @param openedCopies deletes the opened copies of the files whose hashes do not begin with what passes, or throws a
     *     {@link ProblemException}
     */
    public Erasure(Database database, Consumer<Predicate<String>> openedCopies) {
        this.database = database;
        this.openedCopies = openedCopies;
    }

    /** The items of which something may be left. */
    public static Query<UUID> due() {
        return Query.of(ITEMS).map(row -> Objects.requireNonNull(row.uuid("id")));
    }

    /** A number that changes when there is something to erase: an item was purged, or an attachment taken away. */
    public static Query<Long> notes() {
        return Query.of("SELECT 1 AS id, count(*) AS notes FROM purged WHERE erased = 0")
                .map(row -> row.integer("notes"));
    }

    /**
     * Erases what is left, and the opened copies of all files that no item has any more.
     *
     * @throws ProblemException in the end, if an opened copy cannot be deleted
     */
    public void run() {
        List<UUID> items = database.list(due());
        if (!items.isEmpty()) {
            erase(items);
        }
        openedCopies.accept(begin -> Attachment.isReferredTo(database, begin));
    }

    private void erase(List<UUID> items) {
        while (database.write(Erasure::mergeIndex)) {
            // Each transaction merges some pages.
        }
        List<BlobId> files = database.list(
                Query.of("SELECT DISTINCT content AS id FROM purged WHERE length(content) = 32 AND item_id IN (" + ITEMS
                                + ") AND content NOT IN (SELECT content FROM attachment)")
                        .map(row -> BlobId.of(Objects.requireNonNull(row.blob("id")))));
        Set<BlobId> later = database.discardBlobs(files);
        database.write(transaction -> {
            items.forEach(item -> forget(transaction, item, later));
            return items.size();
        });
    }

    /** Takes the items that these edits deleted off the list: they were not purged, and a later edit may bring them back. */
    static void unmarkPurged(Transaction transaction, List<RowEdit> edits) {
        edits.stream()
                .filter(edit -> edit.isDelete() && edit.table().equals("item"))
                .forEach(edit ->
                        transaction.execute("DELETE FROM purged WHERE item_id = ? AND content = x''", edit.row()));
    }

    /** Returns whether there is more to do. */
    private static boolean mergeIndex(Transaction transaction) {
        boolean isLeft = !transaction
                .list(Query.of("SELECT id FROM item_text_data WHERE id >= ? LIMIT 1", FIRST_TOMBSTONE))
                .isEmpty();
        if (isLeft) {
            transaction.execute("INSERT INTO item_text(item_text, rank) VALUES ('merge', ?)", -PAGES);
        }
        return isLeft;
    }

    /** A file that stays for now keeps its item in mind. */
    private static void forget(Transaction transaction, UUID item, Set<BlobId> later) {
        List<BlobId> files = transaction.list(
                Query.of("SELECT content AS id FROM purged WHERE item_id = ? AND length(content) = 32", item)
                        .map(row -> BlobId.of(Objects.requireNonNull(row.blob("id")))));
        if (files.stream().noneMatch(later::contains)) {
            transaction.execute("DELETE FROM purged WHERE item_id = ? AND content <> x''", item);
            transaction.execute("UPDATE purged SET erased = 1 WHERE item_id = ?", item);
        }
    }
}
