package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.blob.BlobId;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.internal.blob.BlobMetadata.Kind;
import dev.tidemark.engine.internal.blob.BlobMetadata.Note;
import dev.tidemark.engine.internal.blob.UnusedBlobs;
import dev.tidemark.engine.internal.store.SqliteDatabase;
import dev.tidemark.engine.sync.SyncOptions;
import dev.tidemark.engine.sync.SyncStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Uploads referenced blobs that this device has and the storage lacks. Removes unreferenced blobs. Runs before changes
 * are pushed and once a day. See {@code docs/decisions/0030-attachments-are-content-addressed-blobs.md}.
 */
final class RemoteBlobMaintenance {
    /** The interval at which all referenced blobs are checked. */
    static final Duration CHECK_INTERVAL = Duration.ofDays(1);

    /**
     * The shortest time between two uploads of a requested blob. The device that requests it may not have tried to
     * download it since.
     */
    private static final Duration REPAIR_INTERVAL = Duration.ofDays(3);

    private final SqliteDatabase database;
    private final RemoteBlobs blobs;
    private final RemoteStateStore remoteState;
    private final SyncOptions options;
    private final Instant now;

    /** Thrown by the progress callback to end an upload when the sync is cancelled. */
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stopped() {
            super("A person has ended the sync", null, false, false);
        }
    }

    RemoteBlobMaintenance(
            SqliteDatabase database,
            RemoteBlobs blobs,
            RemoteStateStore remoteState,
            SyncOptions options,
            Instant now) {
        this.database = database;
        this.blobs = blobs;
        this.remoteState = remoteState;
        this.options = options;
        this.now = now;
    }

    /**
     * Uploads the blobs of these changes. Returns false if the sync is cancelled. The caller must not push the changes
     * then.
     */
    boolean uploadReferenced(Collection<Change> changes) {
        return uploadMissing(database.references().in(changes));
    }

    /** Uploads all referenced blobs as {@link #uploadReferenced} does. */
    boolean uploadAllReferenced() {
        return uploadMissing(database.referredBlobs());
    }

    /** Uploads those blobs that the storage lacks and this device has. Returns false if the sync is cancelled. */
    private boolean uploadMissing(Collection<BlobId> ids) {
        try {
            List<BlobId> missing =
                    new TreeSet<>(ids).stream().filter(blobs::isMissing).toList();
            Transfer transfer = new Transfer(missing);
            for (BlobId id : missing) {
                transfer.upload(id);
            }
            return true;
        } catch (Stopped e) {
            return false;
        }
    }

    /** Uploads blobs one after another, and reports progress. */
    private final class Transfer {
        /** The approximate maximal number of progress reports. */
        private static final int STEPS = 200;

        private final long total;
        private long before;
        private long told;

        Transfer(Collection<BlobId> ids) {
            total = ids.stream().mapToLong(database.blobs()::size).sum();
        }

        void upload(BlobId id) {
            long size = database.blobs().size(id);
            blobs.upload(id, bytes -> arrived(before + Math.min(bytes, size)));
            before += size;
            arrived(before);
        }

        private void arrived(long bytes) {
            if (options.cancelled().getAsBoolean()) {
                throw new Stopped();
            }
            if (bytes == total || bytes - told > total / STEPS) {
                told = bytes;
                options.progress().accept(new SyncStatus.Progress(SyncStatus.Progress.Phase.FILES, bytes, total));
            }
        }
    }

    /**
     * Uploads the blobs again that other devices request. Once a day, and at the start of an epoch, it also uploads
     * missing blobs and removes unreferenced ones.
     *
     * @param mayRemove whether this device knows every reference that other devices may have to a blob
     */
    void maintain(boolean mayRemove) {
        if (database.references().isEmpty() || !repair()) {
            return;
        }
        RemoteStateStore.State state = remoteState.state();
        if (state == null || !isDue(state)) {
            return;
        }
        // References are read before the vector, as UnusedBlobs requires.
        Set<BlobId> referred = database.referredBlobs();
        boolean concernsUs = !referred.isEmpty()
                || !blobs.notes().all(Kind.UNUSED).isEmpty()
                || database.blobs().localUsage().count() > 0;
        if (concernsUs) {
            if (!uploadMissing(referred)) {
                return;
            }
            if (mayRemove && !database.hasUnknownCells()) {
                removeUnused(referred);
            }
            database.removeUnusedBlobs();
        }
        remoteState.markBlobsChecked(epoch(state), now);
    }

    private boolean isDue(RemoteStateStore.State state) {
        Instant checkedAt = remoteState.blobsCheckedAt(epoch(state));
        return checkedAt == null || !now.isBefore(checkedAt.plus(CHECK_INTERVAL)) || now.isBefore(checkedAt);
    }

    private static String epoch(RemoteStateStore.State state) {
        return RemoteNames.hex(state.library()) + "-" + state.epoch();
    }

    private boolean repair() {
        Set<BlobId> wanted = blobs.requestedByOthers(remoteState);
        if (wanted.isEmpty()) {
            return true;
        }
        Map<BlobId, Note> repaired = blobs.notes().all(Kind.REPAIRED);
        List<BlobId> due = wanted.stream().filter(id -> isDue(repaired.get(id))).toList();
        Transfer transfer = new Transfer(due);
        Map<BlobId, Note> done = new HashMap<>();
        List<BlobId> over = new ArrayList<>(repaired.keySet());
        over.removeAll(wanted);
        try {
            for (BlobId id : due) {
                transfer.upload(id);
                done.put(id, new Note(now, ""));
            }
            return true;
        } catch (Stopped e) {
            return false;
        } finally {
            blobs.notes().update(Kind.REPAIRED, done, over);
        }
    }

    private boolean isDue(@Nullable Note repaired) {
        return repaired == null || !now.isBefore(repaired.at().plus(REPAIR_INTERVAL)) || now.isBefore(repaired.at());
    }

    private void removeUnused(Set<BlobId> referred) {
        List<BlobId> removable = new UnusedBlobs(blobs.notes(), now)
                .removable(
                        blobs.remoteSizes().keySet(),
                        referred,
                        database.changelog().vector(),
                        database.maintenance().safeWatermark());
        blobs.remove(removable);
    }
}
