package dev.tidemark.engine.changelog;

import java.util.Map;

/**
 * What appending a batch did. Immutable.
 *
 * @param changes how many changes were new
 * @param conflicts how many conflicts these changes opened, counted when they arrived
 * @param aheadOfClock replicas whose stamps lie further ahead of this machine's clock than the tolerance, with the
 *     milliseconds since 1970 that they claim
 */
public record AppendResult(int changes, int conflicts, Map<ReplicaId, Long> aheadOfClock) {
    /** Nothing was new. */
    public static final AppendResult NOTHING = new AppendResult(0, 0, Map.of());

    /** Copies the map. */
    public AppendResult {
        aheadOfClock = Map.copyOf(aheadOfClock);
    }
}
