package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.Snapshot;
import dev.tidemark.engine.internal.segment.PartFile;
import dev.tidemark.engine.internal.sync.RemoteNames.SnapshotName;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.storage.RemoteStorage;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/**
 * Uploads a snapshot to a storage: first the parts, then the manifest. Each part is read back. If the upload ends
 * before the manifest is stored, no device reads the parts.
 */
final class SnapshotUploader {
    /** The maximal number of parts in memory at one time. */
    private static final int AT_ONCE = 3;

    private final RemoteStorage storage;
    private final Transfers transfers;
    private final RemoteSnapshots snapshots;
    private final UUID library;
    private final int epoch;
    private final ReplicaId self;
    private final InstantSource clock;

    SnapshotUploader(
            RemoteStorage storage,
            Transfers transfers,
            RemoteSnapshots snapshots,
            UUID library,
            int epoch,
            ReplicaId self,
            InstantSource clock) {
        this.clock = clock;
        this.transfers = transfers;
        this.storage = storage;
        this.snapshots = snapshots;
        this.library = library;
        this.epoch = epoch;
        this.self = self;
    }

    /** Returns the snapshots in the storage, including those that this object has uploaded. */
    RemoteSnapshots snapshots() {
        return snapshots;
    }

    /**
     * Uploads a snapshot.
     *
     * @param stops checked between two parts. True ends the upload.
     * @return false if the upload was stopped
     * @throws Snapshot.UnusableException if the storage returns a part with other bytes than were uploaded
     */
    boolean upload(Snapshot snapshot, BooleanSupplier stops) {
        PartFile.Owner owner = new PartFile.Owner(library, epoch, snapshot.clock(), self);
        Deque<Future<SnapshotManifest.Part>> moving = new ArrayDeque<>();
        List<SnapshotManifest.Part> parts = new ArrayList<>();
        int number = 0;
        for (Snapshot.Part part = snapshot.next(); part != null; part = snapshot.next()) {
            PartFile file = PartFile.encode(owner, number, part);
            number++;
            moving.add(transfers.start(() -> put(file)));
            if (moving.size() == AT_ONCE) {
                parts.add(Transfers.await(moving.remove()));
            }
            if (stops.getAsBoolean()) {
                moving.forEach(Transfers::await);
                return false;
            }
        }
        while (!moving.isEmpty()) {
            parts.add(Transfers.await(moving.remove()));
        }
        SnapshotManifest manifest =
                new SnapshotManifest(owner, snapshot.vector(), snapshot.chains(), parts, clock.instant());
        byte[] content = manifest.toBytes();
        SnapshotName name = SnapshotManifest.nameOf(owner, content);
        storage.put(name.toString(), content);
        snapshots.put(name, content, manifest);
        return true;
    }

    private SnapshotManifest.Part put(PartFile file) {
        String name = file.name().toString();
        storage.put(name, file.content());
        if (!Arrays.equals(storage.get(name, file.content().length), file.content())) {
            throw new Snapshot.UnusableException(Problem.SNAPSHOT_UNUSABLE, name, Problem.FILE_CHECKSUM);
        }
        return new SnapshotManifest.Part(file.name(), file.content().length);
    }
}
