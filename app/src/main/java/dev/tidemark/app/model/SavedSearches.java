package dev.tidemark.app.model;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Ids;
import java.util.UUID;

/** Runs the commands on saved searches, each in a durable transaction. Thread-safe. */
public final class SavedSearches extends NamedRows {
    public SavedSearches(Database database) {
        this(TransactionRunner.of(database));
    }

    public SavedSearches(TransactionRunner writes) {
        super(writes, ManualOrder.Table.SAVED_SEARCH, "search.gone");
    }

    /**
     * Adds a search at the end of the manual order and returns its id.
     *
     * @throws ProblemException if the name is blank
     */
    public UUID add(String name, String query) {
        return writes.write(null, transaction -> {
            UUID id = Ids.next();
            transaction.execute(
                    "INSERT INTO saved_search(id, name, query, position) VALUES (?, ?, ?, ?)",
                    id,
                    NameNormalizer.list(name),
                    NameNormalizer.line(query),
                    new ManualOrder(transaction, ManualOrder.Table.SAVED_SEARCH, writes.clock()).last());
            return id;
        });
    }

    public void setQuery(UUID id, String query) {
        set(id, "query", NameNormalizer.line(query));
    }
}
