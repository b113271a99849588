package dev.tidemark.app.model;

import dev.tidemark.engine.Query;
import dev.tidemark.engine.Transaction;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The commands on rows to which the person gave a name, a look and a place: each is one durable transaction. They fail with
 * {@link ProblemException} if the row is gone. Thread-safe.
 */
public abstract sealed class NamedRows permits Lists, SavedSearches {
    final TransactionRunner writes;
    private final ManualOrder.Table table;
    private final String gone;

    /** @param gone the problem that a row is not there any more */
    NamedRows(TransactionRunner writes, ManualOrder.Table table, String gone) {
        this.writes = writes;
        this.table = table;
        this.gone = gone;
    }

    /** Gives it another name. */
    public final void rename(UUID id, String name) {
        set(id, "name", NameNormalizer.list(name));
    }

    /** Gives it a colour of the design's palette or, with {@code null}, none. */
    public final void setColor(UUID id, @Nullable String color) {
        set(id, "color", color);
    }

    /** Gives it an icon or, with {@code null}, none. */
    public final void setIcon(UUID id, @Nullable String icon) {
        set(id, "icon", icon);
    }

    /**
     * Puts it into another place of the person's order.
     *
     * @param above the one before it, or {@code null} if it is to be first
     * @param below the one after it, or {@code null} if it is to be last
     */
    public final void move(UUID id, @Nullable UUID above, @Nullable UUID below) {
        writes.write(null, transaction -> {
            new ManualOrder(transaction, table).move(List.of(id), above, below);
            return id;
        });
    }

    /** Removes it, and nothing else. */
    public void delete(UUID id) {
        writes.write(null, transaction -> {
            require(transaction, id);
            return transaction.delete(table.sqlName(), id);
        });
    }

    final void set(UUID id, String column, @Nullable String value) {
        writes.write(null, transaction -> {
            require(transaction, id);
            return transaction.execute("UPDATE " + table.sqlName() + " SET " + column + " = ? WHERE id = ?", value, id);
        });
    }

    private void require(Transaction transaction, UUID id) {
        if (transaction
                .list(Query.of("SELECT id FROM " + table.sqlName() + " WHERE id = ?", id))
                .isEmpty()) {
            throw new ProblemException(gone);
        }
    }
}
