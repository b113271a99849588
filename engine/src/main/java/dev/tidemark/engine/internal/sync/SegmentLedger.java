package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.internal.segment.SegmentName;
import java.util.List;

/** Records the segments that a replica wrote, so that it can distinguish them from those of a clone. */
interface SegmentLedger {
    /**
     * A segment about to be uploaded.
     *
     * @param name the segment's name
     * @param size the segment's length in bytes
     */
    record Planned(SegmentName name, long size) {}

    /**
     * Stores segments durably. This also fsyncs everything committed before, so that every uploaded change is durable.
     */
    void plan(List<Planned> segments);

    /** Records that segments were uploaded. */
    void stored(List<SegmentName> segments);
}
