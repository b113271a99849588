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
 * The rows that are leaving because of what the person did: each keeps its place while it fades, so that one sees what goes. Where many
 * leave at once, none does. Belongs to the list's thread.
 */
final class FadingRows {
    /** How long a row fades. */
    static final Duration FADE = Duration.ofMillis(140);

    /** Of more, nobody sees which ones go. */
    static final int MOST = 12;

    private final LiveList<ItemRow> live;
    private final IntSupplier most;
    private final Scheduler delays;
    private final ObservableSet<UUID> fading = FXCollections.observableSet();

    /**
     * @param live the list that they leave
     * @param most says how many rows it has at most
     */
    FadingRows(LiveList<ItemRow> live, IntSupplier most, Scheduler delays) {
        this.live = live;
        this.most = most;
        this.delays = delays;
    }

    /** Those that still have their place. */
    ObservableSet<UUID> fading() {
        return FXCollections.unmodifiableObservableSet(fading);
    }

    /**
     * A row has left the result.
     *
     * @param number how many left together
     * @return whether it keeps its place for now
     */
    boolean retains(UUID id, LiveList.Cause cause, int number) {
        boolean fades = cause == LiveList.Cause.DONE_HERE && fades(number) && !isPushedOut(id, number);
        if (fades) {
            begin(id);
        }
        return fades;
    }

    /** Lets go of rows that were held longer. */
    void release(Collection<UUID> held) {
        if (fades(held.size())) {
            held.forEach(this::begin);
        } else {
            live.release(row -> held.contains(row.id()));
        }
    }

    /** Whether it is at the end of a full list, where it makes room for others. The last one leaves first. */
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

    /** Other rows are shown, or these have come back. */
    void updated(LiveList.Update<ItemRow> update) {
        if (update.first()) {
            fading.clear();
        } else if (!fading.isEmpty()) {
            update.arrived().forEach(row -> fading.remove(row.id()));
        }
    }
}
