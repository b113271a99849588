package dev.tidemark.engine.changelog;

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
public record Acknowledgement(ReplicaId replica, VersionVector applied, long allocated) {
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
