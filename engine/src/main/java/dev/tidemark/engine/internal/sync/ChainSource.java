package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.changelog.ChainHash;
import dev.tidemark.engine.changelog.ReplicaId;
import org.jspecify.annotations.Nullable;

/** Tells the chain hashes of the changes that a reader or writer of segments holds. */
@FunctionalInterface
interface ChainSource {
    /** The hash at a change; null if it is not known. */
    @Nullable
    ChainHash at(ReplicaId replica, long sequence);
}
