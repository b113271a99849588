package dev.tidemark.app.model;

import dev.tidemark.engine.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The edits of one user action. Two steps are equal only if they are the same object. Immutable. */
public final class UndoStep {
    public enum Action {
        ADD,
        DELETE,
        TITLE,
        TEXT,
        DONE,
        OPEN,
        TRASH,
        RESTORE,
        MOVE,
        DUE,
        PRIORITY,
        REMINDER,
        TAGS,
        ATTACHMENTS,
        LIST,
        /** The user kept the winning version of a conflict. */
        KEEP,
        EDIT
    }

    private static final String ITEM = "item";
    private static final Set<String> TYPED = Set.of("title", "body");
    private static final Map<String, Action> BY_COLUMN = Map.of(
            "title", Action.TITLE,
            "body", Action.TEXT,
            "list_id", Action.MOVE,
            "position", Action.MOVE,
            "due", Action.DUE,
            "priority", Action.PRIORITY,
            "reminder", Action.REMINDER,
            "dismissed", Action.REMINDER,
            "snoozed", Action.REMINDER);
    private static final Map<String, Action> BY_TABLE = Map.of(
            "tag",
            Action.TAGS,
            "attachment",
            Action.ATTACHMENTS,
            "list",
            Action.LIST,
            "label",
            Action.LIST,
            "saved_search",
            Action.LIST);

    private final List<Transaction.RowEdit> edits;
    private final Instant at;
    private final Action action;

    /** Creates a step and derives its action from the edits. */
    UndoStep(List<Transaction.RowEdit> edits, Instant at) {
        this(edits, at, action(edits));
    }

    /** @param action the action of the step, if it cannot be derived from the edits */
    UndoStep(List<Transaction.RowEdit> edits, Instant at, Action action) {
        this.edits = List.copyOf(edits);
        this.at = at;
        this.action = action;
    }

    List<Transaction.RowEdit> edits() {
        return edits;
    }

    Instant at() {
        return at;
    }

    /** Returns the action. A step that an undo or redo creates has the same action. */
    public Action action() {
        return action;
    }

    /** Derives the action from the first edit of an item, or from the first edit if there is no item. */
    private static Action action(List<Transaction.RowEdit> edits) {
        Transaction.RowEdit first = edits.stream()
                .filter(edit -> edit.table().equals(ITEM))
                .findFirst()
                .orElse(edits.getFirst());
        return first.table().equals(ITEM) ? action(first) : BY_TABLE.getOrDefault(first.table(), Action.EDIT);
    }

    private static Action action(Transaction.RowEdit item) {
        Map<String, @Nullable Object> before = item.before();
        Map<String, @Nullable Object> after = item.after();
        if (before == null) {
            return Action.ADD;
        } else if (after == null) {
            return Action.DELETE;
        } else if (after.containsKey("trashed")) {
            return isSet(after.get("trashed")) ? Action.TRASH : Action.RESTORE;
        } else if (after.containsKey("done")) {
            return isSet(after.get("done")) ? Action.DONE : Action.OPEN;
        }
        Set<Action> actions = after.keySet().stream()
                .map(column -> BY_COLUMN.getOrDefault(column, Action.EDIT))
                .collect(Collectors.toSet());
        return actions.size() == 1 ? actions.iterator().next() : Action.EDIT;
    }

    private static boolean isSet(@Nullable Object flag) {
        return !Objects.equals(flag, 0L);
    }

    /** Returns the items that the step edited. Edits of only an item's tags and attachments do not count. */
    public List<UUID> items() {
        return edits.stream()
                .filter(edit -> edit.table().equals(ITEM))
                .map(Transaction.RowEdit::row)
                .toList();
    }

    /** Returns the joined step if both steps typed into the same text; otherwise {@code null}. */
    @Nullable
    UndoStep joined(UndoStep later) {
        if (edits.size() != 1 || later.edits.size() != 1) {
            return null;
        }
        Transaction.RowEdit first = edits.getFirst();
        Transaction.RowEdit last = later.edits.getFirst();
        Map<String, @Nullable Object> before = first.before();
        Map<String, @Nullable Object> after = last.after();
        boolean same = first.table().equals(ITEM)
                && last.table().equals(ITEM)
                && first.row().equals(last.row())
                && before != null
                && after != null
                && first.after() != null
                && last.before() != null
                && before.size() == 1
                && before.keySet().equals(after.keySet())
                && TYPED.containsAll(before.keySet());
        return same ? new UndoStep(List.of(new Transaction.RowEdit(ITEM, first.row(), before, after)), later.at) : null;
    }

    /**
     * Whether the later step starts from the values that this step wrote, so that there was no other write in between.
     */
    boolean isContinuedBy(UndoStep later) {
        return Objects.equals(edits.getFirst().after(), later.edits.getFirst().before());
    }

    boolean isEmpty() {
        return edits.stream().allMatch(edit -> Objects.equals(edit.before(), edit.after()));
    }

    /** Returns the step without the edits of these rows; {@code null} if no edit is left. */
    @Nullable
    UndoStep without(Set<UUID> rows) {
        List<Transaction.RowEdit> remaining =
                edits.stream().filter(edit -> !rows.contains(edit.row())).toList();
        return remaining.isEmpty()
                ? null
                : remaining.size() == edits.size() ? this : new UndoStep(remaining, at, action);
    }

    /** Returns the approximate number of characters and bytes that the step takes in memory. */
    long length() {
        return edits.stream()
                .mapToLong(edit -> length(edit.before()) + length(edit.after()))
                .sum();
    }

    private static long length(@Nullable Map<String, @Nullable Object> values) {
        long length = 0;
        if (values != null) {
            for (Object value : values.values()) {
                length +=
                        value instanceof String text ? text.length() : value instanceof byte[] bytes ? bytes.length : 8;
            }
        }
        return length;
    }
}
