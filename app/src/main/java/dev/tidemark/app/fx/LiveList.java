package dev.tidemark.app.fx;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.Query.Result.Difference;
import dev.tidemark.engine.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Keeps an observable list up to date with the result of a query, which the caller can replace. Belongs to the thread
 * of the executor.
 */
public final class LiveList<T> implements AutoCloseable {
    private final Database database;
    private final Executor executor;
    private final Consumer<Throwable> failed;
    private final PatchedList<T> rows;
    private RowRetention<T> retention = (row, cause, number) -> false;
    private UnaryOperator<T> asRetained = UnaryOperator.identity();
    private Consumer<Cause> beforeUpdate = cause -> {};
    private Consumer<Update<T>> afterUpdate = update -> {};
    private Subscription subscription = () -> {};
    private int generation;
    /** The last sequence number of this replica that the rows include. */
    private long ownSeen;

    /** The reason why rows change. */
    public enum Cause {
        /** The list shows another query. */
        QUERY_CHANGED,
        /** The list loads another window of the same query. Both windows contain the visible rows. */
        WINDOW_MOVED,
        /** This device made a change, perhaps besides others. */
        LOCAL_CHANGE,
        /** Only changes of other devices arrived. */
        REMOTE_CHANGE
    }

    /**
     * Describes an update of the rows.
     *
     * @param first whether this is the first result of a query; {@code arrived} is empty in this case
     * @param arrived the new and changed rows
     */
    public record Update<T>(boolean first, List<T> arrived) {}

    /**
     * @param executor receives the results. The list belongs to the thread of the executor
     * @param key returns the identity of a row, which is equal for all versions of the row
     */
    public LiveList(Database database, Executor executor, Function<T, Object> key, Consumer<Throwable> failed) {
        this.database = database;
        this.executor = executor;
        this.failed = failed;
        this.rows = new PatchedList<>((one, other) -> Objects.equals(key.apply(one), key.apply(other)));
    }

    public PatchedList<T> rows() {
        return rows;
    }

    /** Decides which rows stay in the list after they left the result. */
    @FunctionalInterface
    public interface RowRetention<T> {
        /**
         * Whether the list keeps a row in place for now.
         *
         * @param row a row that left the result
         * @param number the number of rows that left the result in the same update
         */
        boolean retains(T row, Cause cause, int number);
    }

    /**
     * Sets which rows stay in the list for a while after they left the result.
     *
     * @param asRetained returns the row to show instead of a retained row
     */
    public void retain(RowRetention<T> which, UnaryOperator<T> asRetained) {
        retention = which;
        this.asRetained = asRetained;
    }

    /**
     * Sets the listeners of row changes.
     *
     * @param before receives the cause before the rows change
     * @param after receives the update after the rows changed
     */
    public void setUpdateListeners(Consumer<Cause> before, Consumer<Update<T>> after) {
        beforeUpdate = before;
        afterUpdate = after;
    }

    /** Shows a query. The previous rows stay until its first result. */
    public void show(Query<T> query) {
        show(query, Cause.QUERY_CHANGED, () -> {}, () -> {});
    }

    /**
     * Shows a query.
     *
     * @param cause the cause to report with the first result
     * @param shown called after the first result. Not called if another query replaces this query before its first
     *     result
     * @param refused called for each read that fails before the first result. A later change of the data retries the
     *     read
     */
    public void show(Query<T> query, Cause cause, Runnable shown, Runnable refused) {
        close();
        QueryDelivery showing = new QueryDelivery(++generation, cause, shown, refused);
        subscription = database.subscribe(query, executor, showing::take, showing::refuse);
    }

    /** Delivers the results of one query, until another query replaces it. */
    private final class QueryDelivery {
        private final int current;
        private final Cause cause;
        private final Runnable shown;
        private final Runnable refused;
        private boolean first = true;

        QueryDelivery(int current, Cause cause, Runnable shown, Runnable refused) {
            this.current = current;
            this.cause = cause;
            this.shown = shown;
            this.refused = refused;
        }

        void take(Query.Result<T> result) {
            if (current == generation) {
                Cause later = cause(result);
                update(result, first, first ? cause : later);
                if (first) {
                    first = false;
                    shown.run();
                }
            }
        }

        void refuse(Throwable problem) {
            failed.accept(problem);
            if (current == generation && first) {
                refused.run();
            }
        }
    }

    /** Removes the retained rows that match a predicate. */
    public void release(Predicate<T> which) {
        beforeUpdate.accept(Cause.LOCAL_CHANGE);
        rows.release(which);
        afterUpdate.accept(new Update<>(false, List.of()));
    }

    private void update(Query.Result<T> result, boolean first, Cause cause) {
        beforeUpdate.accept(cause);
        if (first) {
            rows.show(result.rows());
            afterUpdate.accept(new Update<>(true, List.of()));
        } else {
            int leaving = result.difference().removed().size();
            rows.patch(result.difference(), row -> retention.retains(row, cause, leaving), asRetained);
            afterUpdate.accept(new Update<>(false, arrived(result.difference())));
        }
    }

    private Cause cause(Query.Result<T> result) {
        long own = result.vector().get(database.replica());
        Cause cause = own == ownSeen ? Cause.REMOTE_CHANGE : Cause.LOCAL_CHANGE;
        ownSeen = own;
        return cause;
    }

    private static <T> List<T> arrived(Difference<T> difference) {
        List<T> arrived = new ArrayList<>();
        difference.added().forEach(index -> arrived.add(difference.rows().get(index)));
        difference.changed().forEach(index -> arrived.add(difference.rows().get(index)));
        return arrived;
    }

    /** Closes the subscription. The rows stay. */
    @Override
    public void close() {
        generation++;
        subscription.close();
    }
}
