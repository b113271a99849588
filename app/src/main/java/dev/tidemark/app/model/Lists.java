package dev.tidemark.app.model;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.Reader;
import dev.tidemark.engine.Transaction;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The commands on the person's lists: each is one durable transaction. Thread-safe. */
public final class Lists {
    private final Writes writes;

    /** Commands on this database. */
    public Lists(Database database) {
        this(Writes.into(database));
    }

    /** Commands that write by way of this. */
    public Lists(Writes writes) {
        this.writes = writes;
    }

    /**
     * Makes a list and returns its id. Made on two devices at once under one name, it is one list.
     *
     * @throws ProblemException if the name is blank
     */
    public UUID add(String name) {
        return writes.write(null, transaction -> new ItemWriter(transaction).addList(name));
    }

    /** Gives it another name. */
    public void rename(UUID id, String name) {
        set(id, "name", Names.list(name));
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
     * Puts the list into another place of the person's order.
     *
     * @param above the list before it, or {@code null} if it is to be first
     * @param below the list after it, or {@code null} if it is to be last
     */
    public void move(UUID id, @Nullable UUID above, @Nullable UUID below) {
        writes.write(null, transaction -> {
            new Placement(transaction, Placement.Table.LIST).move(List.of(id), above, below);
            return null;
        });
    }

    /**
     * Removes the list; its items show in the Inbox. They are not written, so an item that another device puts into it meanwhile
     * ends there, too, and they are all in it again when the deletion is taken back.
     */
    public void delete(UUID id) {
        writes.write(null, transaction -> {
            require(transaction, id);
            return transaction.delete("list", id);
        });
    }

    private void set(UUID id, String column, @Nullable String value) {
        writes.write(null, transaction -> {
            require(transaction, id);
            return transaction.execute("UPDATE list SET " + column + " = ? WHERE id = ?", value, id);
        });
    }

    private static void require(Transaction transaction, UUID id) {
        if (transaction.list(Query.of("SELECT id FROM list WHERE id = ?", id)).isEmpty()) {
            throw new ProblemException("list.gone");
        }
    }

    /**
     * Finds lists by name.
     *
     * @param reader where to look
     */
    public record Finder(Reader reader) {
        /** The list of exactly this name, else one whose name differs in case only; of several the first made. */
        public Optional<UUID> find(String name) {
            String wanted = Names.list(name);
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
