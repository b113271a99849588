package dev.tidemark.engine.sync;

import dev.tidemark.engine.problem.TidemarkException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The history of a database's syncs with storages. It is not synced.
 * {@link dev.tidemark.engine.remote.RemoteLibrary#activity} returns it. Immutable.
 *
 * @param runs the syncs that moved changes or had a problem, the newest first
 * @param failures the storage calls that failed, counted for each kind of call and problem, the most frequent first;
 *     excludes calls for a missing object
 */
public record SyncActivity(List<Run> runs, List<Failure> failures) {
    /** The number of runs that a database retains. Older runs are dropped. */
    public static final int KEPT_RUNS = 2000;

    /** Copies the lists. */
    public SyncActivity {
        runs = List.copyOf(runs);
        failures = List.copyOf(failures);
    }

    /**
     * A sync, or several successive syncs that moved nothing and had the same problem. Immutable.
     *
     * @param no the number of the run in its database. Later runs have greater numbers.
     * @param location the storage's address
     * @param started when the first of these syncs started
     * @param ended when the last of these syncs ended
     * @param times the number of these syncs, at least 1
     * @param counts the counts of the first of these syncs
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
     * The counts of a sync. All except the bytes are defined as in {@link dev.tidemark.engine.sync.SyncReport}.
     *
     * @param pushed the number of changes uploaded
     * @param pulled the number of changes downloaded and merged
     * @param conflicts the number of conflicts that these changes opened
     * @param hidden the number of rows that were hidden afterwards
     * @param waiting the number of cells that waited afterwards
     * @param blocked the number of changes that could not be applied yet
     * @param quarantined the number of files that could not be used
     * @param bytes the number of bytes sent and received
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
     * The failures of one kind of storage call that had one problem. Immutable.
     *
     * @param call the kind of call, such as {@code put}
     * @param code the code of the problem
     * @param failures the number of these failures
     * @param last when the last of these failures happened
     */
    public record Failure(String call, String code, long failures, Instant last) {}
}
