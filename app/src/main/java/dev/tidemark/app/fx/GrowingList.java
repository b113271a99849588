package dev.tidemark.app.fx;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.Subscription;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Shows the first rows of a query in a {@link LiveList}, and more of them as somebody scrolls to where they end. What is
 * not looked at is neither read after every change nor held in memory, however much there is. Belongs to the thread of the
 * executor.
 *
 * @param <T> a row
 */
public final class GrowingList<T> implements AutoCloseable {
    /** More than most people ever have; and few enough to be read and compared within a frame. */
    private static final int FIRST = 1_000;

    private static final int GROWTH = 4;
    /** So near the end, there are more rows to be had before the end is seen. */
    private static final int NEAR = 300;

    private final Database database;
    private final Executor executor;
    private final Consumer<Throwable> failed;
    private final LiveList<T> live;
    private final ReadOnlyIntegerWrapper total = new ReadOnlyIntegerWrapper();
    private IntFunction<Query<T>> rows = limit -> {
        throw new IllegalStateException("Nothing is shown yet");
    };
    private int limit = FIRST;
    /** Whether the person has left the top since there are so many. */
    private boolean deep;

    private @Nullable Subscription counting;

    /**
     * @param live shows the rows
     * @param executor where counts are delivered; the list belongs to its thread
     * @param failed takes what goes wrong in counting
     */
    public GrowingList(LiveList<T> live, Database database, Executor executor, Consumer<Throwable> failed) {
        this.live = live;
        this.database = database;
        this.executor = executor;
        this.failed = failed;
    }

    /** How many rows there are, shown or not. */
    public ReadOnlyIntegerProperty totalProperty() {
        return total.getReadOnlyProperty();
    }

    /**
     * Shows the first rows of this query from now on.
     *
     * @param first makes the query for so many rows at most
     * @param count one row with the number of all
     */
    public void show(IntFunction<Query<T>> first, Query<Integer> count) {
        rows = first;
        limit = FIRST;
        live.show(rows.apply(limit));
        endCounting();
        counting = database.subscribe(
                count, executor, result -> total.set(result.rows().getFirst()), failed);
    }

    /** Whether there may be more rows than it has. */
    public boolean isCut() {
        return live.rows().size() >= limit;
    }

    /**
     * Takes more rows if the end of those that are there is near, and lets go of them when the person is back at the top.
     *
     * @param position how far down the person has scrolled: 0 at the top, 1 at the end
     */
    public void scrolledTo(double position) {
        int size = live.rows().size();
        boolean top = position * size < NEAR;
        if (isCut() && (1 - position) * size < NEAR) {
            resize(limit * GROWTH);
        } else if (top && deep && limit > FIRST) {
            resize(FIRST);
        }
        deep = !top;
    }

    /** Takes all rows. Returns whether any were missing. */
    public boolean showAll() {
        boolean missing = limit < Integer.MAX_VALUE && live.rows().size() < total.get();
        if (missing) {
            resize(Integer.MAX_VALUE);
        }
        return missing;
    }

    private void resize(int wanted) {
        limit = wanted;
        deep = false;
        live.show(rows.apply(limit));
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
        endCounting();
        live.close();
    }
}
