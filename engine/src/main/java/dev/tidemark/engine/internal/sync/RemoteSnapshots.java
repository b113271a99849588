package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.Problem;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.Snapshot;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.segment.PartFile;
import dev.tidemark.engine.internal.segment.PartName;
import dev.tidemark.engine.internal.sync.RemoteNames.SnapshotName;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.storage.RemoteStorage.StoredObject;
import dev.tidemark.engine.storage.StorageException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The snapshots in a remote, as one sync sees them: those whose manifests are listed and can be read. Not thread-safe. */
final class RemoteSnapshots {
    /** The parts of a snapshot are looked for again after this time, before anything is removed because of it. */
    private static final Duration CHECK_HOLDS = Duration.ofDays(1);

    /** So many are read as a whole by one sync, until one of them is verified. */
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
    private final Predicate<PartFile.Owner> accepts;
    private final Predicate<Snapshot> verifies;
    private final long latest;
    private final Map<SnapshotName, Listed> listed = new HashMap<>();
    private @Nullable Map<String, Long> parts;
    private Set<String> reportedDamaged = Set.of();
    private int reads = READ_TO_VERIFY;
    private Set<SnapshotName> unread = Set.of();

    /**
     * A snapshot in the listing.
     *
     * @param name the name of its manifest
     * @param size the manifest's length in bytes
     * @param manifest what it says
     * @param checked when all of its parts were last seen to be there
     * @param whole whether this device has made, applied or read all of it
     */
    record Listed(SnapshotName name, long size, SnapshotManifest manifest, Instant checked, boolean whole) {}

    /**
     * @param accepts whether a snapshot is of our library, or one that was joined with it
     * @param verifies reads a snapshot to its end, and compares it with what is here
     * @param latest the greatest clock value that is believed
     */
    RemoteSnapshots(
            RemoteStorage storage,
            Transfers transfers,
            RemoteObjectCache cache,
            FileErrorRegistry fileErrors,
            Predicate<PartFile.Owner> accepts,
            Predicate<Snapshot> verifies,
            long latest) {
        this.verifies = verifies;
        this.latest = latest;
        this.transfers = transfers;
        this.storage = storage;
        this.files = new RemoteFiles(storage, transfers, fileErrors);
        this.cache = cache;
        this.fileErrors = fileErrors;
        this.accepts = accepts;
    }

    /** Reads the manifests that are listed and were not read before, and forgets those that have gone. */
    void read(Map<SnapshotName, Long> names) {
        Map<SnapshotName, Listed> known = new HashMap<>();
        cache.all(RemoteNames.SNAPSHOTS).forEach((name, entry) -> {
            SnapshotName parsed = SnapshotName.parse(name).orElseThrow();
            SnapshotManifest manifest = SnapshotManifest.read(parsed, entry.content());
            known.put(parsed, new Listed(parsed, entry.content().length, manifest, entry.checked(), entry.whole()));
        });
        cache.forget(known.keySet().stream()
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
            } else if (accepts.test(before.manifest().owner())) {
                listed.put(name, new Listed(name, size, before.manifest(), before.checked(), before.whole()));
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
                .filter(name ->
                        !known.containsKey(name) && !listed.containsKey(name) && !fileErrors.isForeign(name.toString()))
                .collect(Collectors.toSet());
    }

    /** The manifests that are listed and that this device could not read. */
    Set<SnapshotName> unread() {
        return unread;
    }

    /**
     * Whether nothing is listed that may stand for more than this: what it would refer to is not known here.
     *
     * @param givenUp unread manifests that are not waited for any more
     */
    boolean areWithin(VersionVector held, Set<SnapshotName> givenUp) {
        return givenUp.containsAll(unread)
                && listed.values().stream()
                        .allMatch(each -> held.covers(each.manifest().vector()));
    }

    private void add(SnapshotName name, long size, byte[] content, SnapshotManifest manifest) {
        if (accepts.test(manifest.owner())) {
            cache.remember(name.toString(), content, Instant.EPOCH, false);
            listed.put(name, new Listed(name, size, manifest, Instant.EPOCH, false));
        } else {
            fileErrors.add(name.toString(), size, FileErrorRegistry.Kind.FOREIGN, Problem.FILE_OTHER_LIBRARY);
        }
    }

    /** One that was just put by this device, which has read it back. */
    void put(SnapshotName name, byte[] content, SnapshotManifest manifest) {
        cache.remember(name.toString(), content, manifest.written(), true);
        listed.put(name, new Listed(name, content.length, manifest, manifest.written(), true));
    }

    /**
     * Reads as a whole those that another device could not use. One that is damaged does not count as being there from now
     * on: what it stood for is put again by this sync, where nothing else holds it.
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
                // Only whether it can be read to the end counts.
            }
            return isSound;
        } catch (StorageException.ObjectMissingException e) {
            report(each, FileErrorRegistry.Kind.VANISHED, Problem.FILE_VANISHED);
        } catch (Snapshot.UnusableException e) {
            // Why, is on record by now.
        }
        return false;
    }

    /** Those that this device has read the manifest of, and that do not count as being there. */
    List<Listed> damaged() {
        return listed.values().stream()
                .filter(each -> fileErrors.isUnverified(each.name().toString())
                        || fileErrors.isVanished(each.name().toString()))
                .toList();
    }

    /** Whether another device says that it cannot be used: a device that could do without it does. */
    boolean isReported(Listed each) {
        return reportedDamaged.contains(each.name().toString());
    }

    /** Those that can be used as far as is known, the one that covers most first; those that others doubt come last. */
    List<Listed> usable() {
        return listed.values().stream()
                .filter(each -> !fileErrors.has(each.name().toString()))
                .sorted(Comparator.comparing(this::isReported).thenComparing(BY_COVERAGE.reversed()))
                .toList();
    }

    /** All that this device has read the manifest of, whether they can be used or not. */
    List<Listed> known() {
        return List.copyOf(listed.values());
    }

    /** What all of them together stand for. */
    VersionVector vector() {
        return usable().stream()
                .map(each -> each.manifest().vector())
                .reduce(VersionVector.EMPTY, VersionVector::merge);
    }

    /** Where is noted which files cannot be used. */
    FileErrorRegistry fileErrors() {
        return fileErrors;
    }

    /** This one cannot be used. */
    void report(Listed unusable, FileErrorRegistry.Kind kind, Problem reason) {
        fileErrors.add(unusable.name().toString(), unusable.size(), kind, reason);
    }

    /**
     * What the best verified snapshot stands for; empty if there is none. Only what lies within may leave the log, if
     * docs/correctness.md#r3 holds, too (R16).
     */
    VersionVector verified(Instant now) {
        return usable().stream()
                .filter(each -> isVerified(each, now))
                .findFirst()
                .map(each -> each.manifest().vector())
                .orElse(VersionVector.EMPTY);
    }

    /** Looks for a verified one, before this device writes its record: that names those that it refuses. */
    void verify(Instant now) {
        for (Listed each : usable()) {
            if (isVerified(each, now)) {
                return;
            }
        }
    }

    /**
     * Whether this device has had all of it, and all of its parts are still there. It has made or applied the snapshot, or reads
     * it once and finds in it what the live rows here hold: anybody could have put its manifest (decision 54).
     */
    boolean isVerified(Listed snapshot, Instant now) {
        return arePartsThere(snapshot, now) && (snapshot.whole() || isFullyRead(snapshot));
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
            // Why, is on record by now.
            return false;
        }
    }

    /** This device has had all of it. */
    void markFullyRead(Listed snapshot) {
        cache.markWhole(snapshot.name().toString());
        listed.computeIfPresent(
                snapshot.name(),
                (name, known) -> new Listed(name, known.size(), known.manifest(), known.checked(), true));
    }

    /** All parts there, of whatever snapshots, with their lengths; listed once. */
    Map<String, Long> parts() {
        Map<String, Long> known = parts;
        if (known == null) {
            known = storage.list(PartName.FOLDER, null).stream()
                    .collect(Collectors.toMap(StoredObject::name, StoredObject::size, (size, repeated) -> repeated));
            parts = known;
        }
        return known;
    }

    /** The names of all parts there, if there was a reason to list them. */
    Set<String> listedParts() {
        Map<String, Long> known = parts;
        return known == null ? Set.of() : known.keySet();
    }

    /** Whether all of its parts are there, as far as a listing shows; looks once a day. */
    boolean arePartsThere(Listed snapshot, Instant now) {
        boolean isFresh = snapshot.checked().plus(CHECK_HOLDS).isAfter(now)
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

    /** It was removed. */
    void remove(Listed removed) {
        listed.remove(removed.name());
        cache.forget(List.of(removed.name().toString()));
    }
}
