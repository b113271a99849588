package dev.tidemark.engine.sync;

import dev.tidemark.engine.Problem;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.internal.segment.SegmentName;
import java.util.Optional;

/**
 * A file of the remote that could not be used. It is left where it is and tried again by later syncs. Immutable.
 *
 * @param name the object's name in the storage
 * @param reason what is wrong with it: a sentence without places
 */
public record QuarantinedFile(String name, Problem reason) {
    /** The device whose changes it should hold; empty if it holds something else. */
    public Optional<ReplicaId> device() {
        return SegmentName.parse(name).map(SegmentName::replica);
    }
}
