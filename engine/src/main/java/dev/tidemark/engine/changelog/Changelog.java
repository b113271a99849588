package dev.tidemark.engine.changelog;

import dev.tidemark.engine.Problem;
import dev.tidemark.engine.TidemarkException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All changes of all replicas that a database or a storage holds. Any two can be brought in step with
 * {@link dev.tidemark.engine.sync.SyncEngine}. Implementations are thread-safe unless they say otherwise.
 */
public interface Changelog {
    /** What it holds without a gap, at this moment. */
    VersionVector vector();

    /**
     * Up to where changes can no longer be listed one by one, because they were compacted away. Reading after a vector
     * that does not cover the floor fails as <em>too old</em>.
     */
    VersionVector floor();

    /**
     * Everything after {@code after}, in causal order. Changes appended while reading may or may not be part of it.
     *
     * @throws dev.tidemark.engine.changelog.Changelog.TruncatedException if {@code after} does not cover {@link #floor}
     */
    Batch.Reader read(VersionVector after, Batch.Limit limit);

    /**
     * Adds the changes that are not held yet, all or (on an error) none of them. Adding twice equals adding once.
     *
     * @throws dev.tidemark.engine.changelog.Changelog.GapException if a change's predecessor, or one that its writer had seen, is
     *     missing; nothing is added
     */
    AppendResult append(Batch batch);

    /**
     * A snapshot for somebody who holds this much, if they need one because changes they lack are not listed any more, or if
     * it is much less to read than the changes; {@code null} if the changes do, or if there is none.
     *
     * @param held what they hold
     */
    default @Nullable Snapshot snapshotFor(VersionVector held) {
        return null;
    }

    /**
     * Takes a snapshot in, so that afterwards everything within its vector is held. In a database this shows all that its
     * changes would have shown; what was written here and lies outside of it stays. It becomes visible as a whole, and other
     * writers wait meanwhile: a second or two for 100,000 rows. Parts that were read stay read if this ends early.
     *
     * @throws Snapshot.UnusableException if it cannot be used; nothing was taken in
     */
    default AppendResult installSnapshot(Snapshot snapshot) {
        throw new Snapshot.UnusableException(Problem.CHANGELOG_TAKES_NO_SNAPSHOT);
    }

    /**
     * What replicas are known to have acknowledged, that of this changelog's own replica included; empty where nothing is
     * known of replicas.
     */
    default List<Acknowledgement> acknowledgements() {
        return List.of();
    }

    /** Takes note of what replicas have acknowledged; what says no more than is known already changes nothing. */
    default void acknowledge(List<Acknowledgement> acknowledgements) {
        // A storage does not forget by itself.
    }

    /**
     * What a replica has promised: whatever it makes after change number {@code allocated} knows everything within {@code
     * applied}. Once its changes up to {@code allocated} are here too, nothing can arrive from it that does not
     * (docs/correctness.md#r3), and what lies within may be forgotten as far as it is concerned. Immutable.
     *
     * @param replica who
     * @param applied what it had applied a while before, its own changes up to {@code allocated} included; from now on all its
     *     changes count as having seen that, however old the form that they were typed into
     * @param allocated the last sequence number that it had given out, published or not, in the same consistent read
     */
    record Acknowledgement(ReplicaId replica, VersionVector applied, long allocated) {
        /** @throws IllegalArgumentException if {@code allocated} is negative */
        public Acknowledgement {
            if (allocated < 0) {
                throw new IllegalArgumentException("Sequence numbers are not negative, but got " + allocated);
            }
            applied = applied.with(replica, allocated);
        }

        /** Whether this says nothing that the other does not say, too. */
        public boolean isWithin(Acknowledgement other) {
            return allocated <= other.allocated && other.applied.covers(applied);
        }
    }

    /**
     * What appending a batch did. Immutable.
     *
     * @param changes how many changes were new
     * @param conflicts how many conflicts these changes opened, counted when they arrived
     * @param aheadOfClock replicas whose stamps lie further ahead of this machine's clock than the tolerance, with the
     *     milliseconds since 1970 that they claim
     */
    record AppendResult(int changes, int conflicts, Map<ReplicaId, Long> aheadOfClock) {
        /** Nothing was new. */
        public static final AppendResult NOTHING = new AppendResult(0, 0, Map.of());

        /** Copies the map. */
        public AppendResult {
            aheadOfClock = Map.copyOf(aheadOfClock);
        }
    }

    /** A change was appended whose predecessor is missing; nothing was added. */
    final class GapException extends TidemarkException {
        private static final long serialVersionUID = 1L;

        /**
         * @param problem what happened
         * @param arguments what fills its places, in order
         */
        public GapException(Problem problem, @Nullable Object... arguments) {
            super(problem, arguments);
        }

        /**
         * @param cause what happened beneath
         * @param problem what happened
         * @param arguments what fills its places, in order
         */
        public GapException(Throwable cause, Problem problem, @Nullable Object... arguments) {
            super(cause, problem, arguments);
        }
    }

    /** Changes were asked for that have been compacted away; start from a snapshot instead. */
    final class TruncatedException extends TidemarkException {
        private static final long serialVersionUID = 1L;

        /**
         * @param problem what happened
         * @param arguments what fills its places, in order
         */
        public TruncatedException(Problem problem, @Nullable Object... arguments) {
            super(problem, arguments);
        }

        /**
         * @param cause what happened beneath
         * @param problem what happened
         * @param arguments what fills its places, in order
         */
        public TruncatedException(Throwable cause, Problem problem, @Nullable Object... arguments) {
            super(cause, problem, arguments);
        }
    }
}
