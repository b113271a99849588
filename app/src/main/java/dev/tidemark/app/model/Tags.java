package dev.tidemark.app.model;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.Transaction;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Runs the commands on tags, each in a durable transaction. If devices concurrently create, colour or move a tag of the
 * same name, they change the same tag, because its id is derived from the name. Thread-safe.
 */
public final class Tags {
    private static final String TABLE = "label";

    private final TransactionRunner writes;

    public Tags(Database database) {
        this(TransactionRunner.of(database));
    }

    public Tags(TransactionRunner writes) {
        this.writes = writes;
    }

    /**
     * Creates a tag that stays even while no item has it. Returns the normalised name.
     *
     * @throws ProblemException if the name is blank
     */
    public String add(String name) {
        return writes.write(null, transaction -> {
            String stored = NameNormalizer.tag(name);
            keep(transaction, stored);
            return stored;
        });
    }

    /**
     * Renames the tag on every item. If a tag of the new name exists, the two are merged. An item that concurrently
     * gets the old tag on another device keeps the old tag.
     *
     * @return the normalised new name
     * @throws ProblemException if the name is blank
     */
    public String rename(String name, String other) {
        return writes.write(null, transaction -> {
            String stored = NameNormalizer.tag(other);
            if (stored.equals(name)) {
                return stored;
            }
            ItemWriter items = new ItemWriter(transaction, writes.clock());
            for (UUID item : items(transaction, name)) {
                items.untag(item, name);
                items.tag(item, stored);
            }
            keep(transaction, stored);
            transaction.execute(
                    "UPDATE label SET color = coalesce(label.color, b.color), icon = coalesce(label.icon, b.icon),"
                            + " position = coalesce(b.position, label.position)"
                            + " FROM (SELECT color, icon, position FROM label WHERE id = ?) b WHERE label.id = ?",
                    DerivedId.label(name),
                    DerivedId.label(stored));
            transaction.delete(TABLE, DerivedId.label(name));
            return stored;
        });
    }

    /** Sets a palette colour, or removes the colour with {@code null}. */
    public void setColor(String name, @Nullable String color) {
        set(name, "color", color);
    }

    /** Sets an icon, or removes the icon with {@code null}. */
    public void setIcon(String name, @Nullable String icon) {
        set(name, "icon", icon);
    }

    /**
     * Moves the tag within the manual order.
     *
     * @param above the tag before it, or {@code null} for the beginning
     * @param below the tag after it, or {@code null} for the end
     */
    public void move(String name, @Nullable String above, @Nullable String below) {
        writes.write(null, transaction -> {
            assignPositions(transaction);
            new ManualOrder(transaction, ManualOrder.Table.LABEL, writes.clock())
                    .move(List.of(DerivedId.label(name)), id(above), id(below));
            return null;
        });
    }

    /** Removes the tag from every item, including items in the trash, and returns the number of these items. */
    public int remove(String name) {
        return writes.write(null, transaction -> {
            List<UUID> items = items(transaction, name);
            ItemWriter writer = new ItemWriter(transaction, writes.clock());
            items.forEach(item -> writer.untag(item, name));
            transaction.delete(TABLE, DerivedId.label(name));
            return items.size();
        });
    }

    private void set(String name, String column, @Nullable String value) {
        writes.write(null, transaction -> {
            keep(transaction, name);
            return transaction.execute(
                    "UPDATE label SET " + column + " = ? WHERE id = ?", value, DerivedId.label(name));
        });
    }

    private static void keep(Transaction transaction, String name) {
        transaction.execute(
                "INSERT INTO label(id, name) VALUES (?, ?) ON CONFLICT DO NOTHING", DerivedId.label(name), name);
    }

    /** Gives a position to every tag that has none, because tags without a position sort by name. */
    private void assignPositions(Transaction transaction) {
        for (Tag label : transaction.list(SidebarQueries.tags())) {
            keep(transaction, label.name());
            transaction.execute(
                    "UPDATE label SET position = ? WHERE id = ? AND position IS NULL",
                    new ManualOrder(transaction, ManualOrder.Table.LABEL, writes.clock()).last(),
                    label.id());
        }
    }

    private static @Nullable UUID id(@Nullable String name) {
        return name == null ? null : DerivedId.label(name);
    }

    private static List<UUID> items(Transaction transaction, String name) {
        return transaction.list(Query.of("SELECT item_id AS id FROM tag WHERE name = ? ORDER BY item_id", name)
                .map(ItemQueries::id));
    }
}
