package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.Snapshot;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.segment.PartFile;
import dev.tidemark.engine.internal.segment.PartName;
import dev.tidemark.engine.internal.sync.RemoteNames.SnapshotName;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.storage.RemoteStorage.StoredObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lists and verifies the snapshots of a storage during one sync, and records unusable ones. Not thread-safe. */
final class RemoteSnapshots {
    /** How long a successful check of a snapshot's parts stays valid. */
    private static final Duration CHECK_VALIDITY = Duration.ofDays(1);

    /** The maximal number of snapshots that one sync reads completely to verify them. */
    private static final int READ_TO_VERIFY = 4;

    private static final Comparator<Listed> BY_COVERAGE = Comparator.<Listed>comparingLong(
                    listed -> listed.manifest().vector().heads().values().stream()
                            .mapToLong(Long::longValue)
                            .sum())
            .thenComparing(listed -> listed.name().toString());

    private final RemoteStorage storage;
    private final Transfers transfers;
    private final RemoteFiles files;
    private final RemoteObjectCache cache;
    private final FileErrorRegistry fileErrors;
    private final Function<PartFile.Owner, FileOrigin> origins;
    private final Predicate<Snapshot> verifies;
    private final long latest;
    private final Map<SnapshotName, Listed> listed = new HashMap<>();
    private final Map<SnapshotName, VersionVector> ofLaterEpoch = new HashMap<>();
    private @Nullable Map<String, Long> parts;
    private Set<String> reportedDamaged = Set.of();
    private int reads = READ_TO_VERIFY;
    private Set<SnapshotName> unread = Set.of();
    private Map<ReplicaId, Long> ends = Map.of();

    /**
     * A snapshot in the listing.
     *
     * @param name the name of its manifest
     * @param size the manifest's length in bytes
     * @param manifest the manifest's content
     * @param checked when all of its parts were last found in a listing
     * @param whole whether this device has made, applied or read the whole snapshot
     */
    record Listed(SnapshotName name, long size, SnapshotManifest manifest, Instant checked, boolean whole) {}

    /**
     * @param origins compares a snapshot's library and epoch with those of this sync
     * @param verifies returns whether a snapshot is intact to its end and contains the local rows
     * @param latest the greatest clock value that is accepted
     */
    RemoteSnapshots(
            RemoteStorage storage,
            Transfers transfers,
            RemoteObjectCache cache,
            FileErrorRegistry fileErrors,
            Function<PartFile.Owner, FileOrigin> origins,
            Predicate<Snapshot> verifies,
            long latest) {
        this.verifies = verifies;
        this.latest = latest;
        this.transfers = transfers;
        this.storage = storage;
        this.files = new RemoteFiles(storage, transfers, fileErrors);
        this.cache = cache;
        this.fileErrors = fileErrors;
        this.origins = origins;
    }

    /** Reads the listed manifests that were not read before. Drops cached manifests that are no longer listed. */
    void read(Map<SnapshotName, Long> names) {
        Map<SnapshotName, Listed> known = new HashMap<>();
        cache.all(RemoteNames.SNAPSHOTS).forEach((name, entry) -> {
            SnapshotName parsed = SnapshotName.parse(name).orElseThrow();
            SnapshotManifest manifest = SnapshotManifest.read(parsed, entry.content());
            known.put(parsed, new Listed(parsed, entry.content().length, manifest, entry.checked(), entry.whole()));
        });
        cache.remove(known.keySet().stream()
                .filter(name -> !names.containsKey(name))
                .map(SnapshotName::toString)
                .toList());
        Map<SnapshotName, Long> unread = new TreeMap<>();
        names.forEach((name, size) -> {
            Listed before = known.get(name);
            if (name.clock() > latest) {
                fileErrors.add(name.toString(), size, FileErrorRegistry.Kind.REJECTED, Problem.FILE_FROM_FUTURE);
            } else if (before == null) {
                unread.put(name, size);
            } else {
                add(new Listed(name, size, before.manifest(), before.checked(), before.whole()));
            }
        });
        Set<ReplicaId> makers =
                known.keySet().stream().map(SnapshotName::replica).collect(Collectors.toSet());
        files.readNew(
                unread,
                name -> makers.contains(name.replica()),
                (name, content) -> Map.entry(content, SnapshotManifest.read(name, content)),
                (name, read) -> add(name, names.getOrDefault(name, 0L), read.getKey(), read.getValue()),
                name -> fileErrors.add(
                        name.toString(),
                        names.getOrDefault(name, 0L),
                        FileErrorRegistry.Kind.VANISHED,
                        Problem.FILE_VANISHED));
        this.unread = names.keySet().stream()
                .filter(name -> !known.containsKey(name)
                        && !listed.containsKey(name)
                        && !ofLaterEpoch.containsKey(name)
                        && !fileErrors.isForeign(name.toString()))
                .collect(Collectors.toSet());
    }

    /** Returns the listed manifests that this device could not read. */
    Set<SnapshotName> unread() {
        return unread;
    }

    /**
     * Returns whether the vector covers all snapshots that count. None of them then refers to blobs that this device
     * does not know.
     *
     * @param givenUp unread manifests to ignore
     */
    boolean areWithin(VersionVector held, Set<SnapshotName> givenUp) {
        return givenUp.containsAll(unread)
                && listed.values().stream()
                        .filter(this::isWithinEnds)
                        .allMatch(each -> held.covers(each.manifest().vector()));
    }

    private void add(SnapshotName name, long size, byte[] content, SnapshotManifest manifest) {
        if (add(new Listed(name, size, manifest, Instant.EPOCH, false))) {
            cache.put(name.toString(), content, Instant.EPOCH, false);
        } else {
            fileErrors.add(name.toString(), size, FileErrorRegistry.Kind.FOREIGN, Problem.FILE_OTHER_LIBRARY);
        }
    }

    /** Adds a snapshot. Returns whether it is of this library, in any epoch. */
    private boolean add(Listed snapshot) {
        return switch (origins.apply(snapshot.manifest().owner())) {
            case LIBRARY -> {
                listed.put(snapshot.name(), snapshot);
                yield true;
            }
            case LATER_EPOCH -> {
                ofLaterEpoch.put(snapshot.name(), snapshot.manifest().vector());
                yield true;
            }
            case OTHER_LIBRARY -> false;
        };
    }

    /** Returns the snapshots of a later epoch of this library, each with its vector. */
    Map<SnapshotName, VersionVector> ofLaterEpoch() {
        return ofLaterEpoch;
    }

    /** Adds a snapshot that this device has just uploaded and read back. */
    void put(SnapshotName name, byte[] content, SnapshotManifest manifest) {
        cache.put(name.toString(), content, manifest.written(), true);
        listed.put(name, new Listed(name, content.length, manifest, manifest.written(), true));
    }

    /**
     * Reads to its end each snapshot that other devices reported as unusable, unless it has a known error. A snapshot
     * that proves to be damaged no longer counts, so this sync uploads its changes again unless another file in the
     * storage has them.
     */
    void check(Set<String> reported) {
        reportedDamaged = reported;
        for (Listed each : usable()) {
            String name = each.name().toString();
            if (reported.contains(name) && !fileErrors.wasVerified(name)) {
                if (verifyParts(each)) {
                    fileErrors.markVerified(name);
                }
            }
        }
    }

    private boolean verifyParts(Listed each) {
        String name = each.name().toString();
        try (StoredSnapshot parts = new StoredSnapshot(storage, transfers, this, each)) {
            boolean isSound = files.open(
                            name,
                            each.size(),
                            files.start(name, each.size()),
                            content -> SnapshotManifest.read(each.name(), content))
                    != null;
            while (isSound && parts.next() != null) {
                // Reading the snapshot to its end verifies it. The content is not used.
            }
            return isSound;
        } catch (StorageException.ObjectMissingException e) {
            report(each, FileErrorRegistry.Kind.VANISHED, Problem.FILE_VANISHED);
        } catch (Snapshot.UnusableException e) {
            // The reason is already in the registry.
        }
        return false;
    }

    /** Returns the snapshots with a readable manifest that do not verify, cannot be read, or vanished. */
    List<Listed> damaged() {
        return listed.values().stream()
                .filter(each -> fileErrors.isUnverified(each.name().toString())
                        || fileErrors.isVanished(each.name().toString()))
                .toList();
    }

    /** Whether another device reported the snapshot as unusable. Devices use such a snapshot only if necessary. */
    boolean isReported(Listed each) {
        return reportedDamaged.contains(each.name().toString());
    }

    /**
     * From now on, ignores snapshots that have changes above the end of a retired replica. No device applies such
     * changes (docs/correctness.md#r7), because two clones may have made different changes with the same numbers.
     *
     * @param ends for each retired replica, the last change that counts
     */
    void endAt(Map<ReplicaId, Long> ends) {
        this.ends = ends;
    }

    private boolean isWithinEnds(Listed each) {
        return vectorWithinEnds(each).equals(each.manifest().vector());
    }

    /** Returns the vector of a snapshot without changes above the ends of retired replicas. */
    VersionVector vectorWithinEnds(Listed each) {
        Map<ReplicaId, Long> heads = new HashMap<>(each.manifest().vector().heads());
        heads.replaceAll((replica, last) -> Math.min(last, ends.getOrDefault(replica, last)));
        return VersionVector.of(heads);
    }

    /**
     * Returns the snapshots that may be applied. Those that cover the most changes come first, and those that other
     * devices reported come last.
     */
    List<Listed> usable() {
        return intact().stream()
                .filter(this::isWithinEnds)
                .sorted(Comparator.comparing(this::isReported).thenComparing(BY_COVERAGE.reversed()))
                .toList();
    }

    /** Returns the snapshots without known errors, including those that are ignored. */
    List<Listed> intact() {
        return listed.values().stream()
                .filter(each -> !fileErrors.has(each.name().toString()))
                .toList();
    }

    /** Returns all snapshots whose manifests this device has read, usable or not. */
    List<Listed> known() {
        return List.copyOf(listed.values());
    }

    /** Returns the changes that all usable snapshots together cover. */
    VersionVector vector() {
        return usable().stream()
                .map(each -> each.manifest().vector())
                .reduce(VersionVector.EMPTY, VersionVector::merge);
    }

    FileErrorRegistry fileErrors() {
        return fileErrors;
    }

    /** Records that a snapshot cannot be used. */
    void report(Listed unusable, FileErrorRegistry.Kind kind, Problem reason) {
        fileErrors.add(unusable.name().toString(), unusable.size(), kind, reason);
    }

    /**
     * Returns the vector of the first snapshot in {@link #usable} that is verified; empty if none is. Only changes
     * within this vector may be removed from the changelog, and only if docs/correctness.md#r3 allows it, too (R16).
     */
    VersionVector verified(Instant now) {
        return usable().stream()
                .filter(each -> isVerified(each, now))
                .findFirst()
                .map(each -> each.manifest().vector())
                .orElse(VersionVector.EMPTY);
    }

    /**
     * Searches for a verified snapshot, and reports unusable ones. Runs before this device writes its record, because
     * the record lists the snapshots that it rejects.
     */
    void verify(Instant now) {
        for (Listed each : usable()) {
            if (isVerified(each, now)) {
                return;
            }
        }
    }

    /**
     * Returns whether all parts of the snapshot are listed, and this device has made, applied or read it. A snapshot
     * that this device has only read must contain its live rows, because anyone with write access could have uploaded
     * the manifest (decision 54).
     */
    boolean isVerified(Listed snapshot, Instant now) {
        return hasAllParts(snapshot, now) && (snapshot.whole() || isFullyRead(snapshot));
    }

    private boolean isFullyRead(Listed snapshot) {
        if (reads == 0) {
            return false;
        }
        reads--;
        try (StoredSnapshot parts = new StoredSnapshot(storage, transfers, this, snapshot)) {
            boolean isWhole = verifies.test(parts);
            if (isWhole) {
                markFullyRead(snapshot);
            }
            return isWhole;
        } catch (Snapshot.UnusableException e) {
            // The reason is already in the registry.
            return false;
        }
    }

    /** Records that this device has made, applied or read the whole snapshot. */
    void markFullyRead(Listed snapshot) {
        cache.markWhole(snapshot.name().toString());
        listed.computeIfPresent(
                snapshot.name(),
                (name, known) -> new Listed(name, known.size(), known.manifest(), known.checked(), true));
    }

    /** Returns the parts of all snapshots in the storage, with their lengths. Lists them at the first call only. */
    Map<String, Long> parts() {
        Map<String, Long> known = parts;
        if (known == null) {
            known = storage.list(PartName.FOLDER, null).stream()
                    .collect(Collectors.toMap(StoredObject::name, StoredObject::size, (size, repeated) -> repeated));
            parts = known;
        }
        return known;
    }

    /** Returns the names of all parts, if this sync has listed them; empty otherwise. */
    Set<String> listedParts() {
        Map<String, Long> known = parts;
        return known == null ? Set.of() : known.keySet();
    }

    /** Returns whether all parts are listed with the right lengths. A positive result stays valid for a day. */
    boolean hasAllParts(Listed snapshot, Instant now) {
        boolean isFresh = snapshot.checked().plus(CHECK_VALIDITY).isAfter(now)
                && !snapshot.checked().isAfter(now);
        if (isFresh) {
            return true;
        }
        SnapshotManifest manifest = snapshot.manifest();
        Map<String, Long> listedParts = parts();
        for (SnapshotManifest.Part part : manifest.parts()) {
            Long size = listedParts.get(part.name().toString());
            if (size == null || size != part.size()) {
                report(
                        snapshot,
                        size == null ? FileErrorRegistry.Kind.VANISHED : FileErrorRegistry.Kind.QUARANTINED,
                        size == null ? Problem.FILE_VANISHED : Problem.FILE_INCOMPLETE);
                return false;
            }
        }
        cache.markChecked(snapshot.name().toString(), now);
        listed.put(snapshot.name(), new Listed(snapshot.name(), snapshot.size(), manifest, now, snapshot.whole()));
        return true;
    }

    /** Forgets a snapshot that was removed from the storage. */
    void remove(Listed removed) {
        listed.remove(removed.name());
        cache.remove(List.of(removed.name().toString()));
    }
}
