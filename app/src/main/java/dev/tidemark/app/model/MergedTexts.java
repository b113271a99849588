package dev.tidemark.app.model;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.Reader;
import dev.tidemark.engine.Transaction;
import dev.tidemark.engine.history.Conflict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Maintains the local table {@code item_merged}: the merged text of each item whose concurrent versions edited
 * different passages. Queries return the merged text instead of the winning version.
 *
 * <p>Each device computes the merged text from cell state and changelog. It never writes the merged text to the synced
 * tables, so devices never react to each other's merges. The user's next edit of the text covers all versions. When a
 * local or remote change writes the text, triggers delete the entry in the same transaction. So an entry is never
 * outdated, but may be missing until the next {@link #refresh}.
 *
 * <p>Thread-safe.
 */
public final class MergedTexts {
    private static final String TABLE = "item";
    private static final String COLUMN = "body";

    /** @param versions the dots of the merged versions, in sorted order and separated by spaces */
    private record Entry(UUID item, String text, String versions) {}

    private MergedTexts() {}

    /**
     * Turns merging on or off on this device, and refreshes the table. Returns whether the refresh changed the table.
     */
    public static boolean setOn(Database database, boolean isOn) {
        if (isOn(database) != isOn) {
            database.write(transaction -> {
                transaction.execute("INSERT OR REPLACE INTO text_merge(id, is_on) VALUES (1, ?)", isOn);
            });
        }
        return refresh(database);
    }

    private static boolean isOn(Database database) {
        return database.list(Query.of("SELECT id, is_on FROM text_merge").map(row -> row.bool("is_on"))).stream()
                .allMatch(on -> on);
    }

    /** Adds missing entries and removes entries that no longer apply. Returns whether the table changed. */
    public static boolean refresh(Database database) {
        List<Conflict> open = database.conflicts();
        Map<UUID, Entry> stored = database.read(MergedTexts::entries);
        Map<UUID, Entry> wanted = isOn(database) ? wanted(database, open, stored) : Map.of();
        if (wanted.equals(stored)) {
            return false;
        }
        Map<UUID, @Nullable String> winners = new HashMap<>();
        open.stream()
                .filter(MergedTexts::isBody)
                .forEach(conflict ->
                        winners.put(conflict.row(), (String) conflict.winner().value()));
        database.write(transaction -> {
            stored.keySet().stream().filter(id -> !wanted.containsKey(id)).forEach(id -> remove(transaction, id));
            wanted.values().stream()
                    .filter(entry -> !entry.equals(stored.get(entry.item)))
                    .forEach(entry -> {
                        remove(transaction, entry.item);
                        // Inserts nothing if the text has changed meanwhile. The next refresh then computes the entry.
                        transaction.execute(
                                "INSERT INTO item_merged(item_id, body, versions)"
                                        + " SELECT i.id, ?, ? FROM item i WHERE i.id = ? AND i.body = ?",
                                entry.text,
                                entry.versions,
                                entry.item,
                                winners.get(entry.item));
                    });
        });
        return true;
    }

    private static boolean isBody(Conflict conflict) {
        return conflict.table().equals(TABLE)
                && conflict.column().equals(COLUMN)
                && conflict.winner().value() instanceof String
                && conflict.loser().value() instanceof String;
    }

    private static Map<UUID, Entry> wanted(Database database, List<Conflict> open, Map<UUID, Entry> stored) {
        Map<UUID, List<Conflict>> byItem = open.stream()
                .filter(MergedTexts::isBody)
                .collect(Collectors.groupingBy(Conflict::row, LinkedHashMap::new, Collectors.toList()));
        Map<UUID, Entry> wanted = new HashMap<>();
        byItem.forEach((item, conflicts) -> {
            Entry known = stored.get(item);
            String versions = versions(conflicts);
            if (known != null && known.versions.equals(versions)) {
                wanted.put(item, known);
            } else {
                merged(database, item, conflicts).ifPresent(text -> wanted.put(item, new Entry(item, text, versions)));
            }
        });
        return wanted;
    }

    private static Optional<String> merged(Database database, UUID item, List<Conflict> conflicts) {
        if (database.list(Query.of("SELECT id FROM item WHERE id = ?", item)).isEmpty()) {
            return Optional.empty();
        }
        return ConcurrentTexts.of(database, TABLE, item, COLUMN)
                .merged(versionsOf(conflicts).map(Conflict.Version::dot).toList());
    }

    private static Stream<Conflict.Version> versionsOf(List<Conflict> conflicts) {
        return Stream.concat(
                Stream.of(conflicts.getFirst().winner()), conflicts.stream().map(Conflict::loser));
    }

    private static String versions(List<Conflict> conflicts) {
        TreeSet<String> dots = new TreeSet<>();
        versionsOf(conflicts).forEach(version -> dots.add(version.dot().toString()));
        return String.join(" ", dots);
    }

    private static Map<UUID, Entry> entries(Reader reader) {
        Map<UUID, Entry> entries = new HashMap<>();
        reader.list(Query.of("SELECT item_id AS id, body, versions FROM item_merged")
                        .map(row -> new Entry(
                                ItemQueries.id(row), ItemQueries.text(row, "body"), ItemQueries.text(row, "versions"))))
                .forEach(entry -> entries.put(entry.item, entry));
        return entries;
    }

    /** Returns the merged text of each item that has one. */
    public static Map<UUID, String> texts(Reader reader) {
        Map<UUID, String> texts = new HashMap<>();
        entries(reader).values().forEach(entry -> texts.put(entry.item, entry.text));
        return texts;
    }

    /**
     * Adapts the edits of an undo to texts that are shown merged. The undo then reverts only the user's typing, and
     * keeps the passages of the other versions. A text in which these overlap stays unchanged.
     */
    static List<Transaction.RowEdit> prepared(List<Transaction.RowEdit> edits, Transaction transaction) {
        Map<UUID, String> texts = texts(transaction);
        return texts.isEmpty()
                ? edits
                : edits.stream()
                        .flatMap(edit -> prepared(edit, texts.get(edit.row()), transaction).stream())
                        .toList();
    }

    private static Optional<Transaction.RowEdit> prepared(
            Transaction.RowEdit edit, @Nullable String merged, Transaction transaction) {
        Map<String, @Nullable Object> before = edit.before();
        Map<String, @Nullable Object> after = edit.after();
        if (merged == null
                || before == null
                || after == null
                || !(before.get(COLUMN) instanceof String old)
                || !(after.get(COLUMN) instanceof String typed)) {
            return Optional.of(edit);
        }
        TextMerge merge = TextMerge.of(typed, merged, old);
        before = new LinkedHashMap<>(before);
        after = new LinkedHashMap<>(after);
        if (merge.hasChoices()) {
            before.remove(COLUMN);
            after.remove(COLUMN);
            return before.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Transaction.RowEdit(edit.table(), edit.row(), before, after));
        }
        before.put(COLUMN, merge.text(choice -> false));
        after.put(COLUMN, merged);
        transaction.execute("UPDATE item SET body = ? WHERE id = ?", merged, edit.row());
        transaction.resolve(TABLE, edit.row(), COLUMN);
        return Optional.of(new Transaction.RowEdit(edit.table(), edit.row(), before, after));
    }

    /** Whether the versions of this conflict are merged, so that the user need not decide. */
    static boolean isMerged(Map<UUID, String> texts, Conflict conflict) {
        return isBody(conflict) && texts.containsKey(conflict.row());
    }

    /** Removes the entry of an item, because a write of this transaction covers all merged versions. */
    static void remove(Transaction transaction, UUID item) {
        transaction.execute("DELETE FROM item_merged WHERE item_id = ?", item);
    }

    /** Returns the merged text that queries show for the item; {@code null} if there is none. */
    static @Nullable String text(Transaction transaction, UUID item) {
        return transaction
                .first(Query.of("SELECT item_id AS id, body FROM item_merged WHERE item_id = ?", item)
                        .map(row -> ItemQueries.text(row, "body")))
                .orElse(null);
    }

    /**
     * Corrects the edits of a transaction for undo. Their old text becomes the merged text, because the user saw that
     * and not the winning version.
     *
     * @param before the result of {@link #texts} at the start of the transaction
     */
    static List<Transaction.RowEdit> corrected(
            List<Transaction.RowEdit> edits, Map<UUID, String> before, Transaction transaction) {
        if (before.isEmpty()) {
            return edits;
        }
        Map<UUID, String> left = texts(transaction);
        Map<UUID, String> missing = new HashMap<>(before);
        List<Transaction.RowEdit> corrected = new ArrayList<>();
        for (Transaction.RowEdit edit : edits) {
            String merged = edit.table().equals(TABLE) ? missing.remove(edit.row()) : null;
            Map<String, @Nullable Object> old = edit.before();
            if (merged == null || old == null || left.containsKey(edit.row())) {
                corrected.add(edit);
            } else {
                corrected.add(withBody(edit, old, merged, transaction));
            }
        }
        missing.keySet().removeAll(left.keySet());
        missing.forEach((item, merged) -> body(transaction, item)
                .ifPresent(body -> corrected.add(new Transaction.RowEdit(TABLE, item, one(merged), one(body)))));
        return corrected;
    }

    private static Transaction.RowEdit withBody(
            Transaction.RowEdit edit, Map<String, @Nullable Object> old, String merged, Transaction transaction) {
        Map<String, @Nullable Object> before = new LinkedHashMap<>(old);
        before.put(COLUMN, merged);
        Map<String, @Nullable Object> after = edit.after();
        if (after != null) {
            after = new LinkedHashMap<>(after);
            after.putIfAbsent(COLUMN, body(transaction, edit.row()).orElse(""));
        }
        return new Transaction.RowEdit(edit.table(), edit.row(), before, after);
    }

    private static Optional<String> body(Transaction transaction, UUID item) {
        return transaction.first(Query.of("SELECT id, body FROM item WHERE id = ?", item)
                .map(row -> Objects.requireNonNullElse(row.text("body"), "")));
    }

    private static Map<String, @Nullable Object> one(String text) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put(COLUMN, text);
        return values;
    }
}
