package dev.tidemark.engine.internal.segment;

import dev.tidemark.engine.changelog.ChainHash;
import dev.tidemark.engine.changelog.ReplicaId;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Chain hashes for tests of segments. */
public final class SegmentFixture {
    /** A chain hash of no changes, for names of files that are not read to their end. */
    public static final ChainHash CHAIN = new ChainHash(0x0011223344556677L, 0x8899aabbccddeeffL);

    /** Chain hashes for a manifest that nobody compares. */
    public static Map<ReplicaId, ChainHash> chains(Set<ReplicaId> replicas) {
        return replicas.stream().collect(Collectors.toMap(replica -> replica, replica -> CHAIN));
    }

    private SegmentFixture() {}
}
