package dev.tidemark.app.model;

import dev.tidemark.engine.Query;
import dev.tidemark.engine.Transaction;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Runs the commands on rows with a name, a colour, an icon and a position, each in a durable transaction. The commands
 * throw {@link ProblemException} if the row does not exist. Thread-safe.
 */
public abstract sealed class NamedRows permits Lists, SavedSearches {
    final TransactionRunner writes;
    private final ManualOrder.Table table;
    private final String notFoundProblem;

    /** @param notFoundProblem the problem to report if a row does not exist */
    NamedRows(TransactionRunner writes, ManualOrder.Table table, String notFoundProblem) {
        this.writes = writes;
        this.table = table;
        this.notFoundProblem = notFoundProblem;
    }

    public final void rename(UUID id, String name) {
        set(id, "name", NameNormalizer.list(name));
    }

    /** Sets a palette colour, or removes the colour with {@code null}. */
    public final void setColor(UUID id, @Nullable String color) {
        set(id, "color", color);
    }

    /** Sets an icon, or removes the icon with {@code null}. */
    public final void setIcon(UUID id, @Nullable String icon) {
        set(id, "icon", icon);
    }

    /**
     * Moves the row within the manual order.
     *
     * @param above the row before it, or {@code null} for the beginning
     * @param below the row after it, or {@code null} for the end
     */
    public final void move(UUID id, @Nullable UUID above, @Nullable UUID below) {
        writes.write(null, transaction -> {
            new ManualOrder(transaction, table, writes.clock()).move(List.of(id), above, below);
            return id;
        });
    }

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
                .first(Query.of("SELECT id FROM " + table.sqlName() + " WHERE id = ?", id))
                .isEmpty()) {
            throw new ProblemException(notFoundProblem);
        }
    }
}
