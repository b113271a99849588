package dev.tidemark.app.fx;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.Subscription;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Shows a window of a query's rows in a {@link LiveList}: the first ones, and those around where somebody has scrolled to. What
 * is not near is neither read after every change nor held in memory, however much there is and wherever in it somebody looks.
 * Belongs to the thread of the executor.
 *
 * @param <T> a row
 */
public final class WindowedList<T> implements AutoCloseable {
    /** A dozen screens, and few enough to be read and compared after each change while the window draws. */
    static final int FIRST = 300;

    /** How many rows there are before and behind where somebody has scrolled to. */
    static final int AROUND = 400;

    /**
     * So near to where the rows end that may be there, others are to be had: before the end is seen, and before rows that arrive
     * above push out what somebody sees.
     */
    static final int NEAR = 200;

    /** From here on upwards the first rows are enough again; well above where they no longer are. */
    private static final int TOP = (FIRST - NEAR) / 2;

    /** Not before that are rows asked for again that could not be read, however much somebody scrolls meanwhile. */
    static final Duration PAUSE = Duration.ofSeconds(3);

    /**
     * Names part of a query's rows.
     *
     * @param <T> a row
     */
    @FunctionalInterface
    public interface Part<T> {
        /**
         * The query for these rows.
         *
         * @param from how many rows stand before them
         * @param most how many there are, unless the query has less
         */
        Query<T> rows(int from, int most);
    }

    private final Database database;
    private final Executor executor;
    private final Scheduler delays;
    private final Consumer<Throwable> failed;
    private final LiveList<T> live;
    private final ReadOnlyIntegerWrapper total = new ReadOnlyIntegerWrapper();
    private Part<T> query = (from, most) -> {
        throw new IllegalStateException("Nothing is shown yet");
    };
    private int from;
    private int most = FIRST;
    /** Whether other rows are on their way: until then, positions are in those that were there. */
    private boolean moving;
    /** Whether the person has left the top since there are so many. */
    private boolean isAwayFromStart;

    /** Asks again for what could not be read, given which row somebody sees; {@code null} if everything could. */
    private @Nullable IntConsumer pendingScroll;

    private Scheduler.ScheduledTask pause = () -> {};
    private @Nullable Subscription counting;

    /**
     * @param live shows the rows
     * @param executor where counts are delivered; the list belongs to its thread
     * @param delays say when what could not be read may be asked for again
     * @param failed takes what goes wrong in counting
     */
    public WindowedList(
            LiveList<T> live, Database database, Executor executor, Scheduler delays, Consumer<Throwable> failed) {
        this.live = live;
        this.database = database;
        this.executor = executor;
        this.delays = delays;
        this.failed = failed;
    }

    /** How many rows there are, shown or not. */
    public ReadOnlyIntegerProperty totalProperty() {
        return total.getReadOnlyProperty();
    }

    /**
     * Shows the first rows of this query from now on.
     *
     * @param rows names parts of it
     * @param count one row with the number of all
     */
    public void show(Part<T> rows, Query<Integer> count) {
        show(rows, count, 0, () -> {});
    }

    /**
     * Shows the rows of this query around one of them from now on.
     *
     * @param rows names parts of it
     * @param count one row with the number of all
     * @param at which one, of all rows; if there are not so many any more, the first ones are shown
     * @param shown called once they are shown
     */
    public void show(Part<T> rows, Query<Integer> count, int at, Runnable shown) {
        query = rows;
        if (at < FIRST - NEAR) {
            moveTo(0, FIRST, LiveList.Cause.SHOWN, shown);
        } else {
            moveTo(Math.max(0, at - AROUND), 2 * AROUND, LiveList.Cause.SHOWN, () -> {
                if (live.rows().isEmpty() && from > 0) {
                    moveTo(0, FIRST, LiveList.Cause.SHOWN, shown);
                } else {
                    shown.run();
                }
            });
        }
        endCounting();
        counting = database.subscribe(
                count, executor, result -> total.set(result.rows().getFirst()), failed);
    }

    /** How many rows stand before the first that it has. */
    public int from() {
        return from;
    }

    /** How many rows it has at most. */
    public int most() {
        return most;
    }

    /** Whether there may be more rows behind those that it has. */
    public boolean hasMore() {
        return live.rows().size() >= most;
    }

    /**
     * Takes other rows if the person comes near to where those end that are there, and those that could not be read when they were
     * asked for last.
     *
     * @param position how far down in them the person has scrolled: 0 at the top, 1 at the end
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
        if (most - at < NEAR || (from > 0 && at < NEAR)) {
            moveWindow(at);
        } else if (isAwayFromStart && at < TOP) {
            moveTo(0, FIRST, LiveList.Cause.WENT_ALONG, () -> {});
        } else {
            isAwayFromStart |= most > FIRST && at >= TOP;
        }
    }

    /**
     * Takes the last rows.
     *
     * @param shown called once they are shown, if any is missing
     * @return whether any is missing
     */
    public boolean showEnd(Runnable shown) {
        boolean missing = hasMore();
        if (missing) {
            moveTo(Math.max(0, total.get() - AROUND), 2 * AROUND, LiveList.Cause.SHOWN, shown);
        }
        return missing;
    }

    /**
     * Takes the first rows.
     *
     * @param shown called once they are shown, if any is missing
     * @return whether any is missing
     */
    public boolean showStart(Runnable shown) {
        boolean missing = from > 0;
        if (missing) {
            moveTo(0, FIRST, LiveList.Cause.SHOWN, shown);
        }
        return missing;
    }

    private void moveWindow(int at) {
        moveTo(Math.max(0, from + at - AROUND), 2 * AROUND, LiveList.Cause.WENT_ALONG, () -> {});
    }

    private void moveTo(int wantedFrom, int wantedMost, LiveList.Cause cause, Runnable shown) {
        isAwayFromStart = false;
        moving = true;
        pendingScroll = null;
        pause.cancel();
        live.show(
                query.rows(wantedFrom, wantedMost),
                cause,
                () -> {
                    pause.cancel();
                    from = wantedFrom;
                    most = wantedMost;
                    moving = false;
                    pendingScroll = null;
                    shown.run();
                },
                () -> {
                    pause.cancel();
                    pause = delays.schedule(PAUSE, () -> {
                        moving = false;
                        pendingScroll = cause == LiveList.Cause.WENT_ALONG
                                ? this::moveWindow
                                : at -> moveTo(wantedFrom, wantedMost, cause, shown);
                    });
                });
    }

    private void endCounting() {
        if (counting != null) {
            counting.close();
            counting = null;
        }
    }

    /** Ends the subscriptions; the rows stay. */
    @Override
    public void close() {
        pause.cancel();
        endCounting();
        live.close();
    }
}
