package dev.tidemark.app.list;

import dev.tidemark.app.fx.LiveList;
import dev.tidemark.app.fx.Scheduler;
import dev.tidemark.app.model.ItemRow;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Retains the rows that the user has just completed, so that a slip can be corrected in place. Belongs to the list's
 * thread.
 */
final class CompletedRows {
    private static final Duration CHANGE_OF_MIND = Duration.ofMillis(1600);

    private final FadingRows leaving;
    private final Scheduler delays;
    /** The retained items, each with the token of its completion: completing a row again restarts its time. */
    private final Map<UUID, Object> retained = new HashMap<>();

    CompletedRows(LiveList<ItemRow> live, FadingRows leaving, Scheduler delays) {
        this.leaving = leaving;
        this.delays = delays;
        live.retain(
                (row, cause, number) -> retained.containsKey(row.id()) || leaving.retains(row.id(), cause, number),
                row -> retained.containsKey(row.id()) ? asDone(row) : row);
    }

    /** Retains items that are completed, and stops retaining reopened ones. */
    void recordCompletion(Collection<UUID> ids, boolean done) {
        forget(ids);
        if (done) {
            Object together = new Object();
            ids.forEach(id -> retained.put(id, together));
            delays.schedule(CHANGE_OF_MIND, () -> release(together));
        }
    }

    private void release(Object together) {
        Set<UUID> released = retained.entrySet().stream()
                .filter(each -> each.getValue().equals(together))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        forget(released);
        if (!released.isEmpty()) {
            leaving.release(released);
        }
    }

    /** Stops retaining these items, which leave for another reason. */
    void forget(Collection<UUID> ids) {
        retained.keySet().removeAll(ids);
    }

    /** Stops retaining any item, when the list shows another view. */
    void clear() {
        retained.clear();
    }

    private static ItemRow asDone(ItemRow row) {
        return new ItemRow(
                row.id(),
                row.kind(),
                row.title(),
                row.excerpt(),
                row.priority(),
                true,
                row.due(),
                row.listId(),
                row.list(),
                row.tags(),
                row.trashed());
    }
}
