package dev.tidemark.engine.changelog;

/**
 * The permanent identity of a change: the replica that made it, and its sequence number among that replica's changes.
 *
 * <p>The term is that of dotted version vectors (Preguiça et al., 2010). Immutable.
 *
 * @param replica the replica that made the change
 * @param sequence the change's number, which counts the replica's changes from 1 without gaps
 */
public record Dot(ReplicaId replica, long sequence) implements Comparable<Dot> {
    /** @throws IllegalArgumentException if the sequence number is below 1 */
    public Dot {
        if (sequence < 1) {
            throw new IllegalArgumentException("Sequence numbers start at 1, but got " + sequence);
        }
    }

    @Override
    public int compareTo(Dot other) {
        int byReplica = replica.compareTo(other.replica);
        return byReplica != 0 ? byReplica : Long.compare(sequence, other.sequence);
    }

    @Override
    public String toString() {
        return replica + ":" + sequence;
    }
}
