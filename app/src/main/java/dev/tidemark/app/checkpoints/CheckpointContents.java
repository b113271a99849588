package dev.tidemark.app.checkpoints;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The library as it was at a checkpoint, compared with now or with a later checkpoint. Immutable.
 *
 * @param other the later checkpoint; {@code null} for now
 * @param since the differences between the two moments
 * @param lists the lists as they were, by name
 * @param items the items as they were; compared with a checkpoint, only those that differ, and those added since
 */
record CheckpointContents(
        Checkpoint checkpoint,
        @Nullable Checkpoint other,
        LibraryDifference since,
        List<CheckpointList> lists,
        List<CheckpointItem> items) {

    /** How an item has fared since the checkpoint. */
    enum ItemChange {
        SAME,
        ADDED,
        CHANGED,
        REMOVED
    }

    /**
     * A list as it was.
     *
     * @param rows the ids of the list and of the items that it had, for {@link CheckpointRestore#restore}
     * @param differs whether the list or one of these items differs
     */
    record CheckpointList(UUID id, String name, Set<UUID> rows, boolean differs) {}

    /**
     * An item as it was; one that was added since, as it is.
     *
     * @param title may be empty
     * @param body the beginning of its text
     * @param listId its list; {@code null} for the Inbox
     * @param list the name of its list; {@code null} for the Inbox
     * @param fields the columns that differ, and {@code tags} and {@code attachments}, sorted
     */
    record CheckpointItem(
            UUID id,
            String title,
            String body,
            @Nullable UUID listId,
            @Nullable String list,
            boolean isDone,
            ItemChange since,
            List<String> fields) {}
}
