package dev.tidemark.app.model;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.changelog.VersionVector;
import java.time.LocalDateTime;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The commands on items, one durable transaction each. They throw {@link ProblemException} if the item does not exist,
 * and the engine's exceptions if the write fails. Thread-safe.
 */
public final class Items {
    private final TransactionRunner writes;
    private final @Nullable VersionVector context;

    /** Commands with the causal context of the whole database. */
    public Items(Database database) {
        this(TransactionRunner.into(database));
    }

    /** Commands with the causal context of the whole database, which write through this runner. */
    public Items(TransactionRunner writes) {
        this(writes, null);
    }

    private Items(TransactionRunner writes, @Nullable VersionVector seen) {
        this.writes = writes;
        this.context = seen;
    }

    /**
     * The same commands with the causal context of a form that was filled at this vector. Changes that arrived later
     * count as unseen, so overwriting them creates a conflict.
     *
     * @param vector from {@link dev.tidemark.engine.Query.Result#vector}
     */
    public Items withContext(VersionVector vector) {
        return new Items(writes, vector);
    }

    /** Runs several changes in one transaction: all of them succeed or none. */
    public <T extends @Nullable Object> T inTransaction(Function<ItemWriter, T> work) {
        return writes.write(context, transaction -> work.apply(new ItemWriter(transaction)));
    }

    /** Adds an item and returns its id. */
    public UUID add(NewItem item) {
        return inTransaction(writer -> writer.add(item));
    }

    /** Sets the title; line breaks become spaces. Returns whether it changed. */
    public boolean setTitle(UUID id, String title) {
        return inTransaction(writer -> writer.setTitle(id, title));
    }

    /** Sets the body. Returns whether it changed. */
    public boolean setBody(UUID id, String body) {
        return inTransaction(writer -> writer.setBody(id, body));
    }

    /** Sets the due date, or clears it with {@code null}. Returns whether it changed. */
    public boolean setDue(UUID id, @Nullable Due due) {
        return inTransaction(writer -> writer.setDue(id, due));
    }

    /** Sets the priority. Returns whether it changed. */
    public boolean setPriority(UUID id, Priority priority) {
        return inTransaction(writer -> writer.setPriority(id, priority));
    }

    /** Sets the reminder, or clears it with {@code null}. Returns whether it changed. */
    public boolean setReminder(UUID id, @Nullable LocalDateTime at) {
        return inTransaction(writer -> writer.setReminder(id, at));
    }

    /** Dismisses the reminder on all devices. Returns whether it was still active. */
    public boolean dismiss(UUID id) {
        return inTransaction(writer -> writer.dismiss(id));
    }

    /** Postpones the reminder. Returns whether the time changed. */
    public boolean snooze(UUID id, LocalDateTime until) {
        return inTransaction(writer -> writer.snooze(id, until));
    }

    /** Moves the item to a list, or to the Inbox with {@code null}. Returns whether the list changed. */
    public boolean setList(UUID id, @Nullable UUID list) {
        return inTransaction(writer -> writer.setList(id, list));
    }

    /** Makes it a todo or a note. Returns whether it changed. */
    public boolean setKind(UUID id, Kind kind) {
        return inTransaction(writer -> writer.setKind(id, kind));
    }

    /** Completes the item, or reopens it. Returns whether it changed. */
    public boolean setDone(UUID id, boolean done) {
        return inTransaction(writer -> writer.setDone(id, done));
    }

    /** Moves the item to the trash. Returns whether it was not there. */
    public boolean trash(UUID id) {
        return inTransaction(writer -> writer.setTrashed(id, true));
    }

    /** Restores the item from the trash. Returns whether it was there. */
    public boolean restore(UUID id) {
        return inTransaction(writer -> writer.setTrashed(id, false));
    }

    /** Deletes the item permanently, with its tags. Undo does not restore it. */
    public void purge(UUID id) {
        writes.writeWithoutUndo(transaction -> {
            new ItemWriter(transaction).purge(id);
            return id;
        });
    }

    /**
     * Deletes several items permanently in one transaction; skips those that no longer exist.
     *
     * @param which finds them in the transaction
     * @return the number of deleted items
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

    /** Removes a tag. Returns whether the item had it. */
    public boolean untag(UUID id, String name) {
        return inTransaction(writer -> writer.untag(id, name));
    }

    /**
     * Moves items within the manual order, in the given sequence. Deleted items are skipped; if both neighbours are
     * deleted, nothing moves.
     *
     * @param above the item shown directly before them, or {@code null} for the beginning
     * @param below the item shown directly after them, or {@code null} for the end
     */
    public void move(List<UUID> ids, @Nullable UUID above, @Nullable UUID below) {
        inTransaction(writer -> {
            writer.move(ids, above, below);
            return null;
        });
    }
}
