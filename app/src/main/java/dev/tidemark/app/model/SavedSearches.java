package dev.tidemark.app.model;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Ids;
import dev.tidemark.engine.Query;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The commands on saved searches: each is one durable transaction. Thread-safe. */
public final class SavedSearches {
    private static final String TABLE = "saved_search";

    private final Writes writes;

    /** Commands on this database. */
    public SavedSearches(Database database) {
        this(Writes.into(database));
    }

    /** Commands that write by way of this. */
    public SavedSearches(Writes writes) {
        this.writes = writes;
    }

    /**
     * Saves a search after all others and returns its id.
     *
     * @throws ProblemException if the name is blank
     */
    public UUID add(String name, String query) {
        return writes.write(null, transaction -> {
            UUID id = Ids.next();
            transaction.execute(
                    "INSERT INTO saved_search(id, name, query, position) VALUES (?, ?, ?, ?)",
                    id,
                    Names.list(name),
                    Names.line(query),
                    new Placement(transaction, Placement.Table.SAVED_SEARCH).last());
            return id;
        });
    }

    /** Gives it another name. */
    public void rename(UUID id, String name) {
        set(id, "name", Names.list(name));
    }

    /** Lets it search for something else. */
    public void setQuery(UUID id, String query) {
        set(id, "query", Names.line(query));
    }

    /** Gives it a colour of the design's palette or, with {@code null}, none. */
    public void setColor(UUID id, @Nullable String color) {
        set(id, "color", color);
    }

    /** Gives it an icon or, with {@code null}, none. */
    public void setIcon(UUID id, @Nullable String icon) {
        set(id, "icon", icon);
    }

    /**
     * Puts it into another place of the person's order.
     *
     * @param above the one before it, or {@code null} if it is to be first
     * @param below the one after it, or {@code null} if it is to be last
     */
    public void move(UUID id, @Nullable UUID above, @Nullable UUID below) {
        writes.write(null, transaction -> {
            new Placement(transaction, Placement.Table.SAVED_SEARCH).move(List.of(id), above, below);
            return null;
        });
    }

    /** Removes it. */
    public void delete(UUID id) {
        writes.write(null, transaction -> transaction.delete(TABLE, id));
    }

    private void set(UUID id, String column, @Nullable String value) {
        writes.write(null, transaction -> {
            if (transaction
                    .list(Query.of("SELECT id FROM saved_search WHERE id = ?", id))
                    .isEmpty()) {
                throw new ProblemException("search.gone");
            }
            return transaction.execute("UPDATE saved_search SET " + column + " = ? WHERE id = ?", value, id);
        });
    }
}
