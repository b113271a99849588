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
    /** Returns the vector of the changes that it holds without a gap, at this moment. */
    VersionVector vector();

    /**
     * Returns the vector up to which changes were truncated and can no longer be listed. Reading after a vector that
     * does not cover the floor fails as <em>too old</em>.
     */
    VersionVector floor();

    /**
     * Reads all changes after {@code after}, in causal order. May include changes that are appended meanwhile.
     *
     * @throws dev.tidemark.engine.changelog.Changelog.TruncatedException if {@code after} does not cover {@link #floor}
     */
    Batch.Reader read(VersionVector after, Batch.Limit limit);

    /**
     * Adds the changes that it lacks, all of them or, on an error, none. Adding a batch twice equals adding it once.
     *
     * @throws dev.tidemark.engine.changelog.Changelog.GapException if a change's predecessor, or one that its writer
     *     had seen, is missing; nothing is added
     */
    AppendResult append(Batch batch);

    /**
     * Returns a snapshot for a reader that holds these changes, if others were truncated, or if the snapshot is much
     * smaller than they are; {@code null} if the changes suffice or there is no snapshot.
     *
     * @param held the changes that the reader holds
     */
    default @Nullable Snapshot snapshotFor(VersionVector held) {
        return null;
    }

    /**
     * Applies a snapshot; afterwards the changelog covers its vector. A database then shows the state that its changes
     * lead to; local changes outside of its vector stay. The snapshot becomes visible as a whole, and other writers
     * wait meanwhile: a second or two for 100,000 rows. If this ends early, the parts read so far stay.
     *
     * @throws Snapshot.UnusableException if it cannot be used; nothing was applied
     */
    default AppendResult installSnapshot(Snapshot snapshot) {
        throw new Snapshot.UnusableException(Problem.CHANGELOG_TAKES_NO_SNAPSHOT);
    }

    /**
     * Returns the known acknowledgements of replicas, this changelog's own replica included; empty if it knows of no
     * replicas.
     */
    default List<Acknowledgement> acknowledgements() {
        return List.of();
    }

    /** Stores acknowledgements of replicas; those within known ones change nothing. */
    default void acknowledge(List<Acknowledgement> acknowledgements) {
        // A storage does not garbage-collect by itself.
    }

    /**
     * A promise of a replica: each change that it makes after number {@code allocated} has seen everything within
     * {@code applied}. Once its changes up to {@code allocated} are here too, every later change from it has seen
     * everything within {@code applied} (docs/correctness.md#r3), so tombstones within {@code applied} need not be
     * retained for it. Immutable.
     *
     * @param replica the replica that promises
     * @param applied the changes it had applied some time before, its own up to {@code allocated} included; all its
     *     later changes count as having seen these, however long their edit form was open
     * @param allocated its last allocated sequence number, uploaded or not, from the same consistent read
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
     * @param aheadOfClock replicas with wall times further ahead of this machine's clock than the tolerance, each with
     *     its latest, in milliseconds since 1970
     */
    record AppendResult(int changes, int conflicts, Map<ReplicaId, Long> aheadOfClock) {
        /** The result without new changes. */
        public static final AppendResult NOTHING = new AppendResult(0, 0, Map.of());

        /** Copies the map. */
        public AppendResult {
            aheadOfClock = Map.copyOf(aheadOfClock);
        }
    }

    /** A change cannot be appended, because a change that it depends on is missing; nothing was added. */
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

    /** The requested changes were truncated; start from a snapshot instead. */
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
