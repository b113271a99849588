package dev.tidemark.app.model;

import dev.tidemark.engine.Ids;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.Transaction;
import dev.tidemark.engine.blob.BlobId;
import dev.tidemark.engine.history.RowEdit;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Changes items within one transaction; see {@link Items} for one change at a time. Each method says whether it changed
 * anything, and fails with {@link ProblemException} if there is no such item.
 *
 * <p>Trash is a field, and an edit that is concurrent with it must conflict with it, the later winning. So every edit
 * also writes the field {@code trashed} once more as it is: what was concurrent is then two writes of that field.
 *
 * <p>Not thread-safe; valid only within the transaction.
 */
public final class ItemWriter {
    private static final String TABLE = "item";

    private final Transaction transaction;
    private final Set<UUID> added = new HashSet<>();

    /** Writes in this transaction. */
    public ItemWriter(Transaction transaction) {
        this.transaction = transaction;
    }

    /** Adds an item under a new id, which it returns. */
    public UUID add(NewItem item) {
        UUID id = Ids.next();
        add(id, item, Instant.now());
        return id;
    }

    /** Adds an item under an id that is free. */
    public void add(UUID id, NewItem item, Instant createdAt) {
        transaction.execute(
                "INSERT INTO item(id, kind, title, body, due, list_id, created_at, priority, reminder)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                id,
                item.kind().text(),
                NameNormalizer.line(item.title()),
                item.body(),
                stored(item.due()),
                item.listId(),
                createdAt,
                item.priority().stored(),
                item.reminder() == null ? null : Reminder.text(item.reminder()));
        added.add(id);
        new TreeSet<>(item.tags()).forEach(name -> insertTag(id, NameNormalizer.tag(name)));
    }

    /** Whether there is an item of this id, in the trash or not. */
    public boolean exists(UUID id) {
        return !transaction
                .list(Query.of("SELECT id FROM item WHERE id = ?", id))
                .isEmpty();
    }

    /** Sets the title; line breaks in it become spaces. */
    public boolean setTitle(UUID id, String title) {
        return set(id, "title", NameNormalizer.line(title));
    }

    /** Sets the body. */
    public boolean setBody(UUID id, String body) {
        return set(id, "body", body);
    }

    /** Sets or, with {@code null}, clears the due date. */
    public boolean setDue(UUID id, @Nullable Due due) {
        return set(id, "due", stored(due));
    }

    /** The rows of a query, with what was written in the transaction. */
    public <T> List<T> list(Query<T> query) {
        return transaction.list(query);
    }

    /** When it is due, or {@code null} if never. */
    public @Nullable Due due(UUID id) {
        require(id);
        return transaction.list(ItemQueries.item(id)).getFirst().due();
    }

    /** Sets or, with {@code null}, clears when the person wants to hear of it; to set it again has it ring again. */
    public boolean setReminder(UUID id, @Nullable LocalDateTime at) {
        String text = at == null ? null : Reminder.text(at);
        boolean changed = set(id, "reminder", text);
        changed |= text != null && setSilently(id, "dismissed", null);
        changed |= setSilently(id, "snoozed", null);
        return changed;
    }

    /** Has no device ring for the present reminder any more. */
    public boolean dismiss(UUID id) {
        require(id);
        return transaction.execute(
                        "UPDATE item SET dismissed = reminder WHERE id = ? AND dismissed IS NOT reminder", id)
                > 0;
    }

    /** Has the present reminder ring again, then. */
    public boolean snooze(UUID id, LocalDateTime until) {
        return setSilently(id, "snoozed", Reminder.text(until));
    }

    /** What is no edit of the content, so that it brings nothing out of the trash. */
    private boolean setSilently(UUID id, String column, @Nullable Object value) {
        require(id);
        return transaction.execute(
                        "UPDATE item SET " + column + " = ? WHERE id = ? AND " + column + " IS NOT ?", value, id, value)
                > 0;
    }

    /** Puts the item into a list or, with {@code null}, into the Inbox. */
    public boolean setList(UUID id, @Nullable UUID list) {
        return set(id, "list_id", list);
    }

    /** Makes it a todo or a note. */
    public boolean setKind(UUID id, Kind kind) {
        return set(id, "kind", kind.text());
    }

    /** Sets how much it matters. */
    public boolean setPriority(UUID id, Priority priority) {
        return set(id, "priority", priority.stored());
    }

    /** Ticks it off now, or opens it again; see the other method. */
    public boolean setDone(UUID id, boolean done) {
        return setDone(id, done, LocalDateTime.now(ZoneId.systemDefault()));
    }

    /**
     * Ticks it off, or opens it again. If it repeats, ticking it off makes the todo that follows, and opening it again
     * takes that back as long as nobody has changed it. A note is not ticked off.
     *
     * @param now the person's time
     */
    public boolean setDone(UUID id, boolean done, LocalDateTime now) {
        if (done && isNote(id)) {
            return false;
        }
        boolean changed = markDone(id, done);
        if (changed && done) {
            new NextOccurrence(transaction, this).create(id, now);
        } else if (changed) {
            new NextOccurrence(transaction, this).remove(id);
        }
        return changed;
    }

    private boolean isNote(UUID id) {
        return transaction.list(ItemQueries.item(id)).stream().anyMatch(item -> item.kind() == Kind.NOTE);
    }

    /** Sets whether it is done, and nothing else. */
    boolean markDone(UUID id, boolean done) {
        return set(id, "done", done);
    }

    /** Sets where it was moved by hand, which is no edit: nothing of what the item says changes. */
    void setPosition(UUID id, @Nullable String position) {
        require(id);
        transaction.execute("UPDATE item SET position = ? WHERE id = ? AND position IS NOT ?", position, id, position);
    }

    /**
     * Puts items into a place of the person's own order; see {@link Items#move}.
     *
     * @param above what comes before them, or {@code null} if they are to be first
     * @param below what comes after them, or {@code null} if they are to be last
     */
    public void move(List<UUID> ids, @Nullable UUID above, @Nullable UUID below) {
        new ManualOrder(transaction, ManualOrder.Table.ITEM).move(ids, above, below);
    }

    /** Moves it to the trash, or takes it out. */
    public boolean setTrashed(UUID id, boolean trashed) {
        require(id);
        return transaction.execute(
                        "UPDATE item SET trashed = ? WHERE id = ? AND trashed IS NOT ?", trashed, id, trashed)
                > 0;
    }

    /** Sets when it was made. */
    boolean setCreatedAt(UUID id, Instant createdAt) {
        return set(id, "created_at", createdAt.toEpochMilli());
    }

    /** Removes it for good, with its tags and attachments. */
    public void purge(UUID id) {
        require(id);
        transaction.delete(TABLE, id);
    }

    /** Adds a tag; to have it already is fine. */
    public boolean tag(UUID id, String name) {
        require(id);
        String tag = NameNormalizer.tag(name);
        if (tags(id).contains(tag)) {
            return false;
        }
        insertTag(id, tag);
        edited(id);
        return true;
    }

    /** Takes a tag away; not to have it is fine. */
    public boolean untag(UUID id, String name) {
        require(id);
        boolean removed =
                transaction.execute("DELETE FROM tag WHERE item_id = ? AND name = ?", id, NameNormalizer.tag(name)) > 0;
        if (removed) {
            edited(id);
        }
        return removed;
    }

    /**
     * Attaches a file that is in the database's blobs; to have it already under that name is fine.
     *
     * @param name what it is called; folders in it do not count
     * @param size its length in bytes
     * @return the attachment's id
     */
    public UUID attach(UUID id, String name, BlobId content, long size) {
        require(id);
        String plain = NameNormalizer.file(name);
        UUID attachment = DerivedId.attachment(id, content, plain);
        int made = transaction.execute(
                "INSERT OR IGNORE INTO attachment(id, item_id, name, content, size) VALUES (?, ?, ?, ?, ?)",
                attachment,
                id,
                plain,
                content.bytes(),
                size);
        if (made > 0) {
            edited(id);
        }
        return attachment;
    }

    /** Takes an attachment away. */
    public void detach(Attachment attachment) {
        require(attachment.itemId());
        transaction.delete("attachment", attachment.id());
        edited(attachment.itemId());
    }

    /** Gives it exactly these tags. */
    public boolean setTags(UUID id, Collection<String> names) {
        Set<String> wanted = new TreeSet<>();
        names.forEach(name -> wanted.add(NameNormalizer.tag(name)));
        boolean changed = false;
        for (String tag : tags(id)) {
            changed |= !wanted.contains(tag) && untag(id, tag);
        }
        for (String tag : wanted) {
            changed |= tag(id, tag);
        }
        return changed;
    }

    /**
     * The list of this name, made if there is none: an exact match, else one that differs in case only. A list that two
     * devices make at once under one name becomes one list, because its id is derived from the name.
     */
    public UUID list(String name) {
        return new Lists.Finder(transaction).find(name).orElseGet(() -> addList(name));
    }

    /** Makes a list, whether or not there is one of that name. */
    UUID addList(String name) {
        String wanted = NameNormalizer.list(name);
        UUID derived = DerivedId.list(wanted);
        boolean free = transaction
                .list(Query.of("SELECT id FROM list WHERE id = ?", derived))
                .isEmpty();
        UUID id = free ? derived : Ids.next();
        transaction.execute(
                "INSERT INTO list(id, name, position) VALUES (?, ?, ?)",
                id,
                wanted,
                new ManualOrder(transaction, ManualOrder.Table.LIST).last());
        return id;
    }

    private boolean set(UUID id, String column, @Nullable Object value) {
        boolean changed = setSilently(id, column, value);
        if (changed) {
            edited(id);
        }
        return changed;
    }

    private void edited(UUID id) {
        if (!added.contains(id)) {
            transaction.resolve(TABLE, id, "trashed");
        }
    }

    /** An edit was taken back or done again, which is an edit, too. */
    void edited(RowEdit edit) {
        Map<String, @Nullable Object> before = edit.before();
        Map<String, @Nullable Object> after = edit.after();
        if (edit.table().equals(TABLE)) {
            if (before != null && after != null && !after.containsKey("trashed")) {
                edited(edit.row());
            }
            return;
        }
        Object item = Objects.requireNonNull(before != null ? before : after).get("item_id");
        if (item instanceof byte[] bytes) {
            ByteBuffer halves = ByteBuffer.wrap(bytes);
            UUID id = new UUID(halves.getLong(), halves.getLong());
            if (exists(id)) {
                edited(id);
            }
        }
    }

    private void insertTag(UUID id, String name) {
        UUID derived = DerivedId.tag(id, name);
        transaction.execute("INSERT INTO tag(id, item_id, name) VALUES (?, ?, ?)", derived, id, name);
    }

    private List<String> tags(UUID id) {
        return transaction.list(Query.of("SELECT name, id FROM tag WHERE item_id = ?", id)
                .map(row -> Objects.requireNonNull(row.text("name"))));
    }

    private void require(UUID id) {
        if (!added.contains(id) && !exists(id)) {
            throw new ProblemException("item.unknown", id.toString());
        }
    }

    private static @Nullable String stored(@Nullable Due due) {
        return Optional.ofNullable(due).map(Due::stored).orElse(null);
    }
}
