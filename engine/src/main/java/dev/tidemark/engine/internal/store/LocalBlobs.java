package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.blob.BlobId;
import dev.tidemark.engine.internal.blob.BlobNotes;
import dev.tidemark.engine.internal.blob.BlobStore;
import dev.tidemark.engine.internal.blob.UnusedBlobs;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/** Removes from this device the blobs that nothing refers to any more. Thread-safe. */
final class LocalBlobs {
    private static final Duration NOW_AND_THEN = Duration.ofHours(6);

    private final SqliteDatabase database;
    private final InstantSource clock;
    private final AtomicReference<Instant> last = new AtomicReference<>(Instant.MIN);

    LocalBlobs(SqliteDatabase database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** A few times a day. */
    void removeUnusedNowAndThen(BooleanSupplier stops) {
        Instant now = clock.instant();
        Instant before = last.get();
        boolean isDue = before.equals(Instant.MIN) || now.isAfter(before.plus(NOW_AND_THEN)) || now.isBefore(before);
        if (isDue && !stops.getAsBoolean() && last.compareAndSet(before, now)) {
            removeUnused();
        }
    }

    int removeUnused() {
        BlobStore blobs = database.blobs();
        List<BlobId> here = blobs.all();
        if (here.isEmpty() || database.references().isEmpty() || database.waitingCellCount() > 0) {
            return 0;
        }
        Instant now = clock.instant();
        // What is referred to is read first: see UnusedBlobs.
        Set<BlobId> referred = database.referredBlobs();
        List<BlobId> removable = new UnusedBlobs(new BlobNotes(database, BlobNotes.HERE), now)
                .removable(here, referred, database.changelog().vector(), null);
        return blobs.remove(removable, database::referredBlobs, now.minus(UnusedBlobs.GRACE));
    }
}
