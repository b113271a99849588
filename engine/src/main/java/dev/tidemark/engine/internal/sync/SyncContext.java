package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.internal.store.SqliteDatabase;
import dev.tidemark.engine.storage.CountingStorage;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.sync.SyncOptions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;

/**
 * The database and the storage of one sync, and the objects that all of its steps share.
 *
 * @param storage the storage, which counts all requests of the session
 * @param maintenance the same storage, which counts only the requests of maintenance
 * @param program the program and its version, for the device record
 */
record SyncContext(
        SqliteDatabase database,
        CountingStorage storage,
        CountingStorage maintenance,
        EncryptionGate gate,
        String program,
        InstantSource clock,
        FileErrorRegistry fileErrors,
        RemoteStateStore remoteState,
        Transfers transfers) {
    Instant now() {
        return clock.instant();
    }

    /** Returns the files that other devices reported as unusable in their last records. */
    Set<String> reported() {
        return RemoteRepair.reported(remoteState);
    }

    /** Returns a reader for small files, whose requests count as maintenance. */
    RemoteFiles files() {
        return new RemoteFiles(maintenance, transfers, fileErrors);
    }

    SegmentFetcher fetcher(RemoteStorage through, AgreedLibrary library) {
        return new SegmentFetcher(
                through,
                transfers,
                header -> library.originOf(header.library(), header.epoch()),
                fileErrors,
                database.maxAcceptedTime());
    }

    RemoteBlobMaintenance blobs(SyncOptions options) {
        return new RemoteBlobMaintenance(
                database, new RemoteBlobs(database, maintenance, clock), remoteState, options, now());
    }

    RemoteSnapshots snapshots(AgreedLibrary library) {
        return new RemoteSnapshots(
                maintenance,
                transfers,
                remoteState.objects(),
                fileErrors,
                owner -> library.originOf(owner.library(), owner.epoch()),
                database::verify,
                database.maxAcceptedTime());
    }

    SnapshotMaintenance snapshotMaintenance(RemoteSnapshots snapshots) {
        return new SnapshotMaintenance(database, maintenance, snapshots, now());
    }

    SnapshotUploader uploader(RemoteStorage through, RemoteSnapshots snapshots, AgreedLibrary library) {
        return new SnapshotUploader(
                through, transfers, snapshots, library.id(), library.epoch(), database.replica(), clock);
    }
}
