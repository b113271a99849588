package dev.tidemark.app.model;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.changelog.VersionVector;
import java.time.LocalDateTime;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The commands on items: each is one durable transaction. They fail with {@link ProblemException} if there is no such
 * item, and with the engine's exceptions if it cannot be written. Thread-safe.
 */
public final class Items {
    private final TransactionRunner writes;
    private final @Nullable VersionVector context;

    /** Commands that know everything the database holds. */
    public Items(Database database) {
        this(TransactionRunner.into(database));
    }

    /** Commands that know everything the database holds, and write by way of this. */
    public Items(TransactionRunner writes) {
        this(writes, null);
    }

    private Items(TransactionRunner writes, @Nullable VersionVector seen) {
        this.writes = writes;
        this.context = seen;
    }

    /**
     * The same commands for a form that was filled at this vector: what came in since counts as not seen, so that
     * overwriting it is a conflict.
     *
     * @param vector from {@link dev.tidemark.engine.QueryResult#vector}
     */
    public Items withContext(VersionVector vector) {
        return new Items(writes, vector);
    }

    /** Several changes as one transaction: all or, if one fails, none. */
    public <T extends @Nullable Object> T inTransaction(Function<ItemWriter, T> work) {
        return writes.write(context, transaction -> work.apply(new ItemWriter(transaction)));
    }

    /** Adds an item and returns its id. */
    public UUID add(NewItem item) {
        return inTransaction(writer -> writer.add(item));
    }

    /** Sets the title; line breaks in it become spaces. Returns whether it differed. */
    public boolean setTitle(UUID id, String title) {
        return inTransaction(writer -> writer.setTitle(id, title));
    }

    /** Sets the body. Returns whether it differed. */
    public boolean setBody(UUID id, String body) {
        return inTransaction(writer -> writer.setBody(id, body));
    }

    /** Sets or, with {@code null}, clears the due date. Returns whether it differed. */
    public boolean setDue(UUID id, @Nullable Due due) {
        return inTransaction(writer -> writer.setDue(id, due));
    }

    /** Sets how much it matters. Returns whether it differed. */
    public boolean setPriority(UUID id, Priority priority) {
        return inTransaction(writer -> writer.setPriority(id, priority));
    }

    /** Sets or, with {@code null}, clears when the person wants to hear of it. Returns whether it differed. */
    public boolean setReminder(UUID id, @Nullable LocalDateTime at) {
        return inTransaction(writer -> writer.setReminder(id, at));
    }

    /** Has no device ring for its reminder any more. Returns whether one would have. */
    public boolean dismiss(UUID id) {
        return inTransaction(writer -> writer.dismiss(id));
    }

    /** Puts its reminder off. Returns whether it was to ring at another time. */
    public boolean snooze(UUID id, LocalDateTime until) {
        return inTransaction(writer -> writer.snooze(id, until));
    }

    /** Puts it into a list or, with {@code null}, into the Inbox. Returns whether it was elsewhere. */
    public boolean setList(UUID id, @Nullable UUID list) {
        return inTransaction(writer -> writer.setList(id, list));
    }

    /** Makes it a todo or a note. Returns whether it was the other. */
    public boolean setKind(UUID id, Kind kind) {
        return inTransaction(writer -> writer.setKind(id, kind));
    }

    /** Ticks it off, or opens it again. Returns whether that changed it. */
    public boolean setDone(UUID id, boolean done) {
        return inTransaction(writer -> writer.setDone(id, done));
    }

    /** Moves it to the trash. Returns whether it was not there. */
    public boolean trash(UUID id) {
        return inTransaction(writer -> writer.setTrashed(id, true));
    }

    /** Takes it out of the trash. Returns whether it was there. */
    public boolean restore(UUID id) {
        return inTransaction(writer -> writer.setTrashed(id, false));
    }

    /** Removes it for good, with its tags; that cannot be taken back. */
    public void purge(UUID id) {
        writes.writeWithoutUndo(transaction -> {
            new ItemWriter(transaction).purge(id);
            return id;
        });
    }

    /**
     * Removes several for good, in one transaction; those that are gone already are passed over.
     *
     * @param which finds them in the transaction
     * @return how many there were
     */
    public int purge(Function<ItemWriter, List<UUID>> which) {
        return writes.writeWithoutUndo(transaction -> {
            ItemWriter writer = new ItemWriter(transaction);
            List<UUID> ids = which.apply(writer).stream().filter(writer::exists).toList();
            ids.forEach(writer::purge);
            return ids.size();
        });
    }

    /** Adds a tag. Returns whether it was missing. */
    public boolean tag(UUID id, String name) {
        return inTransaction(writer -> writer.tag(id, name));
    }

    /** Takes a tag away. Returns whether it was there. */
    public boolean untag(UUID id, String name) {
        return inTransaction(writer -> writer.untag(id, name));
    }

    /**
     * Puts items into a place of the person's own order, in the order given. Items that are gone are left out; if neither
     * neighbour is there any more, nothing is moved.
     *
     * @param above what comes directly before them where the person looks, or {@code null} if they are to be first there
     * @param below what comes directly after them, or {@code null} if they are to be last
     */
    public void move(List<UUID> ids, @Nullable UUID above, @Nullable UUID below) {
        inTransaction(writer -> {
            writer.move(ids, above, below);
            return null;
        });
    }
}
