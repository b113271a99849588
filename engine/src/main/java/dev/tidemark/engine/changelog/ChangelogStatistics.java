package dev.tidemark.engine.changelog;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
public record ChangelogStatistics(
        Totals all,
        Map<String, Totals> tables,
        Map<ReplicaId, Totals> replicas,
        long storedBytes,
        long hiddenRows,
        long waitingCells,
        long conflicts) {

    /** Copies the maps. */
    public ChangelogStatistics {
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
