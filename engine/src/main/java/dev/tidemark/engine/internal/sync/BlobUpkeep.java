package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.blob.BlobId;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.internal.blob.BlobNotes.Kind;
import dev.tidemark.engine.internal.blob.BlobNotes.Note;
import dev.tidemark.engine.internal.blob.UnusedBlobs;
import dev.tidemark.engine.internal.store.SqliteDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

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
    private final BooleanSupplier cancelled;
    private final Instant now;

    /** Thrown through a storage, out of an upload that is to end. */
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stopped() {
            super("A person has ended the sync", null, false, false);
        }
    }

    BlobUpkeep(
            SqliteDatabase database, RemoteBlobs blobs, RemoteMemory memory, BooleanSupplier cancelled, Instant now) {
        this.database = database;
        this.blobs = blobs;
        this.memory = memory;
        this.cancelled = cancelled;
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
            for (BlobId id : new TreeSet<>(ids)) {
                if (database.blobs().isHere(id) && blobs.isLacking(id)) {
                    blobs.put(id, this::goOn);
                }
            }
            return true;
        } catch (Stopped e) {
            return false;
        }
    }

    private void goOn(long bytes) {
        if (cancelled.getAsBoolean()) {
            throw new Stopped();
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
            if (mayRemove && database.waitingCellCount() == 0) {
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
        Map<BlobId, Note> done = new HashMap<>();
        List<BlobId> over = new ArrayList<>(mended.keySet());
        over.removeAll(wanted);
        try {
            for (BlobId id : wanted) {
                Note before = mended.get(id);
                if (before == null || !now.isBefore(before.at().plus(MENDED)) || now.isBefore(before.at())) {
                    blobs.put(id, this::goOn);
                    done.put(id, new Note(now, ""));
                }
            }
            return true;
        } catch (Stopped e) {
            return false;
        } finally {
            blobs.notes().change(Kind.MENDED, done, over);
        }
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
