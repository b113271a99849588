package dev.tidemark.app.list;

import dev.tidemark.app.fx.LiveList;
import dev.tidemark.app.fx.Scheduler;
import dev.tidemark.app.fx.UiScale;
import dev.tidemark.app.model.ItemRow;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import javafx.collections.FXCollections;
import javafx.collections.ObservableSet;

/**
 * Delays rows that leave the list because of the user's own action. A row that the user completed stays for 1.6
 * seconds, so that a slip is easy to correct. A leaving row then keeps its place while it fades, so that the user sees
 * which row leaves. More than {@link #MAX_FADING} rows leave without fading. Belongs to the thread of the list.
 */
final class FadingRows {
    private static final Duration REOPEN_DELAY = Duration.ofMillis(1600);

    static final Duration FADE = Duration.ofMillis(140);

    /** The maximum number of rows that fade at once. */
    static final int MAX_FADING = 12;

    private final LiveList<ItemRow> live;
    private final IntSupplier limit;
    private final Scheduler delays;
    private final ObservableSet<UUID> fading = FXCollections.observableSet();
    /**
     * The completed items whose rows stay, each with a token of its completion. If the user completes an item again,
     * the item gets a new token, so that the delay of the earlier completion no longer affects the item.
     */
    private final Map<UUID, Object> completed = new HashMap<>();

    /** @param limit returns the maximum number of loaded rows */
    FadingRows(LiveList<ItemRow> live, IntSupplier limit, Scheduler delays) {
        this.live = live;
        this.limit = limit;
        this.delays = delays;
        live.retain(
                (row, cause, number) -> completed.containsKey(row.id()) || fades(row.id(), cause, number),
                row -> completed.containsKey(row.id()) ? asDone(row) : row);
    }

    /** Keeps the rows of completed items for a while, and stops keeping those of reopened items. */
    void recordCompletion(Collection<UUID> ids, boolean done) {
        forget(ids);
        if (done) {
            Object together = new Object();
            ids.forEach(id -> completed.put(id, together));
            delays.schedule(REOPEN_DELAY, () -> release(together));
        }
    }

    private void release(Object together) {
        Set<UUID> released = completed.entrySet().stream()
                .filter(each -> each.getValue().equals(together))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        forget(released);
        if (released.isEmpty()) {
            return;
        }
        if (fades(released.size())) {
            released.forEach(this::begin);
        } else {
            live.release(row -> released.contains(row.id()));
        }
    }

    /** Stops keeping the rows of these completed items, because the rows leave for another reason. */
    void forget(Collection<UUID> ids) {
        completed.keySet().removeAll(ids);
    }

    /** Stops keeping all rows, because the list shows another view. */
    void clear() {
        completed.clear();
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

    /** The fading rows, which are still in the list. */
    ObservableSet<UUID> fading() {
        return FXCollections.unmodifiableObservableSet(fading);
    }

    private boolean fades(UUID id, LiveList.Cause cause, int number) {
        boolean fades = cause == LiveList.Cause.LOCAL_CHANGE && fades(number) && !isPushedOut(id, number);
        if (fades) {
            begin(id);
        }
        return fades;
    }

    /**
     * Whether other rows push this row out of the loaded window. That is so if the window is full and this row is the
     * last.
     */
    private boolean isPushedOut(UUID id, int number) {
        List<ItemRow> rows = live.rows();
        return rows.size() + number > limit.getAsInt() && rows.getLast().id().equals(id);
    }

    private static boolean fades(int number) {
        return number <= MAX_FADING && !UiScale.isMotionReduced();
    }

    private void begin(UUID id) {
        if (fading.add(id)) {
            delays.schedule(FADE, () -> end(id));
        }
    }

    private void end(UUID id) {
        if (fading.remove(id)) {
            live.release(row -> row.id().equals(id));
        }
    }

    /** Ends the fading of rows that came back. After another query, ends the fading of all rows. */
    void updated(LiveList.Update<ItemRow> update) {
        if (update.first()) {
            fading.clear();
        } else if (!fading.isEmpty()) {
            update.arrived().forEach(row -> fading.remove(row.id()));
        }
    }
}
