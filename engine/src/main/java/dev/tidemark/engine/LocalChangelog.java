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
     * <p>The cost depends on the size of the answer: indexes over some hundred changes each find the changes. Besides
     * the blocks that hold answers, it reads up to a few hundred of each replica's newest changes, unless the query
     * names a row.
     */
    List<Change> list(ChangelogQuery query);

    /**
     * Like {@link #list}, but reads a page at a time as the stream is consumed, for answers that do not fit into
     * memory. It holds no connection in between. Changes that are added or truncated meanwhile are left out. As with
     * {@link #list}, a version of a long text that has not left this file may be emptied later: to upload changes, read
     * them with {@link #read} or {@link #follow}.
     */
    Stream<Change> stream(ChangelogQuery query);

    /**
     * Returns the values that the change replaced: of its columns, or of all columns if it deleted the row. For each column,
     * the greatest timestamp counts among the changes that the writer had seen, so a concurrent write of another replica is
     * never the value before, whichever of the two wins. A column is absent if the writer had seen no write of it, or if
     * that change was truncated or erased. Reads the row's earlier changes until all columns are found.
     *
     * @return empty for a schema step and for an erased change
     */
    Map<String, @Nullable Object> valuesBefore(Change change);

    /**
     * Returns exact counts of the changelog. Reads one summary for some hundred changes, a few hundred changes of each
     * replica, and the sizes of all blocks: milliseconds for a million changes. Also counts all hidden rows, waiting
     * cells and conflicts.
     */
    Statistics statistics();

    /**
     * Counts the changes of each period by replica, by the writers' wall clocks. Reads one summary for some hundred
     * changes, and the changes only of those that reach over the end of a period.
     *
     * @param bounds two or more times in ascending order: a period begins with each but the last and ends before the
     *     next
     * @return the counts of each period, one less than there are bounds
     * @throws IllegalArgumentException if there are fewer than two bounds, or they do not ascend
     */
    List<Map<ReplicaId, Long>> counts(List<Instant> bounds);

    /**
     * Delivers the changes after the vector, then each change as it is committed, by a local write, a merge or another
     * process: each exactly once, in causal order. Changes that were rolled back are never delivered.
     *
     * <p>The engine reads the changes when the subscriber is ready for them, so a slow one costs no memory and delays
     * no others.
     *
     * @param executor runs {@code onBatch} and {@code onError}, one call at a time. With {@code Runnable::run}, a
     *     virtual thread of the engine runs them.
     * @param onBatch receives each batch; {@code onError} receives what it throws, and the next batch follows
     * @param onError receives failures. After a failed read, the engine reads the same changes again after the next
     *     commit; after {@link Changelog.TruncatedException} it delivers nothing more
     * @return close it, also from inside {@code onBatch}, to end the delivery; no call begins after {@code close}
     *     returns
     */
    Subscription follow(VersionVector after, Executor executor, Consumer<Batch> onBatch, Consumer<Throwable> onError);

    /**
     * Figures of a changelog in a database, at one moment. Immutable.
     *
     * @param all all changes, schema steps included
     * @param tables the changes of each table, by name; schema steps belong to none
     * @param replicas the changes of each replica
     * @param storedBytes the size of the compressed changes in the file in bytes, without the file's overhead
     * @param hiddenRows how many rows are known but cannot be shown
     * @param waitingCells how many cells wait for a newer version of the application or for a value of the declared type
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
         * @param bytes their approximate size in bytes before compression: their values, and a constant each
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
