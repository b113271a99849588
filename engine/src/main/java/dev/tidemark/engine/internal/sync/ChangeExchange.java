package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.segment.SegmentEncoder;
import dev.tidemark.engine.internal.segment.SegmentName;
import dev.tidemark.engine.internal.store.SqliteDatabase;
import dev.tidemark.engine.storage.RemoteStorage.StoredObject;
import dev.tidemark.engine.sync.SyncEngine;
import dev.tidemark.engine.sync.SyncOptions;
import dev.tidemark.engine.sync.SyncReport;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Pulls the changes that this device lacks, then pushes those that the storage lacks. */
final class ChangeExchange {
    private final SyncContext context;
    private final SqliteDatabase database;
    private final AgreedLibrary library;
    private final SegmentChangelog remote;
    private final ForkedContents forkedContents;
    private final SegmentEncoder encoder;
    private VersionVector before = VersionVector.EMPTY;

    ChangeExchange(SyncContext context, AgreedLibrary library, VerifiedRemote verified, RemoteBlobMaintenance blobs) {
        this.context = context;
        this.library = library;
        this.encoder = new SegmentEncoder(library.id(), library.epoch());
        this.forkedContents = new ForkedContents(
                context.database(),
                context.remoteState(),
                context.fetcher(context.maintenance(), library),
                context.now());
        this.database = context.database();
        this.remote = SegmentChangelog.of(
                context.storage(),
                context.transfers(),
                encoder,
                context.fetcher(context.storage(), library),
                context.remoteState(),
                database.chains()::at,
                verified.ends(),
                verified.segments(),
                this::segmentsOfOthers,
                context.uploader(context.storage(), verified.snapshots(), library),
                blobs);
    }

    /** Returns the changelog in the storage, as this sync has listed and extended it. */
    SegmentChangelog remote() {
        return remote;
    }

    SyncReport run(SyncOptions options) {
        before = database.changelog().vector();
        if (before.covers(remote.vector())) {
            return sync(options);
        }
        long rows = database.rowCount();
        try {
            SyncReport report = sync(options);
            database.chains().store(remote.delivered());
            return report;
        } finally {
            // This runs after a failure, too, so that the user learns of a mass delete that was already applied.
            database.recordMassDelete(before, rows, context.now().truncatedTo(ChronoUnit.MILLIS));
        }
    }

    private SyncReport sync(SyncOptions options) {
        return SyncEngine.sync(database.changelog(), remote, options.pushingIf(this::mayPush));
    }

    /**
     * Returns whether this device may push. Called once, after the pull. If all remote changes are applied, it also
     * re-inserts rows.
     */
    private boolean mayPush() {
        if (context.fileErrors().hasNewer()) {
            return false;
        }
        if (database.changelog().vector().covers(remote.held())) {
            acknowledge();
            forkedContents.putDifferences(remote, before, encoder, context.maintenance());
            forkedContents.reissue(remote);
            database.reinsertRows(collectedWithoutThisReplica());
        }
        return true;
    }

    /**
     * Returns the greatest clock value of a delete that another device garbage-collected without waiting for this
     * replica; 0 if none. Ignores values too far in the future, because they may be forged.
     */
    private long collectedWithoutThisReplica() {
        long latest = database.maxAcceptedTime();
        return library.devices(context.remoteState().devices().values()).stream()
                .mapToLong(device -> device.knows().get(database.replica()))
                .filter(clock -> clock <= latest)
                .max()
                .orElse(0);
    }

    /**
     * Applies the acknowledgements of all devices. Call it after the pull, because an acknowledgement counts only once
     * the own changes of its device are applied (R3).
     */
    void acknowledge() {
        database.changelog()
                .acknowledge(library.devices(context.remoteState().devices().values()).stream()
                        .map(DeviceRecord::acknowledgement)
                        .toList());
    }

    private List<StoredObject> segmentsOfOthers() {
        String own = SegmentName.FOLDER + database.replica() + "/";
        return context.storage().list(SegmentName.FOLDER, null).stream()
                .filter(object -> !object.name().startsWith(own))
                .toList();
    }
}
