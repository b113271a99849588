package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.segment.SegmentEncoder;
import dev.tidemark.engine.internal.segment.SegmentName;
import dev.tidemark.engine.internal.store.SqliteDatabase;
import dev.tidemark.engine.internal.sync.RemoteNames.SnapshotName;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.sync.SyncOptions;
import java.util.Set;

/**
 * Repairs, compacts and cleans up the storage. Runs after the exchange of changes, so that a failure here does not
 * delay changes. The requests are counted separately.
 */
final class RemoteMaintenance {
    private final SyncContext context;
    private final SqliteDatabase database;
    private final RemoteStorage storage;
    private final RemoteStateStore remoteState;
    private final FileErrorRegistry fileErrors;
    private final AgreedLibrary library;
    private final RemoteListing listing;
    private final VerifiedRemote verified;
    private final RemoteSnapshots snapshots;
    private final SegmentChangelog remote;

    /**
     * @param remote the changelog in the storage, after the exchange
     */
    RemoteMaintenance(SyncContext context, AgreedLibrary library, VerifiedRemote verified, SegmentChangelog remote) {
        this.context = context;
        this.database = context.database();
        this.storage = context.maintenance();
        this.remoteState = context.remoteState();
        this.fileErrors = context.fileErrors();
        this.library = library;
        this.listing = library.listing();
        this.verified = verified;
        this.snapshots = verified.snapshots();
        this.remote = remote;
    }

    /** @param isComplete whether this device has applied every change in the storage */
    void run(SyncOptions options, boolean isComplete, RemoteBlobMaintenance blobs) {
        removeDamagedSegments();
        new BootstrapFiles(context).verifyAndRepair(library);
        new Retirements(context).upload(listing, library.id(), context.now());
        snapshots.verify(context.now());
        new DeviceRecordWriter(context).upload(library);
        SnapshotMaintenance snapshotMaintenance = context.snapshotMaintenance(snapshots);
        if (isComplete && options.pushes().getAsBoolean()) {
            createSnapshot(snapshotMaintenance, options);
        }
        snapshotMaintenance.removeOld();
        OtherDevices others = new OtherDevices(context);
        others.repair(listing, context.reported());
        boolean areAllRead = !others.hasUnreadDevice(listing);
        compactSegments(areAllRead);
        snapshotMaintenance.removeDamaged(verified.damagedSnapshots(), remote.held());
        snapshotMaintenance.removeTruncatedManifests(listing.snapshots().keySet());
        snapshotMaintenance.removeAbandoned(remoteState, listing.snapshots().keySet());
        snapshotMaintenance.removeOwnFromFuture(listing.snapshots().keySet());
        Set<SnapshotName> givenUp = snapshotMaintenance.abandonUnusable(remoteState, listing.snapshots());
        blobs.maintain(isComplete
                && !remote.hasDamageBehindGaps()
                && areAllRead
                && snapshots.areWithin(database.changelog().vector(), givenUp)
                && isStorageReadable());
    }

    /**
     * Removes the damaged segments of this device. The push has uploaded their changes again, perhaps under other
     * names.
     */
    private void removeDamagedSegments() {
        for (SegmentName name : verified.own().damaged()) {
            if (!remote.holds(name)) {
                storage.delete(name.toString());
            }
        }
    }

    private void createSnapshot(SnapshotMaintenance snapshotMaintenance, SyncOptions options) {
        SnapshotUploader uploader = context.uploader(storage, snapshots, library);
        if (!remoteState.isRestamped()) {
            snapshotMaintenance.createIfDue(
                    remote,
                    remoteState,
                    library.devices(remoteState.devices().values()),
                    uploader,
                    options.cancelled());
        } else if (snapshotMaintenance.create(uploader, options.cancelled())) {
            remoteState.markRestampedCovered();
        }
    }

    /**
     * @param mayTruncate whether this device knows the acknowledgements of all devices (docs/correctness.md#r3)
     */
    private void compactSegments(boolean mayTruncate) {
        SegmentEncoder encoder = new SegmentEncoder(library.id(), library.epoch());
        Set<ReplicaId> retired = remoteState.retired().keySet();
        ReplicaId self = database.replica();
        boolean isResponsible = SnapshotMaintenance.isResponsible(
                self, library.devices(remoteState.devices().values()), context.now());
        new SegmentErasure(storage, remoteState, encoder, verified.fetcher(), context.now())
                .run(self, isResponsible ? retired : Set.of(), remote);
        SegmentCompaction compaction = new SegmentCompaction(
                storage, remoteState, encoder, verified.fetcher(), fileErrors.verified(), context.now());
        VersionVector acknowledged = mayTruncate ? database.maintenance().safeWatermark() : VersionVector.EMPTY;
        VersionVector covered =
                acknowledged.isEmpty() ? acknowledged : acknowledged.common(snapshots.verified(context.now()));
        compaction.run(self, retired, remote, covered);
    }

    /** Returns whether this device can read every file that may refer to a blob. */
    private boolean isStorageReadable() {
        return !context.gate().isMissingKeys()
                && context.gate().closed().isEmpty()
                && !fileErrors.hasForeignSegments()
                && !fileErrors.hasUnread()
                && listing.plainLibraries().isEmpty()
                && listing.libraries().stream().allMatch(name -> library.includes(name.library()));
    }
}
