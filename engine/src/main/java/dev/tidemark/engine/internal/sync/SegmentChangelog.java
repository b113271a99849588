package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.ChainHash;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Changelog;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.Snapshot;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.codec.ChainDigest;
import dev.tidemark.engine.internal.log.GapCheck;
import dev.tidemark.engine.internal.segment.SegmentEncoder;
import dev.tidemark.engine.internal.segment.SegmentName;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.storage.RemoteStorage.StoredObject;
import dev.tidemark.engine.sync.SyncReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads and appends the changelog of a library as segments in a storage. {@link #vector} lists the segments, and the
 * other methods use that listing. Thread-safe, as long as one thread appends at a time.
 */
public final class SegmentChangelog implements Changelog {
    /**
     * A device reads a snapshot if the segments that it lacks have more than this many times the bytes of the snapshot
     * and the segments after it.
     */
    private static final long SNAPSHOT_PAYS = 2;

    /**
     * The maximal number of segments behind gaps that a sync reads to verify them. It never reads those known to be
     * damaged.
     */
    private static final int MAX_READS_BEHIND_GAPS = 64;

    private final RemoteStorage storage;
    private final SegmentEncoder encoder;
    private final SegmentLedger ledger;
    private final ChainSource chains;
    private final Supplier<List<StoredObject>> lister;
    private final Supplier<List<StoredObject>> relister;
    private final Map<ReplicaId, Long> ends;
    private final Transfers transfers;
    private final SegmentFetcher fetcher;
    private final @Nullable SnapshotUploader publisher;
    private final @Nullable RemoteBlobMaintenance blobs;
    private @Nullable SegmentIndex index;
    private final Map<Dot, ChainHash> delivered = new ConcurrentHashMap<>();
    private volatile Map<ReplicaId, Long> lacking = Map.of();

    private SegmentChangelog(
            RemoteStorage storage,
            Transfers transfers,
            SegmentEncoder encoder,
            SegmentFetcher fetcher,
            SegmentLedger ledger,
            ChainSource chains,
            Map<ReplicaId, Long> ends,
            Supplier<List<StoredObject>> lister,
            Supplier<List<StoredObject>> again,
            @Nullable SnapshotUploader publisher,
            @Nullable RemoteBlobMaintenance blobs) {
        this.publisher = publisher;
        this.transfers = transfers;
        this.blobs = blobs;
        this.storage = storage;
        this.encoder = encoder;
        this.ledger = ledger;
        this.chains = chains;
        this.ends = ends;
        this.lister = lister;
        this.relister = again;
        this.fetcher = fetcher;
    }

    /**
     * Returns the changelog of a library in epoch 1 without retirements and snapshots. It serves to copy changes
     * between storages.
     */
    public static SegmentChangelog of(RemoteStorage storage, UUID library) {
        Supplier<List<StoredObject>> lister = () -> storage.list(SegmentName.FOLDER, null);
        Transfers transfers = new Transfers();
        // The copier accepts any timestamp, because the device that applies the copy checks timestamps.
        SegmentFetcher fetcher = new SegmentFetcher(
                storage,
                transfers,
                header -> header.library().equals(library) ? FileOrigin.LIBRARY : FileOrigin.OTHER_LIBRARY,
                new FileErrorRegistry(),
                Long.MAX_VALUE);
        return new SegmentChangelog(
                storage,
                transfers,
                new SegmentEncoder(library, 1),
                fetcher,
                new SessionLedger(),
                (replica, sequence) -> null,
                Map.of(),
                lister,
                lister,
                null,
                null);
    }

    /**
     * Returns the changelog for one sync, with a listing that the sync has already made.
     *
     * @param fetcher downloads and verifies segments
     * @param chains returns the chain hashes of the changes that this device holds
     * @param ends for each retired replica, the last change that counts
     * @param again lists the segments of other devices again after a file has vanished
     * @param publisher has the listed snapshots, and uploads new ones
     * @param blobs uploads the blobs that changes refer to, before the changes
     */
    static SegmentChangelog of(
            RemoteStorage storage,
            Transfers transfers,
            SegmentEncoder encoder,
            SegmentFetcher fetcher,
            SegmentLedger ledger,
            ChainSource chains,
            Map<ReplicaId, Long> ends,
            List<StoredObject> listing,
            Supplier<List<StoredObject>> again,
            SnapshotUploader publisher,
            RemoteBlobMaintenance blobs) {
        return new SegmentChangelog(
                storage, transfers, encoder, fetcher, ledger, chains, ends, () -> listing, again, publisher, blobs);
    }

    @Override
    public synchronized VersionVector vector() {
        SegmentIndex created = newIndex();
        index = created;
        return created.vector();
    }

    /** Returns the vector of the last listing, including the changes that were appended since. */
    VersionVector held() {
        return index().vector();
    }

    /**
     * Returns the report with the number of changes behind gaps, which the vector does not include, and with the
     * replicas that have missing changes. A segment behind a gap counts only if it verifies, because its name could
     * claim any number. Changes of another library do not count, because that library may still join this one. Changes
     * of a later epoch count, but are not missing, because this device can read them after it has joined that epoch.
     *
     * @param held the changes that this device has after the sync
     */
    SyncReport withGaps(SyncReport report, VersionVector held) {
        Map<ReplicaId, Long> first = new HashMap<>(lacking);
        VersionVector whole = index().vector();
        VersionVector counted = held.merge(whole);
        long more = 0;
        int looks = MAX_READS_BEHIND_GAPS;
        for (Map.Entry<ReplicaId, List<SegmentIndex.Entry>> beyond :
                index().beyondGaps().entrySet()) {
            ReplicaId replica = beyond.getKey();
            long had = counted.get(replica);
            if (isForeignAfter(replica, held)) {
                continue;
            }
            for (SegmentIndex.Entry entry : beyond.getValue()) {
                long last = Math.min(entry.name().last(), index().end(replica));
                if (last <= had) {
                    break;
                }
                if (fetcher.isDamaged(entry)) {
                    continue;
                }
                if (--looks < 0) {
                    // The sync is not complete, because the segment may be intact. The user is not advised to retire
                    // the device, because the segment may be forged.
                    more++;
                    break;
                }
                boolean isIntact = fetcher.verifyReported(entry) || !fetcher.isDamaged(entry);
                if (fetcher.isOfLaterEpoch(entry)) {
                    break;
                }
                if (isIntact && !fetcher.isForeign(entry)) {
                    more += last - had;
                    counted = counted.with(replica, last);
                    first.putIfAbsent(replica, held.get(replica) + 1);
                    break;
                }
            }
        }
        for (Map.Entry<ReplicaId, Long> head : whole.heads().entrySet()) {
            if (isForeignAfter(head.getKey(), held)) {
                more -= Math.max(0, head.getValue() - held.get(head.getKey()));
                first.remove(head.getKey());
            }
        }
        VersionVector later = ofLaterEpoch(held).vector();
        first.keySet().removeIf(replica -> later.get(replica) > held.get(replica));
        return report.withMissing(more + counted.countMissing(later), first);
    }

    /**
     * Returns the files of a later epoch that {@link #read} and {@link #withGaps} have found so far.
     *
     * @param held the changes that this device has after the sync
     */
    LaterEpochFiles ofLaterEpoch(VersionVector held) {
        SnapshotUploader known = publisher;
        return LaterEpochFiles.of(
                fetcher.segmentsOfLaterEpoch(),
                known == null ? Map.of() : known.snapshots().ofLaterEpoch(),
                held);
    }

    /** Whether a damaged segment is behind a gap. This device does not know which blobs such a segment refers to. */
    boolean hasDamageBehindGaps() {
        return index().beyondGaps().values().stream().flatMap(List::stream).anyMatch(fetcher::isDamaged);
    }

    private boolean isForeignAfter(ReplicaId replica, VersionVector held) {
        long position = held.get(replica);
        List<SegmentIndex.Entry> next = index().of(replica).stream()
                .filter(entry ->
                        entry.name().first() <= position + 1 && entry.name().last() > position)
                .toList();
        return !next.isEmpty() && next.stream().allMatch(fetcher::isForeign);
    }

    /** Returns, for each replica that was read, the chain hash at its last change. */
    Map<Dot, ChainHash> delivered() {
        return delivered;
    }

    boolean holds(SegmentName name) {
        return index().of(name.replica()).stream()
                .anyMatch(entry -> entry.name().equals(name));
    }

    /** Returns a replica's segments, sorted by their range. Includes those appended since the listing. */
    List<SegmentIndex.Entry> entries(ReplicaId replica) {
        return index().of(replica);
    }

    /** Adds a segment that was uploaded since the listing. */
    void add(SegmentIndex.Entry entry) {
        index().add(entry.name(), entry.size());
    }

    @Override
    public VersionVector floor() {
        return index().floor(entry -> true);
    }

    /** Returns whether a device with this vector is within the limits on the number of replicas. */
    boolean hasFewReplicas(VersionVector held) {
        return index().areFew(held.heads().keySet());
    }

    /** Returns the approximate number of bytes of segments that a device with this vector has to read. */
    long bytesAfter(VersionVector held) {
        return index().bytesAfter(held);
    }

    @Override
    public @Nullable Snapshot snapshotFor(VersionVector held) {
        SnapshotUploader known = publisher;
        if (known == null) {
            return null;
        }
        RemoteSnapshots snapshots = known.snapshots();
        VersionVector floor = index().floor(fetcher::isUsable);
        RemoteSnapshots.Listed helpful = null;
        for (RemoteSnapshots.Listed each : snapshots.usable()) {
            VersionVector after = held.merge(each.manifest().vector());
            if (!index().areFew(after.heads().keySet())) {
                continue;
            }
            if (!held.covers(floor) && after.covers(floor)) {
                return new StoredSnapshot(storage, transfers, snapshots, each);
            }
            boolean isShorter = !snapshots.isReported(each) && isMuchShorter(each, held, after);
            boolean leadsOn = after.common(floor).covers(held.common(floor))
                    && !held.common(floor).covers(after.common(floor));
            if (helpful == null && (isShorter || (!held.covers(floor) && leadsOn))) {
                helpful = each;
            }
        }
        return helpful == null ? null : new StoredSnapshot(storage, transfers, snapshots, helpful);
    }

    /**
     * Whether the snapshot and the segments after it take less than half the bytes of all segments that are missing.
     */
    private boolean isMuchShorter(RemoteSnapshots.Listed snapshot, VersionVector held, VersionVector after) {
        long with = snapshot.manifest().size() + bytesAfter(after);
        return bytesAfter(held) > SNAPSHOT_PAYS * with;
    }

    @Override
    public synchronized Changelog.AppendResult installSnapshot(Snapshot snapshot) {
        if (publisher == null) {
            return Changelog.super.installSnapshot(snapshot);
        }
        if (blobs != null && !blobs.uploadAllReferenced()) {
            return Changelog.AppendResult.NOTHING;
        }
        VersionVector before = index().vector();
        publisher.upload(snapshot, () -> false);
        index().addBase(snapshot.vector());
        return new Changelog.AppendResult(before.countMissing(snapshot.vector()), 0, Map.of());
    }

    @Override
    public Batch.Reader read(VersionVector after, Batch.Limit limit) {
        return new SegmentBatchReader(
                after, limit, index(), fetcher, chains, found -> lacking = found, delivered::putAll);
    }

    @Override
    public synchronized Changelog.AppendResult append(Batch batch) {
        SegmentIndex known = index();
        List<Change> unseen = missing(batch, known.vector());
        if (unseen.isEmpty()) {
            return Changelog.AppendResult.NOTHING;
        }
        if (blobs != null && !blobs.uploadReferenced(unseen)) {
            return Changelog.AppendResult.NOTHING;
        }
        List<SegmentEncoder.Encoded> segments = encode(unseen, known);
        ledger.plan(segments.stream()
                .map(segment -> new SegmentLedger.Planned(segment.name(), segment.content().length))
                .toList());
        uploadAll(segments);
        List<SegmentName> names =
                segments.stream().map(SegmentEncoder.Encoded::name).toList();
        ledger.stored(names);
        segments.forEach(segment -> known.add(segment.name(), segment.content().length));
        return new Changelog.AppendResult(unseen.size(), 0, Map.of());
    }

    /** Waits for all uploads, even after one has failed, because the others may still reach the storage. */
    private void uploadAll(List<SegmentEncoder.Encoded> segments) {
        List<Future<Boolean>> puts = segments.stream()
                .map(segment -> transfers.start(() -> {
                    storage.put(segment.name().toString(), segment.content());
                    return true;
                }))
                .toList();
        RuntimeException failure = null;
        for (Future<Boolean> put : puts) {
            try {
                Transfers.await(put);
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private SegmentIndex newIndex() {
        VersionVector base =
                publisher == null ? VersionVector.EMPTY : publisher.snapshots().vector();
        return new SegmentIndex(lister.get(), base, ends, relister);
    }

    private synchronized SegmentIndex index() {
        SegmentIndex known = index;
        if (known == null) {
            known = newIndex();
            index = known;
        }
        return known;
    }

    /**
     * Returns the changes that the vector does not include. Throws a {@link Changelog.GapException} if appending them
     * would leave a gap.
     */
    static List<Change> missing(Batch batch, VersionVector held) {
        return GapCheck.newChanges(batch, new LinkedHashMap<>(held.heads()));
    }

    /**
     * Returns the chain hash before a change. If this device does not have it, returns the one in the name of a listed
     * segment.
     */
    private ChainHash chainBefore(Dot first, SegmentIndex known) {
        long before = first.sequence() - 1;
        if (before == 0) {
            return ChainDigest.start(first.replica());
        }
        ChainHash hash = chains.at(first.replica(), before);
        return hash != null
                ? hash
                : known.of(first.replica()).stream()
                        .map(SegmentIndex.Entry::name)
                        .filter(name -> name.last() == before)
                        .map(SegmentName::chain)
                        .findFirst()
                        .orElseThrow(() -> new Changelog.GapException(Problem.CHANGELOG_GAP, first, before));
    }

    private List<SegmentEncoder.Encoded> encode(List<Change> changes, SegmentIndex known) {
        Map<ReplicaId, List<Change>> runs = new LinkedHashMap<>();
        for (Change change : changes) {
            runs.computeIfAbsent(change.dot().replica(), replica -> new ArrayList<>())
                    .add(change);
        }
        SegmentSplitter splitter = new SegmentSplitter(encoder);
        runs.forEach((replica, run) -> {
            splitter.add(run, chainBefore(run.getFirst().dot(), known));
        });
        return splitter.segments();
    }
}
