package dev.tidemark.app.history;

import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.HlcTimestamp;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A transaction of a device, described by the first item, list, tag or saved search that it changed. Immutable.
 *
 * @param transaction the first change of the transaction, which identifies it
 * @param timestamp the timestamp of one of the changes, by which a history orders its entries
 * @param device the name of the device, or its id if the name is unknown
 * @param isHere whether this device wrote the transaction
 * @param at the time of the write, on the device's clock
 * @param subject the changed item, list, tag or saved search
 * @param fields the changed fields of the subject
 * @param lists the lists that the subject is in, or was in before
 * @param more the number of further items that the transaction changed
 */
public record HistoryEntry(
        Dot transaction,
        HlcTimestamp timestamp,
        String device,
        boolean isHere,
        Instant at,
        Action action,
        Subject subject,
        List<FieldChange> fields,
        Set<UUID> lists,
        long more) {
    /** The kind of change to the subject. */
    public enum Action {
        ADDED,
        CHANGED,
        COMPLETED,
        REOPENED,
        TRASHED,
        RESTORED,
        DELETED
    }

    /** The type of a subject. */
    public enum Type {
        ITEM,
        LIST,
        TAG,
        SEARCH
    }

    /**
     * An item, a list, a tag, or a saved search.
     *
     * @param id its id
     * @param name its current title or name, or the last known one if it no longer exists; may be empty
     * @param exists whether the subject exists now
     */
    public record Subject(Type type, UUID id, String name, boolean exists) {}

    /**
     * A changed field.
     *
     * @param field the name of the column; or {@code tags} or {@code attachments}, for which the values are names
     * @param before the value before the transaction; {@code null} if there was none
     * @param after the value after the transaction; {@code null} if there is none
     * @param isKnown whether the value before is known. It is unknown if log truncation dropped the change that wrote
     *     the value.
     */
    public record FieldChange(
            String field, @Nullable Object before, @Nullable Object after, boolean isKnown) {}

    public HistoryEntry {
        fields = List.copyOf(fields);
        lists = Set.copyOf(lists);
    }

    /** Returns the changed fields, without the field that the action already implies. */
    public List<FieldChange> details() {
        String said = switch (action) {
            case COMPLETED, REOPENED -> "done";
            case TRASHED, RESTORED -> "trashed";
            case ADDED, CHANGED, DELETED -> "";
        };
        return fields.stream().filter(change -> !change.field().equals(said)).toList();
    }
}
