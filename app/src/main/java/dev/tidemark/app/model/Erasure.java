package dev.tidemark.app.model;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.Transaction;
import dev.tidemark.engine.blob.BlobId;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Removes the remains of purged items from this device: their words in the full-text index, blobs that no attachment
 * uses, and opened copies of such files. Re-inserted items and items that undo can restore are skipped. The next run
 * continues interrupted work. The engine erases the text from the changelog and the storage once every device has
 * acknowledged the purge. After that, a run removes the items from the table {@code purged}. Immutable and thread-safe.
 */
public final class Erasure {
    /** The number of index pages that one transaction merges. Other writers can write between the transactions. */
    private static final int PAGES = 500;

    /** The first id under which FTS5 stores tombstones of deleted rows. A merge drops the words of these rows. */
    private static final long FIRST_TOMBSTONE = 1L << 53;

    /** The maximal duration of the engine's maintenance in a run. The next run continues it. */
    private static final Duration MAINTENANCE = Duration.ofSeconds(5);

    private static final String ITEMS = "SELECT item_id AS id FROM purged WHERE content = x'' AND erased = 0";

    private final Database database;
    private final Consumer<Predicate<String>> openedCopies;

    /**
     * @param openedCopies deletes all opened copies except those whose hash prefix matches the predicate. It throws a
     *     {@link ProblemException} on failure
     */
    public Erasure(Database database, Consumer<Predicate<String>> openedCopies) {
        this.database = database;
        this.openedCopies = openedCopies;
    }

    /** The purged items that are not erased yet. */
    public static Query<UUID> due() {
        return Query.of(ITEMS).map(ItemQueries::id);
    }

    /** The number of rows that are not erased yet. The number changes when an item or an attachment is purged. */
    public static Query<Long> notes() {
        return Query.of("SELECT 1 AS id, count(*) AS notes FROM purged WHERE erased = 0")
                .map(row -> row.integer("notes"));
    }

    /**
     * Erases the remains of all purged items, and the opened copies of all files that no attachment refers to.
     *
     * @throws ProblemException if an opened copy cannot be deleted; everything else has been erased
     */
    public void run() {
        List<UUID> items = database.list(due());
        if (!items.isEmpty()) {
            erase(items);
        }
        forgetErased();
        openedCopies.accept(begin -> Attachment.isReferredTo(database, begin));
    }

    private void erase(List<UUID> items) {
        while (database.write(Erasure::mergeIndex)) {
            // Each call merges some pages in a transaction of its own.
        }
        List<BlobId> files = database.list(
                Query.of("SELECT DISTINCT content AS id FROM purged WHERE length(content) = 32 AND item_id IN (" + ITEMS
                                + ") AND content NOT IN (SELECT content FROM attachment)")
                        .map(row -> BlobId.of(Objects.requireNonNull(row.blob("id")))));
        Set<BlobId> later = database.discardBlobs(files);
        database.write(transaction -> {
            items.forEach(item -> markErased(transaction, item, later));
            return items.size();
        });
    }

    /**
     * Erases text from the changelog where possible. Then removes the items that have no text in the changelog any more
     * from {@code purged}.
     */
    private void forgetErased() {
        List<UUID> items = database.list(PurgeStatus.purged());
        if (items.isEmpty()) {
            return;
        }
        database.maintenance().run(MAINTENANCE, () -> false);
        if (database.maintenance().pendingErasures() > 0) {
            return;
        }
        List<UUID> erased = items.stream().filter(item -> !isInChangelog(item)).toList();
        if (!erased.isEmpty()) {
            database.write(transaction -> {
                erased.forEach(item -> transaction.execute(
                        "DELETE FROM purged WHERE item_id = ? AND content = x'' AND erased = 1", item));
                return erased.size();
            });
        }
    }

    private boolean isInChangelog(UUID item) {
        return database.history("item", item).versions().stream()
                .anyMatch(version -> !version.columns().isEmpty());
    }

    /** Removes from {@code purged} the items that these edits delete, because undo or redo may restore these items. */
    static void unmarkPurged(Transaction transaction, List<Transaction.RowEdit> edits) {
        edits.stream()
                .filter(edit -> edit.isDelete() && edit.table().equals("item"))
                .forEach(edit ->
                        transaction.execute("DELETE FROM purged WHERE item_id = ? AND content = x''", edit.row()));
    }

    /** Merges some pages if the index has tombstones. Returns whether the index had tombstones. */
    private static boolean mergeIndex(Transaction transaction) {
        boolean isLeft = transaction
                .first(Query.of("SELECT id FROM item_text_data WHERE id >= ? LIMIT 1", FIRST_TOMBSTONE))
                .isPresent();
        if (isLeft) {
            transaction.execute("INSERT INTO item_text(item_text, rank) VALUES ('merge', ?)", -PAGES);
        }
        return isLeft;
    }

    /** Marks an item as erased, unless one of its files could not be discarded yet. */
    private static void markErased(Transaction transaction, UUID item, Set<BlobId> later) {
        List<BlobId> files = transaction.list(
                Query.of("SELECT content AS id FROM purged WHERE item_id = ? AND length(content) = 32", item)
                        .map(row -> BlobId.of(Objects.requireNonNull(row.blob("id")))));
        if (files.stream().noneMatch(later::contains)) {
            transaction.execute("DELETE FROM purged WHERE item_id = ? AND content <> x''", item);
            transaction.execute("UPDATE purged SET erased = 1 WHERE item_id = ?", item);
        }
    }
}
