package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.blob.BlobId;
import dev.tidemark.engine.internal.blob.BlobMetadata;
import dev.tidemark.engine.internal.blob.BlobStore;
import dev.tidemark.engine.internal.blob.UnusedBlobs;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Removes from this device the blobs that nothing refers to any more. Thread-safe. */
final class LocalBlobCleanup {
    private static final Duration INTERVAL = Duration.ofHours(6);

    /** Whoever attaches a file writes the row that refers to it within this time. */
    private static final Duration ATTACH_GRACE = Duration.ofHours(1);

    private final SqliteDatabase database;
    private final InstantSource clock;
    private final AtomicReference<Instant> last = new AtomicReference<>(Instant.MIN);

    LocalBlobCleanup(SqliteDatabase database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** A few times a day. */
    void removeUnusedIfDue(BooleanSupplier stops) {
        Instant now = clock.instant();
        Instant before = last.get();
        boolean isDue = before.equals(Instant.MIN) || now.isAfter(before.plus(INTERVAL)) || now.isBefore(before);
        if (isDue && !stops.getAsBoolean() && last.compareAndSet(before, now)) {
            removeUnused();
        }
    }

    int removeUnused() {
        BlobStore blobs = database.blobs();
        List<BlobId> here = blobs.all();
        if (here.isEmpty() || database.references().isEmpty() || database.hasUnknownCells()) {
            return 0;
        }
        Instant now = clock.instant();
        // What is referred to is read first: see UnusedBlobs.
        Set<BlobId> referred = database.referredBlobs();
        List<BlobId> removable = new UnusedBlobs(new BlobMetadata(database, BlobMetadata.LOCAL), now)
                .removable(here, referred, database.changelog().vector(), null);
        return blobs.remove(removable, database::referredBlobs, now.minus(UnusedBlobs.GRACE));
    }

    /** See {@link dev.tidemark.engine.Database#discardBlobs}. */
    Set<BlobId> discardBlobs(Collection<BlobId> files) {
        if (database.hasUnknownCells()) {
            return Set.copyOf(files);
        }
        BlobStore blobs = database.blobs();
        blobs.remove(
                List.copyOf(files),
                () -> database.referredBlobs(false),
                clock.instant().minus(ATTACH_GRACE));
        Set<BlobId> referred = database.referredBlobs(false);
        return files.stream()
                .filter(file -> blobs.isLocal(file) && !referred.contains(file))
                .collect(Collectors.toSet());
    }
}
