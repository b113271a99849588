package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.internal.segment.SegmentName;
import java.util.List;

/** Stores nothing. It serves copies between storages, in which no replica uploads its own changes. */
final class SessionLedger implements SegmentLedger {
    @Override
    public void plan(List<Planned> segments) {
        // No later sync of this copy reads the ledger.
    }

    @Override
    public void stored(List<SegmentName> segments) {
        // No later sync of this copy reads the ledger.
    }
}
