package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.internal.segment.SegmentName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a replica remembers of the segments that it wrote, so that it can tell its own from a twin's. */
interface SegmentLedger {
    /**
     * A segment about to be put.
     *
     * @param name its name
     * @param size its length in bytes
     */
    record Planned(SegmentName name, long size) {}

    /** The hash of the last segment planned for this replica's log; null if there was none. */
    @Nullable
    String lastHash(ReplicaId replica);

    /** Remembers them durably, with everything committed before, so that what is published has been fsynced. */
    void plan(List<Planned> segments);

    /** Remembers that they were put. */
    void stored(List<SegmentName> segments);
}
