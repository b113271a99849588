package dev.tidemark.engine.internal.log;

import dev.tidemark.engine.changelog.CausalContext;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import java.util.HashMap;
import java.util.Map;

/**
 * How far each replica's changes have been delivered, and which may come next: those whose writers had seen nothing that is
 * still to come. Stamps alone do not tell, because what a migration writes has a stamp below everything that it had seen.
 * Not thread-safe.
 */
public final class CausalDelivery {
    private final Map<ReplicaId, Long> delivered;
    private final Map<ReplicaId, CausalContext> settled = new HashMap<>();

    /** @param after what has been delivered already */
    public CausalDelivery(VersionVector after) {
        this.delivered = new HashMap<>(after.heads());
    }

    /** The sequence number of the replica's last change that was delivered; 0 if none was. */
    public long delivered(ReplicaId replica) {
        return delivered.getOrDefault(replica, 0L);
    }

    /** Of how many replicas changes were delivered. */
    public int replicas() {
        return delivered.size();
    }

    /** The change has been delivered. */
    public void deliver(Dot dot) {
        delivered.put(dot.replica(), dot.sequence());
    }

    /** What its writer had applied of others and has not been delivered: of each, the last. */
    public Map<ReplicaId, Long> missingDependencies(Change change) {
        Map<ReplicaId, Long> missing = new HashMap<>(change.context().vector().heads());
        change.context().unseen().forEach(dot -> missing.merge(dot.replica(), dot.sequence(), Math::max));
        missing.remove(change.dot().replica());
        missing.entrySet().removeIf(head -> head.getValue() <= delivered(head.getKey()));
        return missing;
    }

    /** Whether everything of others that its writer had applied has been delivered. */
    @SuppressWarnings("ReferenceEquality") // most changes share the very context of the one before
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
