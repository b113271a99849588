package dev.tidemark.app.model;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.Reader;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * The commands on the person's lists: each is one durable transaction. Items of a list that is deleted show in the Inbox. They are not
 * written, so an item that another device puts into it meanwhile ends there, too, and they are all in it again when the deletion is
 * taken back. Thread-safe.
 */
public final class Lists extends NamedRows {
    /** Commands on this database. */
    public Lists(Database database) {
        this(TransactionRunner.into(database));
    }

    /** Commands that write by way of this. */
    public Lists(TransactionRunner writes) {
        super(writes, ManualOrder.Table.LIST, "list.gone");
    }

    /**
     * Makes a list and returns its id. Made on two devices at once under one name, it is one list.
     *
     * @throws ProblemException if the name is blank
     */
    public UUID add(String name) {
        return writes.write(null, transaction -> new ItemWriter(transaction).addList(name));
    }

    /**
     * Finds lists by name.
     *
     * @param reader where to look
     */
    public record Finder(Reader reader) {
        /** The list of exactly this name, else one whose name differs in case only; of several the first made. */
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
