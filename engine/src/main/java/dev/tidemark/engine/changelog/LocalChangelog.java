package dev.tidemark.engine.changelog;

import dev.tidemark.engine.Subscription;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The changelog in a database, which can also be asked questions. Thread-safe. */
public interface LocalChangelog extends Changelog {
    /**
     * The changes that the query describes, all against one state of the database.
     *
     * <p>What it costs follows from the size of the answer: changes are found through indexes over some hundred at a time.
     * Beside the parts of the log in which answers lie, up to a few hundred of each replica's newest changes are read, unless
     * a row is asked for.
     */
    List<Change> list(ChangelogQuery query);

    /**
     * Like {@link #list}, a page at a time as the stream is consumed, for answers that should not be in memory as a whole.
     * No connection is held in between. Changes that come in meanwhile are not part of it, and what is compacted away
     * meanwhile is left out. As with {@link #list}, a version of a long text that has not left this file may be emptied later:
     * what is to be published is read with {@link #read} or {@link #follow}.
     */
    Stream<Change> stream(ChangelogQuery query);

    /**
     * What the changelog holds, exactly. Reads one summary for some hundred changes, a few hundred changes of each replica,
     * and the sizes of all blocks, so it takes milliseconds for a million changes; all hidden rows, waiting cells and
     * conflicts are looked at as well.
     */
    Statistics statistics();

    /**
     * Delivers what comes after the vector, then each change as it is committed, here, in a merge, or by another process:
     * everything exactly once, in causal order. What is rolled back never appears.
     *
     * <p>The changes are read from the log when the subscriber is ready for them, so a slow one costs no memory, and
     * delays nobody.
     *
     * @param executor where {@code onBatch} and {@code onError} are called; never two calls at a time. With
     *     {@code Runnable::run} that is a virtual thread of the engine.
     * @param onBatch takes each batch; if it throws, {@code onError} is told and the next batch comes all the same
     * @param onError takes what went wrong. When reading fails the same place is tried again after the next commit;
     *     except with {@link Changelog.TruncatedException}, after which nothing more comes
     * @return ends it when closed, also from inside {@code onBatch}; no call begins after {@code close} returns
     */
    Subscription follow(VersionVector after, Executor executor, Consumer<Batch> onBatch, Consumer<Throwable> onError);

    /**
     * What a changelog in a database holds, at one moment. Immutable.
     *
     * @param all everything together, news of schema steps included
     * @param tables by table, by name; news of schema steps belong to none
     * @param replicas by who made the changes
     * @param storedBytes how many bytes the changes take in the file, compressed as they are, without the file's overhead
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
         * Some changes summed up.
         *
         * @param entries how many
         * @param bytes roughly how many bytes they are before compression: their values, and a constant each
         * @param oldest when the first was made, by its writer's wall clock; {@code null} if there are none
         * @param newest when the last was made, by its writer's wall clock; {@code null} if there are none
         */
        public record Totals(
                long entries,
                long bytes,
                @Nullable Instant oldest,
                @Nullable Instant newest) {}
    }
}
