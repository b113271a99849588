package dev.tidemark.engine.changelog;

import dev.tidemark.engine.Problem;
import dev.tidemark.engine.TidemarkException;
import org.jspecify.annotations.Nullable;

/**
 * A compaction was refused, and nothing was removed: an active replica may still need what it would remove. Compact less,
 * wait for that replica to sync, or retire it.
 */
public final class NotAcknowledgedException extends TidemarkException {
    private static final long serialVersionUID = 1L;

    private final long replica;

    /**
     * @param replica who has not acknowledged
     * @param problem what happened
     * @param arguments what fills its places, in order
     */
    public NotAcknowledgedException(ReplicaId replica, Problem problem, @Nullable Object... arguments) {
        super(problem, arguments);
        this.replica = replica.value();
    }

    /** Who has not acknowledged. */
    public ReplicaId replica() {
        return new ReplicaId(replica);
    }
}
