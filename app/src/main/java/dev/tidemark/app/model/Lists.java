package dev.tidemark.app.model;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.Reader;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * The commands on the user's lists, one durable transaction each. Deleting a list does not write its items: they show
 * in the Inbox, also those that another device adds concurrently, and they return to the list if the deletion is
 * undone. Thread-safe.
 */
public final class Lists extends NamedRows {
    /** Commands on this database. */
    public Lists(Database database) {
        this(TransactionRunner.into(database));
    }

    /** Commands that write through this runner. */
    public Lists(TransactionRunner writes) {
        super(writes, ManualOrder.Table.LIST, "list.gone");
    }

    /**
     * Creates a list and returns its id. Two devices that create a list of the same name concurrently create one list.
     *
     * @throws ProblemException if the name is blank
     */
    public UUID add(String name) {
        return writes.write(null, transaction -> new ItemWriter(transaction).addList(name));
    }

    /**
     * Finds lists by name.
     *
     * @param reader the database or transaction to read
     */
    public record Finder(Reader reader) {
        /**
         * The list of exactly this name, otherwise one whose name differs in case only; of several, the one with the
         * lowest id.
         */
        public Optional<UUID> find(String name) {
            String wanted = NameNormalizer.list(name);
            return first(wanted::equals).or(() -> first(wanted::equalsIgnoreCase));
        }

        private Optional<UUID> first(Predicate<String> matches) {
            return reader.list(Query.of("SELECT id, name FROM list ORDER BY id")).stream()
                    .filter(row -> matches.test(Objects.requireNonNull(row.text("name"))))
                    .map(row -> Objects.requireNonNull(row.uuid("id")))
                    .findFirst();
        }
    }
}
