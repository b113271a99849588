package dev.tidemark.app.model;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.Reader;
import dev.tidemark.engine.Row;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Runs the commands on the user's lists, each in a durable transaction. Deleting a list does not change its items. They
 * appear in the Inbox, as do items that another device adds to the list concurrently, and they return to the list if
 * the deletion is undone. Thread-safe.
 */
public final class Lists extends NamedRows {
    public Lists(Database database) {
        this(TransactionRunner.of(database));
    }

    public Lists(TransactionRunner writes) {
        super(writes, ManualOrder.Table.LIST, "list.gone");
    }

    /**
     * Creates a list and returns its id. If two devices concurrently create lists of the same name, the result is one
     * list.
     *
     * @throws ProblemException if the name is blank
     */
    public UUID add(String name) {
        return writes.write(null, transaction -> new ItemWriter(transaction, writes.clock()).addList(name));
    }

    /**
     * Returns the list with exactly this name, or else a list whose name differs only in case. If several lists match,
     * returns the list with the lowest id.
     */
    public static Optional<UUID> find(Reader reader, String name) {
        String wanted = NameNormalizer.list(name);
        List<Row> lists = reader.list(Query.of("SELECT id, name FROM list ORDER BY id"));
        return first(lists, wanted::equals).or(() -> first(lists, wanted::equalsIgnoreCase));
    }

    private static Optional<UUID> first(List<Row> lists, Predicate<String> matches) {
        return lists.stream()
                .filter(row -> matches.test(ItemQueries.text(row, "name")))
                .map(ItemQueries::id)
                .findFirst();
    }
}
