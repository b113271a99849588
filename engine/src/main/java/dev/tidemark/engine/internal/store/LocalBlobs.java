package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.blob.BlobId;
import dev.tidemark.engine.internal.blob.BlobMetadata;
import dev.tidemark.engine.internal.blob.BlobReferences;
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

/** Compares the blobs on this device with the rows that refer to them, and removes unused blobs. Thread-safe. */
final class LocalBlobs {
    private static final Duration INTERVAL = Duration.ofHours(6);

    /** An application that attaches a file writes the row that refers to it within this time. */
    private static final Duration ATTACH_GRACE = Duration.ofHours(1);

    private final SqliteDatabase database;
    private final BlobReferences references;
    private final BlobStore blobs;
    private final InstantSource clock;
    private final AtomicReference<Instant> last = new AtomicReference<>(Instant.MIN);

    LocalBlobs(SqliteDatabase database, BlobReferences references, BlobStore blobs, InstantSource clock) {
        this.database = database;
        this.references = references;
        this.blobs = blobs;
        this.clock = clock;
    }

    BlobStore blobs() {
        return blobs;
    }

    BlobReferences references() {
        return references;
    }

    /** Returns the blobs that rows refer to, whether or not they are on this device. */
    Set<BlobId> referenced(boolean withDeleted) {
        return references.isEmpty() ? Set.of() : database.query(statements -> references.in(statements, withDeleted));
    }

    /** Removes unused blobs if the last run was more than {@link #INTERVAL} ago. */
    void removeUnusedIfDue(BooleanSupplier stops) {
        Instant now = clock.instant();
        Instant before = last.get();
        boolean isDue = before.equals(Instant.MIN) || now.isAfter(before.plus(INTERVAL)) || now.isBefore(before);
        if (isDue && !stops.getAsBoolean() && last.compareAndSet(before, now)) {
            removeUnused();
        }
    }

    /** Removes the blobs that no row has referred to for a month. Returns how many were removed. */
    int removeUnused() {
        List<BlobId> localIds = blobs.all();
        if (localIds.isEmpty() || references.isEmpty() || database.hasUnknownCells()) {
            return 0;
        }
        Instant now = clock.instant();
        // The references must be read before the version vector: see UnusedBlobs.
        Set<BlobId> referred = referenced(true);
        List<BlobId> removable = new UnusedBlobs(new BlobMetadata(database, BlobMetadata.LOCAL), now)
                .removable(localIds, referred, database.changelog().vector(), null);
        return blobs.remove(removable, () -> referenced(true), now.minus(UnusedBlobs.GRACE));
    }

    Set<BlobId> discard(Collection<BlobId> files) {
        if (database.hasUnknownCells()) {
            return Set.copyOf(files);
        }
        blobs.remove(
                List.copyOf(files), () -> referenced(false), clock.instant().minus(ATTACH_GRACE));
        Set<BlobId> referred = referenced(false);
        return files.stream()
                .filter(file -> blobs.isLocal(file) && !referred.contains(file))
                .collect(Collectors.toSet());
    }
}
