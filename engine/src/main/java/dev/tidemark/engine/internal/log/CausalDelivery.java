package dev.tidemark.engine.internal.log;

import dev.tidemark.engine.changelog.CausalContext;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import java.util.HashMap;
import java.util.Map;

/**
 * Tracks which changes have been delivered, and decides which may be delivered next. A change is deliverable once all
 * changes in its causal context are delivered. Timestamps cannot decide this, because the timestamp of a migration's
 * write is below those of all changes that it has seen. Not thread-safe.
 */
public final class CausalDelivery {
    private final Map<ReplicaId, Long> delivered;
    private final Map<ReplicaId, CausalContext> settled = new HashMap<>();

    public CausalDelivery(VersionVector after) {
        this.delivered = new HashMap<>(after.heads());
    }

    /** Returns the sequence number of the replica's last delivered change; 0 if there is none. */
    public long delivered(ReplicaId replica) {
        return delivered.getOrDefault(replica, 0L);
    }

    public int replicas() {
        return delivered.size();
    }

    public void deliver(Dot dot) {
        delivered.put(dot.replica(), dot.sequence());
    }

    /**
     * Returns the undelivered part of the change's causal context: for each other replica, the last sequence number
     * needed.
     */
    public Map<ReplicaId, Long> missingDependencies(Change change) {
        Map<ReplicaId, Long> missing = new HashMap<>(change.context().vector().heads());
        change.context().unseen().forEach(dot -> missing.merge(dot.replica(), dot.sequence(), Math::max));
        missing.remove(change.dot().replica());
        missing.entrySet().removeIf(head -> head.getValue() <= delivered(head.getKey()));
        return missing;
    }

    /** Returns whether everything of other replicas in the change's causal context has been delivered. */
    @SuppressWarnings("ReferenceEquality") // most changes share the context object of the previous change
    public boolean isDeliverable(Change change) {
        CausalContext context = change.context();
        ReplicaId writer = change.dot().replica();
        if (context == CausalContext.EMPTY || context == settled.get(writer)) {
            return true;
        }
        for (Map.Entry<ReplicaId, Long> head : context.vector().heads().entrySet()) {
            if (!head.getKey().equals(writer) && head.getValue() > delivered(head.getKey())) {
                return false;
            }
        }
        for (Dot unseen : context.unseen()) {
            if (!unseen.replica().equals(writer) && unseen.sequence() > delivered(unseen.replica())) {
                return false;
            }
        }
        settled.put(writer, context);
        return true;
    }
}
