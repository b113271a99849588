package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.Snapshot;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.segment.PartName;
import dev.tidemark.engine.internal.store.SqliteDatabase;
import dev.tidemark.engine.internal.sync.RemoteNames.SnapshotName;
import dev.tidemark.engine.storage.RemoteStorage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Creates a snapshot when the changelog has become much larger than the state. Removes superseded snapshots. */
final class SnapshotMaintenance {
    /** The size of the changelog in bytes up to which no snapshot is made. */
    static final long MIN_LOG_BYTES = 1L << 20;

    /** A snapshot is due when the changes after the last snapshot take this many times the bytes of the state. */
    private static final int MIN_LOG_TO_STATE_RATIO = 2;

    /** A device whose record is older than this is not expected to make the snapshot. */
    private static final Duration ACTIVE_WITHIN = Duration.ofDays(2);

    /** How long a superseded snapshot stays, because a device may be reading it. */
    static final Duration GRACE = Duration.ofDays(7);

    /** The time after which any device may remove the superseded snapshots of another device. */
    static final Duration ORPHANED = Duration.ofDays(30);

    private final SqliteDatabase database;
    private final RemoteStorage storage;
    private final RemoteSnapshots snapshots;
    private final Instant now;

    /**
     * @param storage counts its requests as maintenance requests
     */
    SnapshotMaintenance(SqliteDatabase database, RemoteStorage storage, RemoteSnapshots snapshots, Instant now) {
        this.database = database;
        this.storage = storage;
        this.snapshots = snapshots;
        this.now = now;
    }

    /**
     * Creates a snapshot if one is due and it is this device's turn.
     *
     * @param remote the changelog in the storage. No snapshot is made while it has changes that this device lacks.
     * @param remoteState states which snapshots may contain erased values
     * @param devices the last records of the other devices of the library
     * @param stops checked between two parts. True ends the upload.
     * @return whether a snapshot was made
     */
    boolean createIfDue(
            SegmentChangelog remote,
            RemoteStateStore remoteState,
            Collection<DeviceRecord> devices,
            SnapshotUploader publisher,
            BooleanSupplier stops) {
        VersionVector held = database.changelog().vector();
        boolean isDue = isDue(remote, held, devices) || mayContainErased(remoteState, devices);
        return held.covers(remote.held()) && isDue && create(publisher, stops);
    }

    /**
     * Returns whether snapshots may contain values that have been erased by now, and this device has to replace them.
     */
    private boolean mayContainErased(RemoteStateStore remoteState, Collection<DeviceRecord> devices) {
        Instant erased = remoteState.snapshotsToReplace();
        if (erased.equals(Instant.EPOCH)) {
            return false;
        }
        List<RemoteSnapshots.Listed> usable = snapshots.usable();
        if (snapshots.intact().stream()
                .noneMatch(each -> each.manifest().written().isBefore(erased))) {
            remoteState.snapshotsReplaced(erased);
            return false;
        }
        // A later snapshot of another device does not suffice, because that device may have made it before it erased
        // the values.
        return isResponsible(database.replica(), devices, now)
                && usable.stream()
                        .noneMatch(each -> each.name().replica().equals(database.replica())
                                && !each.manifest().written().isBefore(erased));
    }

    /** Creates a snapshot now. Returns false if the upload was stopped. */
    boolean create(SnapshotUploader publisher, BooleanSupplier stops) {
        removeUnlistedParts();
        try (Snapshot snapshot = database.snapshot()) {
            return publisher.upload(snapshot, stops);
        }
    }

    private boolean isDue(SegmentChangelog remote, VersionVector held, Collection<DeviceRecord> devices) {
        List<RemoteSnapshots.Listed> usable = snapshots.usable();
        VersionVector covered = usable.isEmpty()
                ? VersionVector.EMPTY
                : usable.getFirst().manifest().vector();
        long log = remote.bytesAfter(covered);
        if (log <= MIN_LOG_BYTES) {
            return false;
        }
        long state = usable.isEmpty()
                ? stateWithin(log, held)
                : usable.getFirst().manifest().size();
        long times = log / Math.max(1, state);
        return times
                >= (isResponsible(database.replica(), devices, now)
                        ? MIN_LOG_TO_STATE_RATIO
                        : 2 * MIN_LOG_TO_STATE_RATIO);
    }

    /** Estimates the size of the state in bytes: that of the changelog, times the number of rows per change. */
    private long stateWithin(long log, VersionVector held) {
        long changes = held.heads().values().stream().mapToLong(Long::longValue).sum();
        return Math.round((double) log * database.trackedRowCount() / Math.max(1, changes));
    }

    /**
     * Whether this device has the smallest id of the active devices. It then does the work that only one device should
     * do.
     */
    static boolean isResponsible(ReplicaId self, Collection<DeviceRecord> devices, Instant now) {
        return devices.stream()
                .filter(device -> device.written().plus(ACTIVE_WITHIN).isAfter(now))
                .noneMatch(device -> device.replica().compareTo(self) < 0);
    }

    /**
     * Removes parts of this device that no manifest lists. They remain when the program ends before it uploads the
     * manifest.
     */
    private void removeUnlistedParts() {
        Set<String> named = snapshots.known().stream()
                .flatMap(each -> each.manifest().parts().stream())
                .map(part -> part.name().toString())
                .collect(Collectors.toSet());
        ReplicaId self = database.replica();
        for (String name : snapshots.parts().keySet()) {
            boolean isOwn = PartName.parse(name)
                    .filter(part -> part.replica().equals(self))
                    .isPresent();
            if (isOwn && !named.contains(name)) {
                storage.delete(name);
            }
        }
    }

    /** Removes manifests of this device that an interrupted upload has truncated. No device can upload them again. */
    void removeTruncatedManifests(Collection<SnapshotName> manifests) {
        Set<SnapshotName> read =
                snapshots.known().stream().map(RemoteSnapshots.Listed::name).collect(Collectors.toSet());
        manifests.stream()
                .filter(name -> name.replica().equals(database.replica()) && !read.contains(name))
                .map(SnapshotName::toString)
                .filter(snapshots.fileErrors()::isDamaged)
                .forEach(storage::delete);
    }

    /**
     * Finds manifests of other devices that have been unusable for {@link #ORPHANED}, because they are damaged or have
     * timestamps from the future. Removes the damaged ones, because no device can use a file whose bytes do not match
     * its name. A sync client that still has the intact file then uploads it again.
     *
     * @return the unusable manifests that maintenance no longer waits for
     */
    Set<SnapshotName> abandonUnusable(RemoteStateStore remoteState, Map<SnapshotName, Long> manifests) {
        FileErrorRegistry errors = snapshots.fileErrors();
        Map<String, Instant> noticed = remoteState.removals(RemoteNames.SNAPSHOTS);
        Map<String, Long> planned = new HashMap<>();
        Set<SnapshotName> givenUp = new HashSet<>();
        for (SnapshotName manifest : snapshots.unread()) {
            String name = manifest.toString();
            boolean isUnusable = errors.isDamagedForGood(name) || errors.isFromFuture(name);
            if (!isUnusable || manifest.replica().equals(database.replica())) {
                continue;
            }
            Instant due = noticed.remove(name);
            if (due == null || due.isAfter(now.plus(ORPHANED))) {
                planned.put(name, manifests.getOrDefault(manifest, 0L));
            } else if (!due.isAfter(now)) {
                givenUp.add(manifest);
                if (errors.isDamagedForGood(name)) {
                    storage.delete(name);
                }
            }
        }
        if (!planned.isEmpty()) {
            remoteState.planRemoval(planned, now.plus(ORPHANED));
        }
        remoteState.removeFiles(List.copyOf(noticed.keySet()));
        return givenUp;
    }

    /**
     * Removes snapshots of this device with timestamps from the future, which no device reads. They were made before
     * this device's clock was corrected. Does nothing if the timestamps in the database are as far ahead, because then
     * the system clock is more likely to be wrong.
     */
    void removeOwnFromFuture(Collection<SnapshotName> manifests) {
        long latest = database.maxAcceptedTime();
        List<SnapshotName> own = manifests.stream()
                .filter(name -> name.replica().equals(database.replica()) && name.clock() > latest)
                .toList();
        if (!own.isEmpty() && database.isClockPlausible()) {
            own.forEach(name -> storage.delete(name.toString()));
        }
    }

    /**
     * Removes damaged snapshots whose changes other files in the storage contain.
     *
     * @param remote the vector of the storage without these snapshots
     */
    void removeDamaged(List<RemoteSnapshots.Listed> damaged, VersionVector remote) {
        damaged.stream().filter(each -> remote.covers(each.manifest().vector())).forEach(this::remove);
    }

    /**
     * Removes parts of other devices that no manifest has listed for {@link #ORPHANED}. Does so only in a sync that
     * lists the parts, which the check of the newest snapshot does once a day.
     *
     * @param manifests all listed manifests, including unreadable ones
     */
    void removeAbandoned(RemoteStateStore remoteState, Collection<SnapshotName> manifests) {
        snapshots.usable().stream().findFirst().ifPresent(newest -> snapshots.hasAllParts(newest, now));
        Set<String> folders = manifests.stream()
                .map(manifest -> PartName.folder(manifest.clock(), manifest.replica()))
                .collect(Collectors.toSet());
        Map<String, Instant> noticed = remoteState.removals(PartName.FOLDER);
        Map<String, Long> planned = new HashMap<>();
        List<String> over = new ArrayList<>();
        for (String name : snapshots.listedParts()) {
            PartName part = PartName.parse(name).orElse(null);
            boolean isAbandoned = part != null
                    && !part.replica().equals(database.replica())
                    && !folders.contains(PartName.folder(part.clock(), part.replica()));
            Instant due = noticed.remove(name);
            if (isAbandoned && due == null) {
                planned.put(name, 0L);
            } else if (due != null && !(isAbandoned && due.isAfter(now))) {
                over.add(name);
                if (isAbandoned) {
                    storage.delete(name);
                }
            }
        }
        if (!planned.isEmpty()) {
            remoteState.planRemoval(planned, now.plus(ORPHANED));
        }
        remoteState.removeFiles(over);
    }

    private void remove(RemoteSnapshots.Listed old) {
        // The manifest is deleted first, so that no device begins to read the parts.
        storage.delete(old.name().toString());
        old.manifest().parts().forEach(part -> storage.delete(part.name().toString()));
        snapshots.remove(old);
    }

    /**
     * Removes snapshots that a verified snapshot has covered for {@link #GRACE}. For snapshots of other devices, the
     * time is {@link #ORPHANED}. Changes above the end of a retired replica need not be covered.
     */
    void removeOld() {
        for (RemoteSnapshots.Listed old : snapshots.intact()) {
            boolean isOwn = old.name().replica().equals(database.replica());
            Instant due = now.minus(isOwn ? GRACE : ORPHANED);
            boolean isCovered = snapshots.usable().stream()
                    .filter(other ->
                            replaces(other, old) && other.manifest().written().isBefore(due))
                    .anyMatch(other -> snapshots.isVerified(other, now));
            if (isCovered) {
                remove(old);
            }
        }
    }

    private boolean replaces(RemoteSnapshots.Listed other, RemoteSnapshots.Listed old) {
        VersionVector newer = other.manifest().vector();
        VersionVector older = old.manifest().vector();
        return newer.covers(snapshots.vectorWithinEnds(old))
                && (!older.covers(newer)
                        || other.name().toString().compareTo(old.name().toString()) > 0);
    }
}
