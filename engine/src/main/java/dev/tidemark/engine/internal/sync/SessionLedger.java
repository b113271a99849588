package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.internal.segment.SegmentName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps hashes in memory only: for copies between storages, in which no replica uploads its own changes. */
final class SessionLedger implements SegmentLedger {
    private final Map<ReplicaId, String> lastHashes = new HashMap<>();

    @Override
    public @Nullable String lastHash(ReplicaId replica) {
        return lastHashes.get(replica);
    }

    @Override
    public void plan(List<Planned> segments) {
        segments.forEach(segment ->
                lastHashes.put(segment.name().replica(), segment.name().hash()));
    }

    @Override
    public void stored(List<SegmentName> segments) {
        // No method of this class reads it.
    }
}
