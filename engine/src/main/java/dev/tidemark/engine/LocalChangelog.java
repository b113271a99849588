package dev.tidemark.engine;

import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Changelog;
import dev.tidemark.engine.changelog.ChangelogQuery;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The changelog in a database, which also answers queries. Thread-safe. */
public interface LocalChangelog extends Changelog {
    /**
     * Returns the changes that the query describes, from one state of the database.
     *
     * <p>The cost depends on the size of the answer, because the engine finds answers by summaries of some hundred
     * changes each. The engine reads the blocks that contain answers. Unless the query names a row, it also reads up to
     * a few hundred of each replica's newest changes.
     */
    List<Change> list(ChangelogQuery query);

    /**
     * Like {@link #list}, but reads a page at a time as the stream is consumed, for answers that do not fit into
     * memory. Between two pages, the stream holds no connection. Changes that are added or truncated meanwhile are left
     * out. Do not upload changes from {@link #list} or this stream: some may not be exported yet, and the engine may
     * still empty such a change if it contains a long text. To upload changes, read them with {@link #read} or {@link
     * #follow}.
     */
    Stream<Change> stream(ChangelogQuery query);

    /**
     * Returns the values that the change replaced: of its columns, or of all columns if it deleted the row. For each
     * column, the greatest timestamp counts among the changes that the writer had seen, so a concurrent write of
     * another replica is never the value before, whichever of the two wins. A column is absent if the writer had seen
     * no write of it, or if that change was truncated or erased. Reads the row's earlier changes until all columns are
     * found.
     *
     * @return the values; empty for a schema step and for an erased change
     */
    Map<String, @Nullable Object> valuesBefore(Change change);

    /**
     * Returns exact counts of changes, hidden rows, waiting cells and conflicts. To count changes, the engine reads one
     * summary for some hundred changes, a few hundred changes of each replica, and the sizes of all blocks. This takes
     * milliseconds for a million changes.
     */
    Statistics statistics();

    /**
     * Counts the changes of each replica in each period. A change belongs to the period that contains its wall time.
     * Reads one summary for some hundred changes. Reads the changes themselves only if their summary spans the end of a
     * period.
     *
     * @param bounds two or more times in ascending order. Each time except the last begins a period, which ends before
     *     the next time
     * @return for each period, the counts by replica
     * @throws IllegalArgumentException if there are fewer than two bounds, or they do not ascend
     */
    List<Map<ReplicaId, Long>> counts(List<Instant> bounds);

    /**
     * Delivers the changes after the vector, then each change when a local write, a merge or another process commits
     * it. Each change is delivered exactly once, in causal order. Changes that were rolled back are never delivered.
     *
     * <p>The engine reads the changes when the subscriber is ready for them, so a slow subscriber costs no memory and
     * does not delay others.
     *
     * @param executor runs {@code onBatch} and {@code onError}, one call at a time. With {@code Runnable::run}, a
     *     virtual thread of the engine runs them.
     * @param onBatch receives each batch. If it throws, {@code onError} receives the exception, and the next batch
     *     follows
     * @param onError receives exceptions. If a read failed, the engine reads the same changes again after the next
     *     commit. After {@link Changelog.TruncatedException}, it delivers nothing more
     * @return the subscription. Close it to end the delivery; {@code onBatch} may do so, too. After {@code close}
     *     returns, no further call begins
     */
    Subscription follow(VersionVector after, Executor executor, Consumer<Batch> onBatch, Consumer<Throwable> onError);

    /**
     * Figures about the changelog of a database at one moment. Immutable.
     *
     * @param all all changes, schema steps included
     * @param tables the changes of each table, by the table's name. Schema steps belong to no table
     * @param replicas the changes of each replica
     * @param storedBytes the size of the compressed changes in the file in bytes, without the file's overhead
     * @param hiddenRows how many rows are known but cannot be shown
     * @param waitingCells how many cells wait for a newer version of the program or a value of the declared type
     * @param conflicts how many conflicts are open
     */
    record Statistics(
            Totals all,
            Map<String, Totals> tables,
            Map<ReplicaId, Totals> replicas,
            long storedBytes,
            long hiddenRows,
            long waitingCells,
            long conflicts) {

        /** Copies the maps. */
        public Statistics {
            tables = Map.copyOf(tables);
            replicas = Map.copyOf(replicas);
        }

        /**
         * Totals of some changes.
         *
         * @param entries the number of changes
         * @param bytes the approximate size of the changes in bytes before compression: the sizes of the values, and a
         *     constant for each change
         * @param oldest the earliest wall time; {@code null} if there are no changes
         * @param newest the latest wall time; {@code null} if there are no changes
         */
        public record Totals(
                long entries,
                long bytes,
                @Nullable Instant oldest,
                @Nullable Instant newest) {}
    }
}
