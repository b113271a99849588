package dev.tidemark.engine.changelog;

import java.util.Set;
import java.util.TreeSet;

/**
 * The changes that the writer of a change had applied <em>and could see</em>: everything within the vector, except the
 * changes in {@code unseen}. These are changes of hidden rows, and of columns that the writer's version of the program
 * did not know. The vector leaves out the writer itself, which has always seen its own earlier changes. Immutable.
 *
 * @param vector the changes that the writer had applied, without its own
 * @param unseen changes within the vector whose cells were not shown to the writer; usually empty
 */
public record CausalContext(VersionVector vector, Set<Dot> unseen) {
    /** The context of a writer that knew only its own changes. */
    public static final CausalContext EMPTY = new CausalContext(VersionVector.EMPTY, Set.of());

    /** Copies the set in sorted order. */
    public CausalContext {
        unseen = unseen.isEmpty() ? Set.of() : java.util.Collections.unmodifiableSet(new TreeSet<>(unseen));
    }

    /** Whether a change of {@code writer} with this context had seen the change named by the dot. */
    public boolean covers(ReplicaId writer, long writerSequence, Dot dot) {
        if (dot.replica().equals(writer)) {
            return dot.sequence() < writerSequence && !unseen.contains(dot);
        }
        return vector.covers(dot) && !unseen.contains(dot);
    }
}
