package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.internal.segment.SegmentName;
import dev.tidemark.engine.internal.store.SqliteDatabase;
import dev.tidemark.engine.storage.RemoteStorage.StoredObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The segments and snapshots of a listing that this device may rely on.
 *
 * @param own the check of the files under the own id
 * @param segments without those that are damaged
 * @param damagedSnapshots those whose manifests this device has read
 * @param fetcher reads segments; its requests count as maintenance
 */
record VerifiedRemote(
        ForkDetection own,
        List<StoredObject> segments,
        RemoteSnapshots snapshots,
        List<RemoteSnapshots.Listed> damagedSnapshots,
        SegmentFetcher fetcher) {

    /** Checks the files of the listing. A replica that detects a fork, or its own retirement, switches to a new id. */
    static VerifiedRemote of(SyncContext context, AgreedLibrary library) {
        SqliteDatabase database = context.database();
        RemoteListing listing = library.listing();
        SegmentFetcher fetcher = context.fetcher(context.maintenance(), library);
        Set<String> unusable = new RemoteRepair(database, context.remoteState(), fetcher, context.now())
                .unusable(listing, database.replica());
        ForkDetection own = forkDetection(context, library);
        List<StoredObject> segments = own.verifiedSegments(listing, unusable);
        RemoteSnapshots snapshots = context.snapshots(library);
        snapshots.read(listing.snapshots());
        own.inspectSnapshots(snapshots, database.exportedUpTo());
        if (own.hasFork() || context.remoteState().retired().containsKey(database.replica())) {
            database.rotateReplicaId(own.agreed(), own.reach());
            own = forkDetection(context, library);
            segments = own.verifiedSegments(listing, unusable);
        }
        snapshots.check(context.reported());
        List<RemoteSnapshots.Listed> damaged = snapshots.damaged();
        raiseFormerIdEnds(context.remoteState(), segments, fetcher);
        return new VerifiedRemote(own, segments, snapshots, damaged, fetcher);
    }

    private static ForkDetection forkDetection(SyncContext context, AgreedLibrary library) {
        return new ForkDetection(
                context.database().replica(),
                context.database().changelog(),
                context.remoteState(),
                context.fetcher(context.storage(), library));
    }

    /**
     * Raises the last number of former ids to that of the last readable segment: the listing may have lagged when this
     * replica left the id. Unreadable segments do not count; otherwise every replica waits for changes that no longer exist.
     */
    private static void raiseFormerIdEnds(
            RemoteStateStore remoteState, List<StoredObject> segments, SegmentFetcher fetcher) {
        Map<ReplicaId, Long> former = remoteState.formerIds();
        if (former.isEmpty()) {
            return;
        }
        Map<ReplicaId, Long> ends = new HashMap<>();
        for (StoredObject segment : segments) {
            SegmentName name = SegmentName.parse(segment.name()).orElseThrow();
            boolean isBeyond = former.getOrDefault(name.replica(), Long.MAX_VALUE) < name.last();
            if (isBeyond && fetcher.verify(new SegmentIndex.Entry(name, segment.size()))) {
                ends.merge(name.replica(), name.last(), Math::max);
            }
        }
        ends.forEach(remoteState::retire);
    }
}
