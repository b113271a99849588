package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.changelog.ChainHash;
import dev.tidemark.engine.changelog.ReplicaId;
import org.jspecify.annotations.Nullable;

/** Returns the chain hashes of the changes that a reader or writer of segments has. */
@FunctionalInterface
interface ChainSource {
    /** Returns the chain hash at a change; null if it is not known. */
    @Nullable
    ChainHash at(ReplicaId replica, long sequence);
}
