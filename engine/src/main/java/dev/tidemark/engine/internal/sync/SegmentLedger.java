package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.internal.segment.SegmentName;
import java.util.List;

/** Remembers the segments that a replica wrote, so that it can tell them from a clone's. */
interface SegmentLedger {
    /**
     * A segment about to be uploaded.
     *
     * @param name its name
     * @param size its length in bytes
     */
    record Planned(SegmentName name, long size) {}

    /** Stores segments durably, with everything committed before, so that uploaded changes have been fsynced. */
    void plan(List<Planned> segments);

    /** Records that segments were uploaded. */
    void stored(List<SegmentName> segments);
}
