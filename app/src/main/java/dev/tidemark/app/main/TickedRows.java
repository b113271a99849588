package dev.tidemark.app.main;

import dev.tidemark.app.fx.Delays;
import dev.tidemark.app.fx.LiveList;
import dev.tidemark.app.model.ItemRow;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The rows that were just ticked off: each stays in sight long enough for a change of mind. Belongs to the list's thread. */
final class TickedRows {
    private static final Duration CHANGE_OF_MIND = Duration.ofMillis(1600);

    private final LeavingRows leaving;
    private final Delays delays;
    /** Each with what was ticked together with it: a row that is opened and ticked again begins its time anew. */
    private final Map<UUID, Object> held = new HashMap<>();

    /**
     * @param live the list that they are held in
     * @param leaving how rows leave it
     */
    TickedRows(LiveList<ItemRow> live, LeavingRows leaving, Delays delays) {
        this.leaving = leaving;
        this.delays = delays;
        live.hold(
                (row, cause, number) -> held.containsKey(row.id()) || leaving.keeps(row.id(), cause, number),
                row -> held.containsKey(row.id()) ? asDone(row) : row);
    }

    /** Notes that items are being ticked off, or opened again. */
    void note(Collection<UUID> ids, boolean done) {
        forget(ids);
        if (done) {
            Object together = new Object();
            ids.forEach(id -> held.put(id, together));
            delays.after(CHANGE_OF_MIND, () -> letGo(together));
        }
    }

    private void letGo(Object together) {
        Set<UUID> gone = held.entrySet().stream()
                .filter(each -> each.getValue().equals(together))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        forget(gone);
        if (!gone.isEmpty()) {
            leaving.letGo(gone);
        }
    }

    /** Holds these no longer, when they leave for another reason. */
    void forget(Collection<UUID> ids) {
        held.keySet().removeAll(ids);
    }

    /** Holds none, when something else is shown. */
    void clear() {
        held.clear();
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
