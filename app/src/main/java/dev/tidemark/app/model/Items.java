package dev.tidemark.app.model;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.changelog.VersionVector;
import java.time.LocalDateTime;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs the commands of {@link ItemWriter}, each in a durable transaction. The setters return whether anything changed.
 * All commands throw {@link ProblemException} if the item does not exist, and the engine's exceptions if the write
 * fails. Thread-safe.
 */
public final class Items {
    private final TransactionRunner writes;
    private final @Nullable VersionVector context;

    /** Creates commands with the causal context of the whole database. */
    public Items(Database database) {
        this(TransactionRunner.of(database));
    }

    /** Creates commands that write through this runner, with the causal context of the whole database. */
    public Items(TransactionRunner writes) {
        this(writes, null);
    }

    private Items(TransactionRunner writes, @Nullable VersionVector seen) {
        this.writes = writes;
        this.context = seen;
    }

    /**
     * Returns the same commands with the causal context of a form that was filled at this vector. Changes that arrived
     * later count as unseen, so overwriting them creates a conflict.
     *
     * @param vector the vector of the query's result, {@link dev.tidemark.engine.Query.Result#vector}
     */
    public Items withContext(VersionVector vector) {
        return new Items(writes, vector);
    }

    /** Runs several commands in one transaction, so that all of them succeed or none. */
    public <T extends @Nullable Object> T inTransaction(Function<ItemWriter, T> work) {
        return writes.write(context, transaction -> work.apply(new ItemWriter(transaction, writes.clock())));
    }

    public UUID add(NewItem item) {
        return inTransaction(writer -> writer.add(item));
    }

    public boolean setTitle(UUID id, String title) {
        return inTransaction(writer -> writer.setTitle(id, title));
    }

    public boolean setBody(UUID id, String body) {
        return inTransaction(writer -> writer.setBody(id, body));
    }

    public boolean setDue(UUID id, @Nullable Due due) {
        return inTransaction(writer -> writer.setDue(id, due));
    }

    public boolean setPriority(UUID id, Priority priority) {
        return inTransaction(writer -> writer.setPriority(id, priority));
    }

    public boolean setReminder(UUID id, @Nullable LocalDateTime at) {
        return inTransaction(writer -> writer.setReminder(id, at));
    }

    public boolean dismiss(UUID id) {
        return inTransaction(writer -> writer.dismiss(id));
    }

    public boolean snooze(UUID id, LocalDateTime until) {
        return inTransaction(writer -> writer.snooze(id, until));
    }

    public boolean setList(UUID id, @Nullable UUID list) {
        return inTransaction(writer -> writer.setList(id, list));
    }

    public boolean setKind(UUID id, Kind kind) {
        return inTransaction(writer -> writer.setKind(id, kind));
    }

    public boolean setDone(UUID id, boolean done) {
        return inTransaction(writer -> writer.setDone(id, done));
    }

    public boolean trash(UUID id) {
        return inTransaction(writer -> writer.setTrashed(id, true));
    }

    public boolean restore(UUID id) {
        return inTransaction(writer -> writer.setTrashed(id, false));
    }

    /** Deletes the item permanently, with its tags and attachments. Undo does not restore it. */
    public void purge(UUID id) {
        writes.writeWithoutUndo(transaction -> {
            new ItemWriter(transaction, writes.clock()).purge(id);
            return id;
        });
    }

    /**
     * Deletes several items permanently in one transaction. Ignores items that no longer exist. Undo does not restore
     * them.
     *
     * @param which returns the ids of the items to delete. It runs in the transaction
     * @return the number of deleted items
     */
    public int purge(Function<ItemWriter, List<UUID>> which) {
        return writes.writeWithoutUndo(transaction -> {
            ItemWriter writer = new ItemWriter(transaction, writes.clock());
            List<UUID> ids = which.apply(writer).stream().filter(writer::exists).toList();
            ids.forEach(writer::purge);
            return ids.size();
        });
    }

    public boolean tag(UUID id, String name) {
        return inTransaction(writer -> writer.tag(id, name));
    }

    public boolean untag(UUID id, String name) {
        return inTransaction(writer -> writer.untag(id, name));
    }
}
