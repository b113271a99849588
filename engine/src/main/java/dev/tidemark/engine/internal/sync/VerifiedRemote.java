package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.internal.store.SqliteDatabase;
import dev.tidemark.engine.storage.RemoteStorage.StoredObject;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The segments and snapshots of a listing that this device may rely on.
 *
 * @param own the result of checking the files under this replica's id
 * @param segments the segments that are not damaged
 * @param damagedSnapshots damaged snapshots whose manifests this device has read
 * @param late the segments of retired replicas that are after their ends
 * @param ends for each retired replica, the last change that counts in this sync
 * @param fetcher reads segments. Its requests count as maintenance.
 */
record VerifiedRemote(
        ForkDetection own,
        List<StoredObject> segments,
        RemoteSnapshots snapshots,
        List<RemoteSnapshots.Listed> damagedSnapshots,
        LateSegments.Found late,
        Map<ReplicaId, Long> ends,
        SegmentFetcher fetcher) {

    /**
     * Checks the files of the listing. If this replica detects a fork or its own retirement, it switches to a new id.
     */
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
        long exported = database.exportedUpTo();
        own.inspectSnapshots(snapshots, exported);
        own.inspectRecords(library.devices(context.remoteState().devices().values()), exported);
        if (own.hasFork() || context.remoteState().retired().containsKey(database.replica())) {
            database.rotateReplicaId(own.agreed(), own.reach());
            own = forkDetection(context, library);
            segments = own.verifiedSegments(listing, unusable);
        }
        LateSegments.Found late = new LateSegments(
                        context.remoteState(), fetcher, database.changelog().vector(), context.now())
                .find(database.replica(), segments);
        Map<ReplicaId, Long> ends = new Retirements(context).endsWith(late);
        snapshots.endAt(ends);
        snapshots.check(context.reported());
        List<RemoteSnapshots.Listed> damaged = snapshots.damaged();
        return new VerifiedRemote(own, segments, snapshots, damaged, late, ends, fetcher);
    }

    private static ForkDetection forkDetection(SyncContext context, AgreedLibrary library) {
        return new ForkDetection(
                context.database().replica(),
                context.database().changelog(),
                context.database().chains()::at,
                context.remoteState(),
                context.fetcher(context.storage(), library));
    }
}
