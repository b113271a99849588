package dev.tidemark.app.list;

import dev.tidemark.app.fx.LiveList;
import dev.tidemark.app.fx.Scheduler;
import dev.tidemark.app.fx.UiScale;
import dev.tidemark.app.model.ItemRow;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.IntSupplier;
import javafx.collections.FXCollections;
import javafx.collections.ObservableSet;

/**
 * Fades rows that leave the list because of the user's own action; each keeps its place meanwhile, so that the user
 * sees which rows leave. Many rows at once leave without fading. Belongs to the list's thread.
 */
final class FadingRows {
    static final Duration FADE = Duration.ofMillis(140);

    /** Most rows that fade at once. */
    static final int MOST = 12;

    private final LiveList<ItemRow> live;
    private final IntSupplier most;
    private final Scheduler delays;
    private final ObservableSet<UUID> fading = FXCollections.observableSet();

    /** @param most returns the list's size limit */
    FadingRows(LiveList<ItemRow> live, IntSupplier most, Scheduler delays) {
        this.live = live;
        this.most = most;
        this.delays = delays;
    }

    /** The fading rows, which still have their place. */
    ObservableSet<UUID> fading() {
        return FXCollections.unmodifiableObservableSet(fading);
    }

    /**
     * Decides about a row that has left the query's result.
     *
     * @param number how many rows left together
     * @return whether the row keeps its place for now
     */
    boolean retains(UUID id, LiveList.Cause cause, int number) {
        boolean fades = cause == LiveList.Cause.DONE_HERE && fades(number) && !isPushedOut(id, number);
        if (fades) {
            begin(id);
        }
        return fades;
    }

    /** Releases rows that were retained for another reason; they fade, too. */
    void release(Collection<UUID> retained) {
        if (fades(retained.size())) {
            retained.forEach(this::begin);
        } else {
            live.release(row -> retained.contains(row.id()));
        }
    }

    /** Whether the row is at the end of a full list and makes room for others. The last row leaves first. */
    private boolean isPushedOut(UUID id, int number) {
        List<ItemRow> rows = live.rows();
        return rows.size() + number > most.getAsInt() && rows.getLast().id().equals(id);
    }

    private static boolean fades(int number) {
        return number <= MOST && !UiScale.isMotionReduced();
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

    /** Ends the fading of rows that came back, or of all rows after another query. */
    void updated(LiveList.Update<ItemRow> update) {
        if (update.first()) {
            fading.clear();
        } else if (!fading.isEmpty()) {
            update.arrived().forEach(row -> fading.remove(row.id()));
        }
    }
}
