package dev.tidemark.app.fx;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.Subscription;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Loads only a window of a query's rows into a {@link LiveList}: the first rows, or those around the scroll position.
 * For this reason, memory and the cost of a change do not depend on the total number of rows. Belongs to the thread of
 * the executor.
 */
public final class WindowedList<T> implements AutoCloseable {
    /**
     * The number of rows in a window of the first rows. They fill about a dozen screens and are few enough to read and
     * compare after each change.
     */
    static final int FIRST = 300;

    /** The number of rows loaded before and after the scroll position. */
    static final int AROUND = 400;

    /**
     * The window moves when fewer rows than this are between the scroll position and an end of the window. That is
     * before the end is visible, and before rows inserted above push visible rows out of the window.
     */
    static final int NEAR = 200;

    /**
     * The list loads the first rows again when the user scrolls above this row. The row is far above the position that
     * moves the window down, so that the window does not switch back and forth.
     */
    private static final int TOP = (FIRST - NEAR) / 2;

    /** The minimum time between a failed read and the next attempt. */
    static final Duration PAUSE = Duration.ofSeconds(3);

    private final Database database;
    private final Executor executor;
    private final Scheduler delays;
    private final Consumer<Throwable> failed;
    private final LiveList<T> live;
    private final ReadOnlyIntegerWrapper total = new ReadOnlyIntegerWrapper();
    private BiFunction<Integer, Integer, Query<T>> query = (from, limit) -> {
        throw new IllegalStateException("No query is shown yet");
    };
    private int from;
    private int limit = FIRST;
    /** Whether another window is loading. Until that window is loaded, positions refer to the old window. */
    private boolean moving;
    /**
     * Whether the user has scrolled below row {@link #TOP} since the window moved. Only then scrolling up loads the
     * first rows again.
     */
    private boolean isAwayFromStart;

    /** Retries a failed read, given the index of the row that the user scrolled to; {@code null} if no read failed. */
    private @Nullable IntConsumer pendingScroll;

    private Scheduler.ScheduledTask pause = () -> {};
    private Subscription counting = () -> {};

    /** @param executor receives the counts. This object belongs to the executor's thread */
    public WindowedList(
            LiveList<T> live, Database database, Executor executor, Scheduler delays, Consumer<Throwable> failed) {
        this.live = live;
        this.database = database;
        this.executor = executor;
        this.delays = delays;
        this.failed = failed;
    }

    public ReadOnlyIntegerProperty totalProperty() {
        return total.getReadOnlyProperty();
    }

    /**
     * Shows a query around one of its rows.
     *
     * @param rows creates the query for a window, given the number of rows before the window and the maximum number of
     *     rows in the window
     * @param count a query for the total number of rows
     * @param at the index of the row. If the result has fewer rows, the list shows the first rows
     */
    public void show(BiFunction<Integer, Integer, Query<T>> rows, Query<Integer> count, int at, Runnable shown) {
        query = rows;
        if (at < FIRST - NEAR) {
            moveTo(0, FIRST, LiveList.Cause.QUERY_CHANGED, shown);
        } else {
            moveTo(Math.max(0, at - AROUND), 2 * AROUND, LiveList.Cause.QUERY_CHANGED, () -> {
                if (live.rows().isEmpty() && from > 0) {
                    moveTo(0, FIRST, LiveList.Cause.QUERY_CHANGED, shown);
                } else {
                    shown.run();
                }
            });
        }
        counting.close();
        counting = database.subscribe(
                count, executor, result -> total.set(result.rows().getFirst()), failed);
    }

    /** The number of rows before the window. */
    public int from() {
        return from;
    }

    /** The maximum number of rows in the window. */
    public int limit() {
        return limit;
    }

    /** Whether the result may have more rows after the window. */
    public boolean hasMore() {
        return live.rows().size() >= limit;
    }

    /**
     * Moves the window if the user scrolled close to an end of the window. If the last read failed, retries that read
     * instead.
     *
     * @param position the scroll position within the loaded rows, from 0 to 1
     */
    public void scrolledTo(double position) {
        if (moving) {
            return;
        }
        int size = live.rows().size();
        int at = (int) (position * size);
        if (pendingScroll != null) {
            pendingScroll.accept(at);
            return;
        }
        if (limit - at < NEAR || (from > 0 && at < NEAR)) {
            moveWindow(at);
        } else if (isAwayFromStart && at < TOP) {
            moveTo(0, FIRST, LiveList.Cause.WINDOW_MOVED, () -> {});
        } else {
            isAwayFromStart |= limit > FIRST && at >= TOP;
        }
    }

    /**
     * Loads the last rows if the window lacks them. Returns whether it loads them.
     *
     * @param shown called when the rows are loaded
     */
    public boolean showEnd(Runnable shown) {
        boolean missing = hasMore();
        if (missing) {
            moveTo(Math.max(0, total.get() - AROUND), 2 * AROUND, LiveList.Cause.QUERY_CHANGED, shown);
        }
        return missing;
    }

    /**
     * Loads the first rows if the window lacks them. Returns whether it loads them.
     *
     * @param shown called when the rows are loaded
     */
    public boolean showStart(Runnable shown) {
        boolean missing = from > 0;
        if (missing) {
            moveTo(0, FIRST, LiveList.Cause.QUERY_CHANGED, shown);
        }
        return missing;
    }

    private void moveWindow(int at) {
        moveTo(Math.max(0, from + at - AROUND), 2 * AROUND, LiveList.Cause.WINDOW_MOVED, () -> {});
    }

    private void moveTo(int wantedFrom, int wantedLimit, LiveList.Cause cause, Runnable shown) {
        isAwayFromStart = false;
        moving = true;
        pendingScroll = null;
        pause.cancel();
        live.show(
                query.apply(wantedFrom, wantedLimit),
                cause,
                () -> {
                    pause.cancel();
                    from = wantedFrom;
                    limit = wantedLimit;
                    moving = false;
                    pendingScroll = null;
                    shown.run();
                },
                () -> {
                    pause.cancel();
                    pause = delays.schedule(PAUSE, () -> {
                        moving = false;
                        pendingScroll = cause == LiveList.Cause.WINDOW_MOVED
                                ? this::moveWindow
                                : at -> moveTo(wantedFrom, wantedLimit, cause, shown);
                    });
                });
    }

    /** Closes the subscriptions. The rows stay. */
    @Override
    public void close() {
        pause.cancel();
        counting.close();
        live.close();
    }
}
