package dev.tidemark.engine.internal.log;

import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.CausalContext;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Changelog;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Refuses batches that would leave a gap in the changelog. A gap is a missing predecessor of a change, or a missing
 * change of its causal context.
 */
public final class GapCheck {
    private GapCheck() {}

    /**
     * Returns the changes of a batch that a changelog lacks.
     *
     * @param heads the changelog's last sequence number of each replica; this method advances them past the batch
     * @throws Changelog.GapException if the changelog lacks a change on which a change of the batch builds
     */
    public static List<Change> newChanges(Batch batch, Map<ReplicaId, Long> heads) {
        List<Change> unseen = new ArrayList<>();
        CausalContext checked = CausalContext.EMPTY;
        @Nullable ReplicaId checkedFor = null;
        for (Change change : batch.changes()) {
            Dot dot = change.dot();
            long head = heads.getOrDefault(dot.replica(), 0L);
            if (dot.sequence() <= head) {
                continue;
            }
            if (dot.sequence() != head + 1) {
                throw new Changelog.GapException(Problem.CHANGELOG_GAP, dot, head);
            }
            if (!change.context().equals(checked) || !dot.replica().equals(checkedFor)) {
                requireDependencies(change, heads);
                checked = change.context();
                checkedFor = dot.replica();
            }
            heads.put(dot.replica(), dot.sequence());
            unseen.add(change);
        }
        return unseen;
    }

    private static void requireDependencies(Change change, Map<ReplicaId, Long> heads) {
        change.context().vector().heads().forEach((replica, sequence) -> {
            if (!replica.equals(change.dot().replica()) && heads.getOrDefault(replica, 0L) < sequence) {
                throw new Changelog.GapException(
                        Problem.CHANGELOG_BUILDS_ON_MISSING, change.dot(), new Dot(replica, sequence));
            }
        });
    }
}
