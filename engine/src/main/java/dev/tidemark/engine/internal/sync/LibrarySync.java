package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.Problem;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.segment.SegmentEncoder;
import dev.tidemark.engine.internal.segment.SegmentHeader;
import dev.tidemark.engine.internal.segment.SegmentName;
import dev.tidemark.engine.internal.store.SqliteDatabase;
import dev.tidemark.engine.internal.sync.RemoteNames.LibraryName;
import dev.tidemark.engine.storage.CountingStorage;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.storage.RemoteStorage.StoredObject;
import dev.tidemark.engine.sync.QuarantinedFile;
import dev.tidemark.engine.sync.SyncEngine;
import dev.tidemark.engine.sync.SyncException;
import dev.tidemark.engine.sync.SyncOptions;
import dev.tidemark.engine.sync.SyncReport;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One sync of a database with the remote of its library. */
final class LibrarySync {
    /** A success within this time of the last is not written down again: 40 syncs without changes write nothing. */
    private static final Duration SUCCESS_GRAIN = Duration.ofMinutes(1);

    /** A record names at most so many files of each kind, so that it stays small enough to be read. */
    private static final int MAX_REPORTED = 200;

    private final SqliteDatabase database;
    private final CountingStorage storage;
    private final CountingStorage maintenance;
    private final EncryptionGate gate;
    private final String program;
    private final InstantSource clock;
    private final FileErrorRegistry fileErrors;
    private final RemoteStateStore remoteState;
    private final Transfers transfers;
    private VersionVector pushed = VersionVector.EMPTY;

    LibrarySync(
            SqliteDatabase database,
            CountingStorage storage,
            EncryptionGate gate,
            String program,
            InstantSource clock,
            FileErrorRegistry troubles,
            Transfers transfers) {
        this.transfers = transfers;
        this.database = database;
        this.storage = storage;
        this.gate = gate;
        this.maintenance = new CountingStorage(storage);
        this.program = program;
        this.clock = clock;
        this.fileErrors = troubles;
        this.remoteState = new RemoteStateStore(database, storage.description());
    }

    SyncReport run(SyncOptions options) {
        CountingStorage.Counts before = storage.counts();
        RemoteListing listing = gate.list(storage);
        fileErrors.begin(listing.sizes());
        noteEncryption();
        Handshake.Agreed agreed = agree(listing);
        if (agreed.created()) {
            listing = gate.list(storage);
            listing.addLibrary(new RemoteNames.LibraryName(agreed.library(), agreed.epoch()));
            agreed = agree(listing);
        }
        retirements().read(listing, libraries(agreed));
        Predicate<SegmentHeader> accepts = accepts(agreed);
        SegmentFetcher checking = fetcher(maintenance, accepts);
        Set<String> unusable = new RemoteRepair(database, remoteState, checking, clock.instant())
                .unusable(listing, database.replica());
        ForkDetection own = ownFiles(accepts);
        List<StoredObject> sound = own.verifiedSegments(listing, unusable);
        RemoteSnapshots snapshots = snapshots(agreed);
        snapshots.read(listing.snapshots());
        own.inspectSnapshots(snapshots, database.exportedUpTo());
        if (own.hasFork() || remoteState.retired().containsKey(database.replica())) {
            database.rotateReplicaId(own.agreed(), own.reach());
            own = ownFiles(accepts);
            sound = own.verifiedSegments(listing, unusable);
        }
        RemoteBlobMaintenance blobs = blobs(options);
        snapshots.check(RemoteRepair.reported(remoteState));
        List<RemoteSnapshots.Listed> damagedSnapshots = snapshots.damaged();
        updateFormerIdEnds(sound, checking);
        SegmentChangelog remote = SegmentChangelog.of(
                storage,
                transfers,
                new SegmentEncoder(agreed.library(), agreed.epoch()),
                fetcher(storage, accepts),
                remoteState,
                retirements().ends(),
                sound,
                this::segmentsOfOthers,
                publisher(storage, snapshots, agreed),
                blobs);
        SyncReport synced = reportingMassDelete(
                remote,
                () -> SyncEngine.sync(database.changelog(), remote, options.pushingIf(() -> mayPush(remote.held()))));
        acknowledge(agreed);
        SyncReport report = remote.withGaps(synced, database.changelog().vector())
                .withHiddenAndWaiting(database.hiddenRowCount(), database.waitingCellCount());
        if (!report.cancelled()) {
            report = report.lackingSince(
                    remoteState.lackingSince(report.lacking().keySet(), clock.instant()));
        }
        pushed = remote.held();
        boolean readOnly = fileErrors.hasNewer();
        if (!report.cancelled()) {
            if (!readOnly) {
                removeDamaged(own.damaged(), remote);
                maintainBootstrapFiles(listing, agreed);
                retirements().upload(listing, agreed.library(), clock.instant());
                snapshots.verify(clock.instant());
                new OwnRecord(maintenance, remoteState, listing).upload(record(agreed));
                maintainSnapshots(agreed, snapshots, remote, options, report.isComplete());
                OtherDevices others = otherDevices();
                others.repair(listing, RemoteRepair.reported(remoteState));
                boolean isHeard = !others.hasUnreadDevice(listing);
                runStorageMaintenance(agreed, checking, remote, snapshots, isHeard);
                SnapshotMaintenance upkeep = new SnapshotMaintenance(database, maintenance, snapshots, clock.instant());
                upkeep.removeDamaged(damagedSnapshots, remote.held());
                upkeep.removeHalfPut(listing.snapshots().keySet());
                upkeep.removeAbandoned(remoteState, listing.snapshots().keySet());
                removeOwnFutureSnapshots(listing);
                blobs.maintain(report.isComplete()
                        && !remote.hasDamageBehindGaps()
                        && isHeard
                        && snapshots.areWithin(database.changelog().vector())
                        && canReadAll(listing, agreed));
            }
            recordSync(own.confirmed(remote.held().get(database.replica())), report.isComplete() && !readOnly);
        }
        CountingStorage.Counts counts = storage.counts().since(before);
        return report.with(
                counts.requests() - maintenance.counts().requests(),
                maintenance.counts().requests(),
                counts.bytesSent(),
                counts.bytesReceived(),
                quarantined(remote),
                readOnly);
    }

    /** With our own log, where ours is an id that others have no room for. */
    private List<QuarantinedFile> quarantined(SegmentChangelog remote) {
        List<QuarantinedFile> files = new ArrayList<>(fileErrors.quarantined());
        if (!remote.hasFewReplicas(database.changelog().vector())) {
            files.add(new QuarantinedFile(SegmentName.FOLDER + database.replica(), Problem.FILE_TOO_MANY_DEVICES));
        }
        return files;
    }

    /** Asked once what others have published is here, as far as it can be had. */
    private boolean mayPush(VersionVector there) {
        if (!fileErrors.hasNewer() && database.changelog().vector().covers(there)) {
            database.reinsertRows();
        }
        return !fileErrors.hasNewer();
    }

    /** Whether nothing lies there of which this device cannot tell what it refers to. */
    private boolean canReadAll(RemoteListing listing, Handshake.Agreed agreed) {
        Set<UUID> libraries = libraries(agreed);
        return !gate.lacksKeys()
                && gate.closed().isEmpty()
                && !fileErrors.hasForeignSegments()
                && !fileErrors.hasUnread()
                && listing.plainLibraries().isEmpty()
                && listing.libraries().stream().allMatch(name -> libraries.contains(name.library()));
    }

    /**
     * Snapshots that this device made before it was repaired, which no device reads. Where its own clock value is as great, they
     * are sound, and it is the system's clock that is behind.
     */
    private void removeOwnFutureSnapshots(RemoteListing listing) {
        long latest = database.maxAcceptedTime();
        List<String> own = listing.snapshots().keySet().stream()
                .filter(name -> name.replica().equals(database.replica()) && name.clock() > latest)
                .map(Object::toString)
                .toList();
        if (!own.isEmpty() && database.isClockPlausible()) {
            own.forEach(maintenance::delete);
        }
    }

    private void maintainBootstrapFiles(RemoteListing listing, Handshake.Agreed agreed) {
        LibraryName library = new LibraryName(agreed.library(), agreed.epoch());
        Map<String, Long> entry = new HashMap<>();
        if (listing.libraries().contains(library)) {
            entry.put(library.toString(), listing.sizeOf(library));
        }
        listing.keys().forEach((name, size) -> {
            if (gate.holds(name)) {
                entry.put(name.toString(), size);
            }
        });
        BootstrapFileCache kept = new BootstrapFileCache(database, storage.description());
        RemoteFiles files = new RemoteFiles(maintenance, transfers, fileErrors);
        new BootstrapFiles(maintenance, files, kept, fileErrors, clock.instant()).verifyAndRepair(entry);
    }

    private RemoteBlobMaintenance blobs(SyncOptions options) {
        return new RemoteBlobMaintenance(
                database, new RemoteBlobs(database, maintenance, clock), remoteState, options, clock.instant());
    }

    private RemoteSnapshots snapshots(Handshake.Agreed agreed) {
        Set<UUID> libraries = libraries(agreed);
        return new RemoteSnapshots(
                maintenance,
                transfers,
                new SnapshotManifestCache(database, storage.description()),
                fileErrors,
                owner -> libraries.contains(owner.library()) && owner.epoch() <= agreed.epoch(),
                database::verify,
                database.maxAcceptedTime());
    }

    private SnapshotUploader publisher(RemoteStorage through, RemoteSnapshots snapshots, Handshake.Agreed agreed) {
        return new SnapshotUploader(
                through, transfers, snapshots, agreed.library(), agreed.epoch(), database.replica(), clock);
    }

    /**
     * The first object of an epoch is a full snapshot (docs/correctness.md#r8): whoever finds the library file finds
     * everything.
     */
    private void beginWithSnapshot(LibraryName name) {
        Handshake.Agreed planned = new Handshake.Agreed(name.library(), name.epoch(), true);
        gate.agreed(name.library(), name.epoch(), remoteState.aliases());
        blobs(SyncOptions.DEFAULT).uploadAllReferenced();
        SnapshotUploader publisher = publisher(storage, snapshots(planned), planned);
        new SnapshotMaintenance(database, maintenance, publisher.snapshots(), clock.instant())
                .make(publisher, () -> false);
    }

    /** Makes a snapshot when it is time, and removes old ones. */
    private void maintainSnapshots(
            Handshake.Agreed agreed,
            RemoteSnapshots snapshots,
            SegmentChangelog remote,
            SyncOptions options,
            boolean isComplete) {
        SnapshotMaintenance upkeep = new SnapshotMaintenance(database, maintenance, snapshots, clock.instant());
        if (isComplete && options.pushes().getAsBoolean()) {
            Set<UUID> libraries = libraries(agreed);
            List<DeviceRecord> devices = remoteState.devices().values().stream()
                    .filter(device -> libraries.contains(device.library()))
                    .toList();
            SnapshotUploader publisher = publisher(maintenance, snapshots, agreed);
            if (!remoteState.isRestamped()) {
                upkeep.makeIfDue(remote, devices, publisher, options.cancelled());
            } else if (upkeep.make(publisher, options.cancelled())) {
                remoteState.markRestampedCovered();
            }
        }
        upkeep.removeOld();
    }

    /** After everything else, so that whatever goes wrong here, the changes are where they belong. */
    private void runStorageMaintenance(
            Handshake.Agreed agreed,
            SegmentFetcher checking,
            SegmentChangelog remote,
            RemoteSnapshots snapshots,
            boolean mayForget) {
        SegmentCompaction housekeeping = new SegmentCompaction(
                maintenance,
                remoteState,
                new SegmentEncoder(agreed.library(), agreed.epoch()),
                checking,
                fileErrors.verified(),
                clock.instant());
        VersionVector acknowledged = mayForget ? database.maintenance().safeWatermark() : VersionVector.EMPTY;
        VersionVector covered =
                acknowledged.isEmpty() ? acknowledged : acknowledged.common(snapshots.verified(clock.instant()));
        housekeeping.run(database.replica(), remoteState.retired().keySet(), remote, covered);
    }

    /**
     * Retires another device, after a run: with everything that it has published, but for what is lost. What only cannot be
     * read at this moment is not given up.
     *
     * @param report what the run did
     */
    void retire(ReplicaId replica, SyncReport report) {
        RemoteStateStore.State state = remoteState.state();
        boolean lacks = report.lacking().containsKey(replica);
        long held = database.changelog().vector().get(replica);
        boolean isKnown = held > 0 || remoteState.devices().containsKey(replica) || lacks;
        if (state == null || !isKnown) {
            throw new SyncException(Problem.SYNC_DEVICE_UNKNOWN, storage.description(), replica);
        }
        if (report.readOnly()) {
            throw new SyncException(Problem.SYNC_STORAGE_NEWER);
        }
        if (lacks || held < pushed.get(replica)) {
            // Where none of its own lacks, its changes wait for those of others.
            // And any snapshot may bring what comes before them.
            String waitsFor = SegmentName.FOLDER + (lacks ? replica + "/" : "");
            Stream.of(waitsFor, RemoteNames.SNAPSHOTS)
                    .flatMap(folder -> fileErrors.temporarilyUnreadable(folder).stream())
                    .findFirst()
                    .ifPresent(file -> {
                        throw new SyncException(Problem.SYNC_RETIRES_UNREAD, file.name(), file.reason());
                    });
        }
        retirements().retire(replica, state.library(), clock.instant());
    }

    private Retirements retirements() {
        return new Retirements(database, maintenance, transfers, remoteState, fileErrors);
    }

    private List<StoredObject> segmentsOfOthers() {
        String own = SegmentName.FOLDER + database.replica() + "/";
        return storage.list(SegmentName.FOLDER, null).stream()
                .filter(object -> !object.name().startsWith(own))
                .toList();
    }

    /** If one device has deleted most of what there was, a person hears of it, also when the sync ends early. */
    private SyncReport reportingMassDelete(SegmentChangelog remote, Supplier<SyncReport> sync) {
        VersionVector held = database.changelog().vector();
        if (held.covers(remote.vector())) {
            return sync.get();
        }
        long rows = database.rowCount();
        try {
            return sync.get();
        } finally {
            database.recordMassDelete(held, rows, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        }
    }

    /**
     * When we gave up an id, the listing may have lagged, and more have been published under it than it showed. What cannot
     * be read does not count: else everybody would wait for what nobody holds, as its writer issues it again or is gone.
     */
    private void updateFormerIdEnds(List<StoredObject> sound, SegmentFetcher fetcher) {
        Map<ReplicaId, Long> former = remoteState.formerIds();
        if (former.isEmpty()) {
            return;
        }
        Map<ReplicaId, Long> reach = new HashMap<>();
        for (StoredObject segment : sound) {
            SegmentName name = SegmentName.parse(segment.name()).orElseThrow();
            boolean isBeyond = former.getOrDefault(name.replica(), Long.MAX_VALUE) < name.last();
            if (isBeyond && fetcher.verify(new SegmentIndex.Entry(name, segment.size()))) {
                reach.merge(name.replica(), name.last(), Math::max);
            }
        }
        reach.forEach(remoteState::retire);
    }

    private ForkDetection ownFiles(Predicate<SegmentHeader> accepts) {
        return new ForkDetection(database.replica(), database.changelog(), remoteState, fetcher(storage, accepts));
    }

    private SegmentFetcher fetcher(RemoteStorage through, Predicate<SegmentHeader> accepts) {
        return new SegmentFetcher(through, transfers, accepts, fileErrors, database.maxAcceptedTime());
    }

    private OtherDevices otherDevices() {
        return new OtherDevices(database, maintenance, transfers, remoteState, fileErrors);
    }

    private Handshake.Agreed agree(RemoteListing listing) {
        OtherDevices others = otherDevices();
        Collection<DeviceRecord> devices = others.read(listing).values();
        LibraryFiles files = new LibraryFiles(new RemoteFiles(maintenance, transfers, fileErrors), fileErrors);
        Handshake.Agreed agreed = new Handshake(
                        database, storage, gate, remoteState, listing, files, devices, this::beginWithSnapshot)
                .agree();
        gate.agreed(agreed.library(), agreed.epoch(), remoteState.aliases());
        if (!agreed.created()) {
            others.remember(agreed.library());
        }
        return agreed;
    }

    /** What is not encrypted where all is, and what no key here opens, is not read, and said. */
    private void noteEncryption() {
        for (StoredObject stray : gate.plaintextFiles()) {
            fileErrors.add(stray.name(), stray.size(), FileErrorRegistry.Kind.QUARANTINED, Problem.FILE_NOT_ENCRYPTED);
        }
        for (StoredObject closed : gate.closed()) {
            fileErrors.add(closed.name(), closed.size(), FileErrorRegistry.Kind.QUARANTINED, Problem.FILE_KEY_UNKNOWN);
        }
    }

    private Set<UUID> libraries(Handshake.Agreed agreed) {
        Set<UUID> libraries = new HashSet<>(remoteState.aliases());
        libraries.add(agreed.library());
        return libraries;
    }

    private Predicate<SegmentHeader> accepts(Handshake.Agreed agreed) {
        Set<UUID> libraries = libraries(agreed);
        return header -> libraries.contains(header.library()) && header.epoch() <= agreed.epoch();
    }

    /** What they should have held has been put again by now, under another name or the same. */
    private void removeDamaged(List<SegmentName> damaged, SegmentChangelog remote) {
        for (SegmentName name : damaged) {
            if (!remote.holds(name)) {
                maintenance.delete(name.toString());
            }
        }
    }

    /** After the changes have come: an acknowledgement counts once its device's own changes are here (R3). */
    private void acknowledge(Handshake.Agreed agreed) {
        Set<UUID> libraries = libraries(agreed);
        database.changelog()
                .acknowledge(remoteState.devices().values().stream()
                        .filter(device -> libraries.contains(device.library()))
                        .map(DeviceRecord::acknowledgement)
                        .toList());
    }

    /** What this device would say of itself now. */
    DeviceRecord ownRecord() {
        RemoteStateStore.State state = remoteState.state();
        return record(new Handshake.Agreed(database.library(), state == null ? 1 : state.epoch(), false));
    }

    private DeviceRecord record(Handshake.Agreed agreed) {
        ReplicaId self = database.replica();
        // Read first: what this device acknowledges holds for whatever it makes afterwards.
        VersionVector acknowledged = database.changelog().acknowledgements().stream()
                .filter(each -> each.replica().equals(self))
                .map(each -> each.applied().with(self, 0))
                .findFirst()
                .orElse(VersionVector.EMPTY);
        // One read gives both what was applied of others and what was allocated here.
        VersionVector vector = database.changelog().vector();
        return new DeviceRecord(
                self,
                agreed.library(),
                agreed.epoch(),
                List.copyOf(remoteState.aliases()),
                database.replicaNames().getOrDefault(self, ""),
                System.getProperty("os.name", ""),
                program,
                vector,
                acknowledged,
                Stream.concat(
                                reportable(vector).stream(),
                                new RemoteBlobs(database, maintenance, clock)
                                        .requested().stream().limit(MAX_REPORTED))
                        .toList(),
                database.ids().nonce(),
                clock.instant());
    }

    /** What others may put again. Of very many, first those of replicas that are known here: of made-up ones nobody has any. */
    private List<String> reportable(VersionVector held) {
        List<String> damaged = fileErrors.damaged();
        if (damaged.size() <= MAX_REPORTED) {
            return damaged;
        }
        Set<String> known = Stream.of(
                        held.heads().keySet(), remoteState.devices().keySet())
                .flatMap(Set::stream)
                .map(ReplicaId::toString)
                .collect(Collectors.toSet());
        Predicate<String> isKnown = name -> known.stream().anyMatch(name::contains);
        return Stream.concat(damaged.stream().filter(isKnown), damaged.stream().filter(isKnown.negate()))
                .limit(MAX_REPORTED)
                .sorted()
                .toList();
    }

    private void recordSync(long published, boolean success) {
        RemoteStateStore.State state = remoteState.state();
        if (state == null) {
            return;
        }
        Instant now = clock.instant();
        boolean due = success && now.isAfter(state.successAt().plus(SUCCESS_GRAIN));
        if (due || state.pushedUpTo() != published) {
            remoteState.synced(published, success ? now : state.successAt());
        }
    }
}
