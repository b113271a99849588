package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.blob.BlobId;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.internal.blob.BlobNotes.Kind;
import dev.tidemark.engine.internal.blob.BlobNotes.Note;
import dev.tidemark.engine.internal.blob.UnusedBlobs;
import dev.tidemark.engine.internal.store.SqliteDatabase;
import dev.tidemark.engine.sync.SyncOptions;
import dev.tidemark.engine.sync.SyncProgress;
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
 * Sees that a storage has the blobs that are referred to, as far as this device can, and no others: before changes are
 * published, and now and then. See {@code docs/decisions/0030-attachments.md}.
 */
final class BlobUpkeep {
    /** So often it is looked whether what is referred to is there. */
    static final Duration LOOK = Duration.ofDays(1);

    /** So long nobody puts the same one again for being damaged: whoever wants it may not have tried since. */
    private static final Duration MENDED = Duration.ofDays(3);

    private final SqliteDatabase database;
    private final RemoteBlobs blobs;
    private final RemoteMemory memory;
    private final SyncOptions options;
    private final Instant now;

    /** Thrown through a storage, out of an upload that is to end. */
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stopped() {
            super("A person has ended the sync", null, false, false);
        }
    }

    BlobUpkeep(SqliteDatabase database, RemoteBlobs blobs, RemoteMemory memory, SyncOptions options, Instant now) {
        this.database = database;
        this.blobs = blobs;
        this.memory = memory;
        this.options = options;
        this.now = now;
    }

    /** Puts what these changes refer to; returns whether they may be published, which they may not if the sync is to end. */
    boolean publish(Collection<Change> changes) {
        return put(database.references().in(changes));
    }

    /** As {@link #publish}, for all that is referred to. */
    boolean publishAll() {
        return put(database.referredBlobs());
    }

    /** What is not on this device is put by another one; this one's changes go on. */
    private boolean put(Collection<BlobId> ids) {
        try {
            List<BlobId> lacking =
                    new TreeSet<>(ids).stream().filter(blobs::isLacking).toList();
            Transfer transfer = new Transfer(lacking);
            for (BlobId id : lacking) {
                transfer.put(id);
            }
            return true;
        } catch (Stopped e) {
            return false;
        }
    }

    /** Files that are put one after another. */
    private final class Transfer {
        /** Whoever watches sees no more steps. */
        private static final int STEPS = 200;

        private final long total;
        private long before;
        private long told;

        Transfer(Collection<BlobId> ids) {
            total = ids.stream().mapToLong(database.blobs()::size).sum();
        }

        void put(BlobId id) {
            long size = database.blobs().size(id);
            blobs.put(id, bytes -> arrived(before + Math.min(bytes, size)));
            before += size;
            arrived(before);
        }

        private void arrived(long bytes) {
            if (options.cancelled().getAsBoolean()) {
                throw new Stopped();
            }
            if (bytes == total || bytes - told > total / STEPS) {
                told = bytes;
                options.progress().accept(new SyncProgress(SyncProgress.Phase.FILES, bytes, total));
            }
        }
    }

    /**
     * Puts again what others miss; once a day, and in another epoch than before, looks at everything.
     *
     * @param mayRemove whether it is known here all that other devices may need
     */
    void keep(boolean mayRemove) {
        if (database.references().isEmpty() || !mend()) {
            return;
        }
        RemoteMemory.State state = memory.state();
        if (state == null || !isDue(state)) {
            return;
        }
        // Before the vector: see UnusedBlobs.
        Set<BlobId> referred = database.referredBlobs();
        boolean concernsUs = !referred.isEmpty()
                || !blobs.notes().all(Kind.UNUSED).isEmpty()
                || database.blobs().kept().count() > 0;
        if (concernsUs) {
            if (!put(referred)) {
                return;
            }
            if (mayRemove && !database.hasUnknownCells()) {
                removeUnused(referred);
            }
            database.removeUnusedBlobs();
        }
        memory.lookedAtBlobs(epoch(state), now);
    }

    private boolean isDue(RemoteMemory.State state) {
        Instant looked = memory.blobsLookedAt(epoch(state));
        return looked == null || !now.isBefore(looked.plus(LOOK)) || now.isBefore(looked);
    }

    private static String epoch(RemoteMemory.State state) {
        return RemoteNames.hex(state.library()) + "-" + state.epoch();
    }

    private boolean mend() {
        Set<BlobId> wanted = blobs.wantedByOthers(memory);
        if (wanted.isEmpty()) {
            return true;
        }
        Map<BlobId, Note> mended = blobs.notes().all(Kind.MENDED);
        List<BlobId> due = wanted.stream().filter(id -> isDue(mended.get(id))).toList();
        Transfer transfer = new Transfer(due);
        Map<BlobId, Note> done = new HashMap<>();
        List<BlobId> over = new ArrayList<>(mended.keySet());
        over.removeAll(wanted);
        try {
            for (BlobId id : due) {
                transfer.put(id);
                done.put(id, new Note(now, ""));
            }
            return true;
        } catch (Stopped e) {
            return false;
        } finally {
            blobs.notes().change(Kind.MENDED, done, over);
        }
    }

    private boolean isDue(@Nullable Note mended) {
        return mended == null || !now.isBefore(mended.at().plus(MENDED)) || now.isBefore(mended.at());
    }

    private void removeUnused(Set<BlobId> referred) {
        List<BlobId> removable = new UnusedBlobs(blobs.notes(), now)
                .removable(
                        blobs.there().keySet(),
                        referred,
                        database.changelog().vector(),
                        database.maintenance().safeWatermark());
        blobs.remove(removable);
    }
}
