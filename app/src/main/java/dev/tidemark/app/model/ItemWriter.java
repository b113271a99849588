package dev.tidemark.app.model;

import dev.tidemark.engine.Ids;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.Transaction;
import dev.tidemark.engine.blob.BlobId;
import java.time.Instant;
import java.time.InstantSource;
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
 * Changes items within one transaction. {@link Items} has the same commands, each in its own transaction. Setters
 * return whether anything changed. All commands throw {@link ProblemException} if the item does not exist.
 *
 * <p>The trash is a field of the item. If one device edits an item and another concurrently moves it to the trash,
 * these must conflict, and the later write must win. So every edit also rewrites {@code trashed} with its current
 * value.
 *
 * <p>Not thread-safe. Use a writer only within its transaction.
 */
public final class ItemWriter {
    private static final String TABLE = "item";

    private final Transaction transaction;
    private final InstantSource clock;
    private final Set<UUID> added = new HashSet<>();

    /** @param clock the clock for the creation time of new items, and for the time when an item is completed */
    public ItemWriter(Transaction transaction, InstantSource clock) {
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Adds an item and returns its new id. */
    public UUID add(NewItem item) {
        UUID id = Ids.next();
        add(id, item, null);
        return id;
    }

    /** Adds an item with this id, which no other item may have. A {@code createdAt} of {@code null} means now. */
    public void add(UUID id, NewItem item, @Nullable Instant createdAt) {
        transaction.execute(
                "INSERT INTO item(id, kind, title, body, due, list_id, created_at, priority, reminder)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                id,
                item.kind().text(),
                NameNormalizer.line(item.title()),
                item.body(),
                stored(item.due()),
                item.listId(),
                createdAt == null ? clock.instant() : createdAt,
                item.priority().stored(),
                item.reminder() == null ? null : Reminder.text(item.reminder()));
        added.add(id);
        new TreeSet<>(item.tags()).forEach(name -> insertTag(id, NameNormalizer.tag(name)));
    }

    /**
     * Adds an open copy of an item with its tags and attachments. Leaves out the reminder if its time has passed.
     *
     * @return the id of the copy
     */
    public UUID duplicate(UUID id) {
        require(id);
        Item before = transaction.one(ItemQueries.item(id));
        Reminder reminder = before.reminder();
        LocalDateTime now = LocalDateTime.ofInstant(clock.instant(), ZoneId.systemDefault());
        UUID copy = Ids.next();
        NewItem item = new NewItem(
                before.kind(),
                before.title(),
                before.body(),
                before.due(),
                before.listId(),
                before.tags(),
                before.priority(),
                reminder == null || reminder.at().isBefore(now) ? null : reminder.at());
        addBeside(before, copy, item, null);
        return copy;
    }

    /** Adds an item with the attachments and the position in the manual order of another item. */
    void addBeside(Item other, UUID id, NewItem item, @Nullable Instant createdAt) {
        add(id, item, createdAt);
        setPosition(id, other.position());
        list(Attachment.of(other.id())).forEach(file -> attach(id, file.name(), file.content(), file.size()));
    }

    /** Whether the item exists. It may be in the trash. */
    public boolean exists(UUID id) {
        return transaction
                .first(Query.of("SELECT id FROM item WHERE id = ?", id))
                .isPresent();
    }

    /** Sets the title. Line breaks become spaces. */
    public boolean setTitle(UUID id, String title) {
        return set(id, "title", NameNormalizer.line(title));
    }

    /** Sets the text. If concurrent versions are shown merged, the write covers all of them. */
    public boolean setBody(UUID id, String body) {
        String merged = MergedTexts.text(transaction, id);
        if (merged == null) {
            return set(id, "body", body);
        }
        if (merged.equals(body)) {
            return false;
        }
        if (!set(id, "body", body)) {
            // The winning version already has this text, so nothing was written. Without resolving the conflict, the
            // next refresh would merge the versions again.
            transaction.resolve(TABLE, id, "body");
            MergedTexts.remove(transaction, id);
            edited(id);
        }
        return true;
    }

    /** Sets the due date, or clears it with {@code null}. */
    public boolean setDue(UUID id, @Nullable Due due) {
        return set(id, "due", stored(due));
    }

    /** Runs a query that sees the writes of this transaction. */
    public <T> List<T> list(Query<T> query) {
        return transaction.list(query);
    }

    public @Nullable Due due(UUID id) {
        require(id);
        return transaction.one(ItemQueries.item(id)).due();
    }

    /** Sets the reminder, or clears it with {@code null}. If the same time is set again, the reminder rings again. */
    public boolean setReminder(UUID id, @Nullable LocalDateTime at) {
        String text = at == null ? null : Reminder.text(at);
        boolean changed = set(id, "reminder", text);
        changed |= text != null && setSilently(id, "dismissed", null);
        changed |= setSilently(id, "snoozed", null);
        return changed;
    }

    /** Dismisses the present reminder on all devices. */
    public boolean dismiss(UUID id) {
        require(id);
        return transaction.execute(
                        "UPDATE item SET dismissed = reminder WHERE id = ? AND dismissed IS NOT reminder", id)
                > 0;
    }

    /** Postpones the present reminder to this time. */
    public boolean snooze(UUID id, LocalDateTime until) {
        return setSilently(id, "snoozed", Reminder.text(until));
    }

    /**
     * Writes a column but not {@code trashed}. Such a write does not count as an edit, so it never restores a trashed
     * item.
     */
    private boolean setSilently(UUID id, String column, @Nullable Object value) {
        require(id);
        return transaction.execute(
                        "UPDATE item SET " + column + " = ? WHERE id = ? AND " + column + " IS NOT ?", value, id, value)
                > 0;
    }

    /** Moves the item to a list, or to the Inbox with {@code null}. */
    public boolean setList(UUID id, @Nullable UUID list) {
        return set(id, "list_id", list);
    }

    public boolean setKind(UUID id, Kind kind) {
        return set(id, "kind", kind.text());
    }

    public boolean setPriority(UUID id, Priority priority) {
        return set(id, "priority", priority.stored());
    }

    /** Completes the item at the present time, or reopens it. See {@link #setDone(UUID, boolean, LocalDateTime)}. */
    public boolean setDone(UUID id, boolean done) {
        return setDone(id, done, LocalDateTime.ofInstant(clock.instant(), ZoneId.systemDefault()));
    }

    /**
     * Completes the item, or reopens it. Completing a repeating todo creates the next occurrence. Reopening the todo
     * moves the next occurrence to the trash, unless that was edited. A note cannot be completed.
     *
     * @param now the present time in the user's time zone
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

    public boolean isNote(UUID id) {
        return transaction.list(ItemQueries.item(id)).stream().anyMatch(item -> item.kind() == Kind.NOTE);
    }

    /** Sets {@code done} without creating or removing a next occurrence. */
    boolean markDone(UUID id, boolean done) {
        return set(id, "done", done);
    }

    /** Sets the sort key of the manual order. This does not count as an edit. */
    void setPosition(UUID id, @Nullable String position) {
        require(id);
        transaction.execute("UPDATE item SET position = ? WHERE id = ? AND position IS NOT ?", position, id, position);
    }

    /**
     * Moves items within the manual order, in the sequence of {@code ids}. Deleted items are skipped. If both
     * neighbours are deleted, no item moves.
     *
     * @param above the item directly before the moved items, or {@code null} for the beginning
     * @param below the item directly after the moved items, or {@code null} for the end
     */
    public void move(List<UUID> ids, @Nullable UUID above, @Nullable UUID below) {
        new ManualOrder(transaction, ManualOrder.Table.ITEM, clock).move(ids, above, below);
    }

    /** Moves the item to the trash, or restores it. */
    public boolean setTrashed(UUID id, boolean trashed) {
        require(id);
        return transaction.execute(
                        "UPDATE item SET trashed = ? WHERE id = ? AND trashed IS NOT ?", trashed, id, trashed)
                > 0;
    }

    boolean setCreatedAt(UUID id, Instant createdAt) {
        return set(id, "created_at", createdAt.toEpochMilli());
    }

    /** Deletes the item permanently, with its tags and attachments. */
    public void purge(UUID id) {
        require(id);
        transaction.delete(TABLE, id);
    }

    /** Adds a tag, unless the item already has the tag. */
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

    /** Removes a tag, if the item has the tag. */
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
     * Attaches a file whose blob is in the database, unless the item already has the file under this name.
     *
     * @param name the file name. Folders in it are removed
     * @param size the length of the file in bytes
     * @return the attachment's id
     */
    public UUID attach(UUID id, String name, BlobId content, long size) {
        require(id);
        String plain = NameNormalizer.file(name);
        UUID attachment = DerivedId.attachment(id, content, plain);
        int created = transaction.execute(
                "INSERT OR IGNORE INTO attachment(id, item_id, name, content, size) VALUES (?, ?, ?, ?, ?)",
                attachment,
                id,
                plain,
                content.bytes(),
                size);
        if (created > 0) {
            edited(id);
        }
        return attachment;
    }

    public void detach(Attachment attachment) {
        require(attachment.itemId());
        transaction.delete("attachment", attachment.id());
        edited(attachment.itemId());
    }

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
     * Finds a list by name, or creates it. A list with exactly this name is preferred to one whose name differs only in
     * case. If two devices concurrently create lists of the same name, the result is one list, because the id is
     * derived from the name.
     */
    public UUID list(String name) {
        return Lists.find(transaction, name).orElseGet(() -> addList(name));
    }

    /** Creates a list, even if a list of that name exists. */
    UUID addList(String name) {
        String wanted = NameNormalizer.list(name);
        UUID derived = DerivedId.list(wanted);
        boolean isTaken = transaction
                .first(Query.of("SELECT id FROM list WHERE id = ?", derived))
                .isPresent();
        UUID id = isTaken ? Ids.next() : derived;
        transaction.execute(
                "INSERT INTO list(id, name, position) VALUES (?, ?, ?)",
                id,
                wanted,
                new ManualOrder(transaction, ManualOrder.Table.LIST, clock).last());
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

    /** Marks the item of an undone or redone edit as edited, because undo and redo count as edits. */
    public void edited(Transaction.RowEdit edit) {
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
            UUID id = DerivedId.ofBytes(bytes);
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
