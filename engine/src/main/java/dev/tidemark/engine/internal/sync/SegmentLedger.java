package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.internal.segment.SegmentName;
import java.util.List;

/** Records the segments that a replica wrote, so that it can distinguish them from a clone's. */
interface SegmentLedger {
    /**
     * A segment about to be uploaded.
     *
     * @param name the segment's name
     * @param size the segment's length in bytes
     */
    record Planned(SegmentName name, long size) {}

    /** Stores segments durably, together with everything committed before. Uploaded changes thus have been fsynced. */
    void plan(List<Planned> segments);

    /** Records that segments were uploaded. */
    void stored(List<SegmentName> segments);
}
