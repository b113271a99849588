package dev.tidemark.app.model;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.Transaction;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The commands on tags as such: each is one durable transaction. Made, coloured or moved on two devices at once under one name, it is one
 * tag, as its id is derived from the name. Thread-safe.
 */
public final class Tags {
    private static final String TABLE = "label";

    private final TransactionRunner writes;

    /** Commands on this database. */
    public Tags(Database database) {
        this(TransactionRunner.into(database));
    }

    /** Commands that write by way of this. */
    public Tags(TransactionRunner writes) {
        this.writes = writes;
    }

    /**
     * Keeps a tag, even while no item has it, until it is removed; so do a colour, an icon and a place. Returns its name as it is stored.
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
     * Gives every item that has the tag another instead. If there is one of that name, the two become one. An item that gets
     * the old tag on another device meanwhile keeps it.
     *
     * @return the new name as it is stored
     * @throws ProblemException if the name is blank
     */
    public String rename(String name, String other) {
        return writes.write(null, transaction -> {
            String stored = NameNormalizer.tag(other);
            if (stored.equals(name)) {
                return stored;
            }
            ItemWriter items = new ItemWriter(transaction);
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

    /** Gives it a colour of the design's palette or, with {@code null}, none. */
    public void setColor(String name, @Nullable String color) {
        set(name, "color", color);
    }

    /** Gives it an icon or, with {@code null}, none. */
    public void setIcon(String name, @Nullable String icon) {
        set(name, "icon", icon);
    }

    /**
     * Puts the tag into another place of the person's order.
     *
     * @param above the tag before it, or {@code null} if it is to be first
     * @param below the tag after it, or {@code null} if it is to be last
     */
    public void move(String name, @Nullable String above, @Nullable String below) {
        writes.write(null, transaction -> {
            placeAll(transaction);
            new ManualOrder(transaction, ManualOrder.Table.LABEL)
                    .move(List.of(DerivedId.label(name)), id(above), id(below));
            return null;
        });
    }

    /** Takes the tag from every item that has it, trashed ones too, and returns how many that were. */
    public int remove(String name) {
        return writes.write(null, transaction -> {
            List<UUID> items = items(transaction, name);
            ItemWriter writer = new ItemWriter(transaction);
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

    /** From the first that is moved on, each has a place; before, and those that come later, they are in order by name. */
    private static void placeAll(Transaction transaction) {
        for (Tag label : transaction.list(SidebarQueries.tags())) {
            keep(transaction, label.name());
            transaction.execute(
                    "UPDATE label SET position = ? WHERE id = ? AND position IS NULL",
                    new ManualOrder(transaction, ManualOrder.Table.LABEL).last(),
                    label.id());
        }
    }

    private static @Nullable UUID id(@Nullable String name) {
        return name == null ? null : DerivedId.label(name);
    }

    private static List<UUID> items(Transaction transaction, String name) {
        return transaction.list(Query.of("SELECT item_id AS id FROM tag WHERE name = ? ORDER BY item_id", name)
                .map(row -> Objects.requireNonNull(row.uuid("id"))));
    }
}
