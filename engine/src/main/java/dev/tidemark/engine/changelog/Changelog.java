package dev.tidemark.engine.changelog;

import dev.tidemark.engine.Problem;
import java.util.List;
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
     * @throws dev.tidemark.engine.changelog.ChangelogTruncatedException if {@code after} does not cover {@link #floor}
     */
    BatchReader read(VersionVector after, BatchLimit limit);

    /**
     * Adds the changes that are not held yet, all or (on an error) none of them. Adding twice equals adding once.
     *
     * @throws dev.tidemark.engine.changelog.ChangelogGapException if a change's predecessor, or one that its writer had seen, is
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
     * @throws SnapshotException if it cannot be used; nothing was taken in
     */
    default AppendResult installSnapshot(Snapshot snapshot) {
        throw new SnapshotException(Problem.CHANGELOG_TAKES_NO_SNAPSHOT);
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
}
