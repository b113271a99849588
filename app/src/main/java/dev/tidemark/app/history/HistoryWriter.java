package dev.tidemark.app.history;

import dev.tidemark.app.history.HistoryEntry.FieldChange;
import dev.tidemark.app.model.ItemQueries;
import dev.tidemark.app.model.ItemWriter;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.app.model.TransactionRunner;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.LocalChangelog;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.Transaction;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.ChangelogQuery;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.HlcTimestamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Undoes transactions and restores earlier versions of items. Writes new changes, which sync like all other changes.
 * Each method runs one transaction, which the user can undo. Thread-safe.
 */
public record HistoryWriter(Database database, TransactionRunner writes) {
    private static final int PAGE = 100;

    /** How much was undone or restored. */
    public enum Outcome {
        ALL,
        /** Some values were left unchanged, because a later change wrote them or their old value is unknown. */
        PART,
        NOTHING
    }

    /**
     * Undoes a transaction of any device: deletes the rows that it added, and restores the rows that it deleted and the
     * values that it replaced. Values that later changes wrote stay.
     *
     * @throws ProblemException if the transaction is not in the changelog
     */
    public Outcome undo(Dot transaction) {
        LocalChangelog changelog = database.changelog();
        List<Change> changes = changelog.list(ChangelogQuery.ALL.transaction(transaction)).stream()
                .filter(change -> change.kind() != Change.Kind.SCHEMA)
                .toList();
        if (changes.isEmpty()) {
            throw new ProblemException("history.unknown", transaction.toString());
        }
        List<Transaction.RowEdit> edits = new ArrayList<>();
        for (Change change : changes) {
            Map<String, @Nullable Object> before = new HashMap<>(changelog.valuesBefore(change));
            switch (change.kind()) {
                case INSERT -> edits.add(new Transaction.RowEdit(change.table(), change.row(), null, change.values()));
                case DELETE -> {
                    if (!before.isEmpty()) {
                        edits.add(new Transaction.RowEdit(change.table(), change.row(), before, null));
                    }
                }
                case UPDATE -> {
                    before.entrySet()
                            .removeIf(value -> Objects.deepEquals(
                                    value.getValue(), change.values().get(value.getKey())));
                    if (!before.isEmpty()) {
                        Map<String, @Nullable Object> after = new HashMap<>(change.values());
                        after.keySet().retainAll(before.keySet());
                        edits.add(new Transaction.RowEdit(change.table(), change.row(), before, after));
                    }
                }
                case SCHEMA, ERASED -> {
                    // An erased change has no old values to restore.
                }
            }
        }
        boolean isWhole = edits.size() == changes.size()
                || changes.stream().noneMatch(change -> change.kind() == Change.Kind.ERASED);
        return revert(edits, isWhole);
    }

    /** Sets one field of the entry's item to its value before the entry. */
    public Outcome restoreBefore(HistoryEntry entry, FieldChange field) {
        Map<String, @Nullable Object> before = new HashMap<>();
        before.put(field.field(), field.before());
        return restore(entry.subject().id(), before, null);
    }

    /**
     * Restores the fields and tags that an item had right after a change. Also restores an item that was deleted or
     * moved to the trash.
     *
     * @throws ProblemException if the item did not exist at that time, or its changes were truncated
     */
    public Outcome restore(UUID item, HlcTimestamp moment) {
        HistoryReader reader = new HistoryReader(database);
        Map<String, @Nullable Object> then = new HashMap<>(
                reader.itemAt(item, moment).orElseThrow(() -> new ProblemException("history.absent", item.toString())));
        then.put("trashed", 0L);
        return restore(item, then, tagsAt(reader, item, moment));
    }

    /**
     * Returns the tags of an item right after a change, computed from the current tags by reverting later tag changes.
     */
    private Set<String> tagsAt(HistoryReader reader, UUID item, HlcTimestamp moment) {
        Set<String> tags = new LinkedHashSet<>();
        database.list(ItemQueries.item(item)).forEach(found -> tags.addAll(found.tags()));
        HlcTimestamp after = null;
        do {
            HistoryReader.Page page = reader.page(HistoryFilter.NONE.item(item), after, PAGE);
            for (HistoryEntry entry : page.entries()) {
                if (entry.timestamp().compareTo(moment) <= 0) {
                    return tags;
                }
                for (FieldChange change : entry.fields()) {
                    if (change.field().equals("tags")) {
                        tags.remove(change.after());
                        if (change.before() instanceof String name) {
                            tags.add(name);
                        }
                    }
                }
            }
            after = page.next();
        } while (after != null);
        return tags;
    }

    private Outcome restore(UUID item, Map<String, @Nullable Object> wanted, @Nullable Set<String> tags) {
        List<Map<String, @Nullable Object>> present = database.list(Query.of(
                        "SELECT id, " + String.join(", ", HistoryReader.COLUMNS) + " FROM item WHERE id = ?", item)
                .map(row -> {
                    Map<String, @Nullable Object> values = new HashMap<>();
                    HistoryReader.COLUMNS.forEach(column -> values.put(column, row.value(column)));
                    return values;
                }));
        if (present.isEmpty()) {
            Transaction.RowEdit deleted = new Transaction.RowEdit(HistoryReader.ITEM, item, wanted, null);
            return revert(List.of(deleted), true, item, tags);
        }
        Map<String, @Nullable Object> before = new HashMap<>(wanted);
        before.entrySet()
                .removeIf(value ->
                        Objects.deepEquals(value.getValue(), present.getFirst().get(value.getKey())));
        Map<String, @Nullable Object> after = new HashMap<>(present.getFirst());
        after.keySet().retainAll(before.keySet());
        List<Transaction.RowEdit> edits = before.isEmpty()
                ? List.of()
                : List.of(new Transaction.RowEdit(HistoryReader.ITEM, item, before, after));
        return revert(edits, true, item, tags);
    }

    private Outcome revert(List<Transaction.RowEdit> edits, boolean isWhole) {
        return revert(edits, isWhole, null, null);
    }

    private Outcome revert(
            List<Transaction.RowEdit> edits, boolean isWhole, @Nullable UUID item, @Nullable Set<String> tags) {
        writes.endStep();
        Outcome outcome = writes.write(null, transaction -> {
            ItemWriter writer = new ItemWriter(transaction, writes.clock());
            List<Transaction.RowEdit> left = transaction.revert(edits);
            List<Transaction.RowEdit> made = transaction.edits();
            made.forEach(writer::edited);
            boolean tagged = item != null && tags != null && writer.exists(item) && writer.setTags(item, tags);
            if (made.isEmpty() && !tagged) {
                return Outcome.NOTHING;
            }
            return left.isEmpty() && isWhole ? Outcome.ALL : Outcome.PART;
        });
        writes.endStep();
        return outcome;
    }
}
