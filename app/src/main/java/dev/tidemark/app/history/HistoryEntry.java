package dev.tidemark.app.history;

import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.HlcTimestamp;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One transaction: what a device did at one moment, described by the first item, list, tag or saved search that it
 * changed. Immutable.
 *
 * @param transaction the first change of the transaction, which names it
 * @param timestamp orders the entries
 * @param device the name of the device, or its id if the name is unknown
 * @param isHere whether this device did it
 * @param at when, by the device's clock
 * @param subject what was changed
 * @param fields what changed in the subject
 * @param lists the lists that the subject is in, or was in before
 * @param more how many further items the transaction changed
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
    /** What was done to the subject. */
    public enum Action {
        ADDED,
        CHANGED,
        COMPLETED,
        REOPENED,
        TRASHED,
        RESTORED,
        DELETED
    }

    /** What a transaction changed. */
    public enum Type {
        ITEM,
        LIST,
        TAG,
        SEARCH
    }

    /**
     * An item, a list, the look of a tag, or a saved search.
     *
     * @param id its id
     * @param name its present title or name, or the last one known; may be empty
     * @param exists whether it exists now
     */
    public record Subject(Type type, UUID id, String name, boolean exists) {}

    /**
     * A changed field.
     *
     * @param field the column, or {@code tags} or {@code attachments}, whose values are names
     * @param before the value before; {@code null} if there was none
     * @param after the value after; {@code null} if there is none
     * @param isKnown whether the value before is known; it is not if the change that wrote it was truncated
     */
    public record FieldChange(
            String field, @Nullable Object before, @Nullable Object after, boolean isKnown) {}

    public HistoryEntry {
        fields = List.copyOf(fields);
        lists = Set.copyOf(lists);
    }

    /** The fields that the action does not say already. */
    public List<FieldChange> details() {
        String said = switch (action) {
            case COMPLETED, REOPENED -> "done";
            case TRASHED, RESTORED -> "trashed";
            case ADDED, CHANGED, DELETED -> "";
        };
        return fields.stream().filter(change -> !change.field().equals(said)).toList();
    }
}
