package dev.tidemark.engine.changelog;

import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.TidemarkException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All changes of all replicas that a database or a storage holds. {@link dev.tidemark.engine.sync.SyncEngine} syncs any
 * two. Implementations are thread-safe unless their Javadoc states otherwise.
 */
public interface Changelog {
    /** Returns the vector of the changes that the changelog holds without a gap at this moment. */
    VersionVector vector();

    /**
     * Returns the vector up to which changes were truncated and can no longer be listed. Reading after a vector that
     * does not cover the floor fails with a {@link TruncatedException}.
     */
    VersionVector floor();

    /**
     * Reads all changes that {@code after} does not cover, in causal order. The reader may also return changes that are
     * appended while it is open.
     *
     * @throws dev.tidemark.engine.changelog.Changelog.TruncatedException if {@code after} does not cover {@link #floor}
     */
    Batch.Reader read(VersionVector after, Batch.Limit limit);

    /**
     * Adds those changes of the batch that the changelog lacks. On an error, it adds none. Adding a batch twice equals
     * adding it once.
     *
     * @throws dev.tidemark.engine.changelog.Changelog.GapException if a change's predecessor, or a change that its
     *     writer had seen, is missing; nothing is added
     */
    AppendResult append(Batch batch);

    /**
     * Returns a snapshot for a reader that holds these changes. The reader needs it if further changes were truncated,
     * or saves time if the snapshot is much smaller than those changes. Otherwise, or if there is no snapshot, returns
     * {@code null}.
     *
     * @param applied the changes that the reader holds
     */
    default @Nullable Snapshot snapshotFor(VersionVector applied) {
        return null;
    }

    /**
     * Applies a snapshot. Afterwards the changelog covers the snapshot's vector, and a database shows the state after
     * all changes within the vector and its own further changes. The snapshot becomes visible as a whole. Other writers
     * wait meanwhile, about a second or two for 100,000 rows. If reading ends early, the parts read so far are kept for
     * the next attempt.
     *
     * @throws Snapshot.UnusableException if the snapshot cannot be used; nothing was applied
     */
    default AppendResult installSnapshot(Snapshot snapshot) {
        throw new Snapshot.UnusableException(Problem.CHANGELOG_TAKES_NO_SNAPSHOT);
    }

    /**
     * Returns the latest known acknowledgement of each replica, including this changelog's own; empty if none is known.
     */
    default List<Acknowledgement> acknowledgements() {
        return List.of();
    }

    /** Stores acknowledgements of replicas. An acknowledgement that a known one covers changes nothing. */
    default void acknowledge(List<Acknowledgement> acknowledgements) {
        // A storage does not garbage-collect by itself.
    }

    /**
     * A promise of a replica: each change that it makes after number {@code allocated} has seen everything within
     * {@code applied}. Another replica that has all its changes up to {@code allocated} therefore needs to retain no
     * tombstones within {@code applied} for it (docs/correctness.md#r3). Immutable.
     *
     * @param replica the replica that promises
     * @param applied the changes that the replica had applied some time before, and its own up to {@code allocated}.
     *     All its later changes count as having seen these, however long an edit form was open
     * @param allocated the last sequence number that the replica had allocated, from the same read transaction. The
     *     change need not be uploaded
     */
    record Acknowledgement(ReplicaId replica, VersionVector applied, long allocated) {
        /** @throws IllegalArgumentException if {@code allocated} is negative */
        public Acknowledgement {
            if (allocated < 0) {
                throw new IllegalArgumentException("Sequence numbers are not negative, but got " + allocated);
            }
            applied = applied.with(replica, allocated);
        }

        /** Whether the other acknowledgement covers this one. */
        public boolean isWithin(Acknowledgement other) {
            return allocated <= other.allocated && other.applied.covers(applied);
        }
    }

    /**
     * The result of appending a batch. Immutable.
     *
     * @param changes how many changes were new
     * @param conflicts how many conflicts these changes opened when they were applied
     * @param aheadOfClock the replicas whose wall times are further ahead of this machine's clock than the tolerance.
     *     The values are the latest wall times, in milliseconds since 1970
     */
    record AppendResult(int changes, int conflicts, Map<ReplicaId, Long> aheadOfClock) {
        /** The result of appending no new changes. */
        public static final AppendResult NOTHING = new AppendResult(0, 0, Map.of());

        /** Copies the map. */
        public AppendResult {
            aheadOfClock = Map.copyOf(aheadOfClock);
        }
    }

    /** A change cannot be appended, because a change that it depends on is missing. Nothing was added. */
    final class GapException extends TidemarkException {
        private static final long serialVersionUID = 1L;

        /**
         * @param problem the problem
         * @param arguments the values of its placeholders, in order
         */
        public GapException(Problem problem, @Nullable Object... arguments) {
            super(problem, arguments);
        }

        /**
         * @param cause the underlying exception
         * @param problem the problem
         * @param arguments the values of its placeholders, in order
         */
        public GapException(Throwable cause, Problem problem, @Nullable Object... arguments) {
            super(cause, problem, arguments);
        }
    }

    /** The requested changes were truncated. Start from a snapshot instead. */
    final class TruncatedException extends TidemarkException {
        private static final long serialVersionUID = 1L;

        /**
         * @param problem the problem
         * @param arguments the values of its placeholders, in order
         */
        public TruncatedException(Problem problem, @Nullable Object... arguments) {
            super(problem, arguments);
        }

        /**
         * @param cause the underlying exception
         * @param problem the problem
         * @param arguments the values of its placeholders, in order
         */
        public TruncatedException(Throwable cause, Problem problem, @Nullable Object... arguments) {
            super(cause, problem, arguments);
        }
    }
}
