package dev.tidemark.engine.sync;

import dev.tidemark.engine.problem.TidemarkException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The history of a database's syncs with storages. It stays on the device.
 * {@link dev.tidemark.engine.remote.RemoteLibrary#activity} returns it. Immutable.
 *
 * @param runs the syncs that moved changes or had a problem, the newest first
 * @param failures the storage calls that failed, counted for each kind of call and problem, the most frequent first;
 *     excludes calls for a missing object
 */
public record SyncActivity(List<Run> runs, List<Failure> failures) {
    /** The number of runs that a database retains; older ones are dropped. */
    public static final int KEPT_RUNS = 2000;

    /** Copies the lists. */
    public SyncActivity {
        runs = List.copyOf(runs);
        failures = List.copyOf(failures);
    }

    /**
     * A sync, or several in a row that moved nothing and had the same problem. Immutable.
     *
     * @param no identifies the run in its database; later runs have greater numbers
     * @param location the storage's address
     * @param started when the first of these syncs started
     * @param ended when the last of these syncs ended
     * @param times the number of these syncs, at least 1
     * @param counts the counts of the last of these syncs
     * @param problem the problem that ended the sync or that the sync found; null if there was none
     */
    public record Run(
            long no,
            String location,
            Instant started,
            Instant ended,
            long times,
            Counts counts,
            @Nullable TidemarkException problem) {}

    /**
     * The counts of a sync. All but the bytes are defined as in {@link dev.tidemark.engine.sync.SyncReport}.
     *
     * @param pushed changes uploaded
     * @param pulled changes downloaded and merged
     * @param conflicts conflicts that these changes opened
     * @param hidden rows that were hidden afterwards
     * @param waiting cells that waited afterwards
     * @param blocked changes that could not be applied yet
     * @param quarantined files that could not be used
     * @param bytes bytes sent and received
     */
    public record Counts(
            long pushed,
            long pulled,
            long conflicts,
            long hidden,
            long waiting,
            long blocked,
            long quarantined,
            long bytes) {
        /** The counts of a sync that failed. */
        public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0);

        /** Whether the sync moved changes. */
        public boolean moved() {
            return pushed + pulled > 0;
        }
    }

    /**
     * Failures of one kind of storage call with one problem. Immutable.
     *
     * @param call the kind of call, such as {@code put}
     * @param code the code of the problem
     * @param failures how often it failed
     * @param last when it last failed
     */
    public record Failure(String call, String code, long failures, Instant last) {}
}
