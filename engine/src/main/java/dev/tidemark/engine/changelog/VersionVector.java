package dev.tidemark.engine.changelog;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * For each replica, the highest sequence number up to which no change is missing. Absent replicas count as 0.
 * Immutable.
 *
 * <p>After Parker et al., <i>Detection of Mutual Inconsistency in Distributed Systems</i> (1983).
 */
public final class VersionVector {
    /** The vector that covers no change. */
    public static final VersionVector EMPTY = new VersionVector(new TreeMap<>());

    private final SortedMap<ReplicaId, Long> heads;

    private VersionVector(SortedMap<ReplicaId, Long> heads) {
        this.heads = heads;
    }

    /**
     * Returns the vector with these heads. Entries of 0 are left out.
     *
     * @throws IllegalArgumentException if a number is negative
     */
    public static VersionVector of(Map<ReplicaId, Long> heads) {
        SortedMap<ReplicaId, Long> kept = new TreeMap<>();
        heads.forEach((replica, sequence) -> {
            if (sequence < 0) {
                throw new IllegalArgumentException("Sequence numbers are not negative, but got " + sequence);
            }
            if (sequence > 0) {
                kept.put(replica, sequence);
            }
        });
        return kept.isEmpty() ? EMPTY : new VersionVector(kept);
    }

    /** Returns the highest sequence number of this replica that the vector covers; 0 if it covers none. */
    public long get(ReplicaId replica) {
        return heads.getOrDefault(replica, 0L);
    }

    /** Whether the vector covers the change named by the dot. */
    public boolean covers(Dot dot) {
        return dot.sequence() <= get(dot.replica());
    }

    /** Whether this vector covers everything that the other covers. */
    public boolean covers(VersionVector other) {
        return other.heads.entrySet().stream().allMatch(head -> head.getValue() <= get(head.getKey()));
    }

    /** Returns the vector that covers exactly the changes that this vector or the other one covers. */
    public VersionVector merge(VersionVector other) {
        if (covers(other)) {
            return this;
        }
        SortedMap<ReplicaId, Long> merged = new TreeMap<>(heads);
        other.heads.forEach((replica, sequence) -> merged.merge(replica, sequence, Math::max));
        return new VersionVector(merged);
    }

    /** Returns the vector that covers exactly the changes that both this vector and the other one cover. */
    public VersionVector common(VersionVector other) {
        SortedMap<ReplicaId, Long> common = new TreeMap<>();
        heads.forEach((replica, head) -> common.put(replica, Math.min(head, other.get(replica))));
        return of(common);
    }

    /** Returns how many changes the other vector covers and this vector does not; at most {@link Integer#MAX_VALUE}. */
    public int countMissing(VersionVector other) {
        long count = 0;
        for (Map.Entry<ReplicaId, Long> head : other.heads.entrySet()) {
            count += Math.max(0, head.getValue() - get(head.getKey()));
        }
        return Math.clamp(count, 0, Integer.MAX_VALUE);
    }

    /**
     * Returns this vector with this head for the replica, which may be higher or lower than before. 0 removes the
     * replica.
     */
    public VersionVector with(ReplicaId replica, long sequence) {
        SortedMap<ReplicaId, Long> changed = new TreeMap<>(heads);
        changed.put(replica, sequence);
        return of(changed);
    }

    /** Returns the heads that are above 0 by replica, as an unmodifiable map. */
    public SortedMap<ReplicaId, Long> heads() {
        return java.util.Collections.unmodifiableSortedMap(heads);
    }

    /** Whether the vector covers no change. */
    public boolean isEmpty() {
        return heads.isEmpty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VersionVector vector && vector.heads.equals(heads);
    }

    @Override
    public int hashCode() {
        return heads.hashCode();
    }

    /** Returns a text for logs, such as {@code {0123456789abcdef:12, …}}. */
    @Override
    public String toString() {
        return heads.entrySet().stream()
                .map(head -> head.getKey() + ":" + head.getValue())
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
