package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.changelog.ChainHash;
import dev.tidemark.engine.changelog.Changelog;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.internal.segment.DamagedFileException;
import dev.tidemark.engine.internal.segment.SegmentName;
import dev.tidemark.engine.internal.segment.SegmentReader;
import dev.tidemark.engine.internal.sync.RemoteListing.ListedRecord;
import dev.tidemark.engine.internal.sync.RemoteNames.RecordName;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.storage.RemoteStorage.StoredObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Checks the files under this replica's id. If this replica did not write a file, then either another device relayed
 * this replica's changes, unmodified, or a clone of this database wrote it (docs/correctness.md#r6).
 */
final class ForkDetection {
    static final int MAX_REMEMBERED_RECORDS = 1_000;

    private final ReplicaId self;
    private final Changelog local;
    private final ChainSource chains;
    private final RemoteStateStore remoteState;
    private final SegmentFetcher fetcher;
    private final List<SegmentName> damaged = new ArrayList<>();
    private long agreed;
    private long differsFrom = Long.MAX_VALUE;
    private final NavigableSet<Long> sameForOthers = new TreeSet<>();
    private long differentForOthers = Long.MAX_VALUE;
    private long reach;
    private boolean fork;
    private boolean mayHoldOthers;

    ForkDetection(
            ReplicaId self, Changelog local, ChainSource chains, RemoteStateStore remoteState, SegmentFetcher fetcher) {
        this.self = self;
        this.local = local;
        this.chains = chains;
        this.remoteState = remoteState;
        this.fetcher = fetcher;
    }

    /**
     * Returns the listed segments without unusable, truncated and differing ones: their changes are uploaded again.
     *
     * @param unusable segments that are known to be damaged
     */
    List<StoredObject> verifiedSegments(RemoteListing listing, Set<String> unusable) {
        agreed = Math.min(remoteState.maxPushed(), local.vector().get(self));
        checkRecords(listing.recordsOf(self));
        Map<String, Long> named = remoteState.files(SegmentName.FOLDER + self + "/");
        Map<String, Long> namedBefore = namedUnderFormerIds();
        List<StoredObject> sound = new ArrayList<>();
        for (StoredObject object : listing.segments()) {
            SegmentName name = SegmentName.parse(object.name()).orElseThrow();
            Long size = name.replica().equals(self)
                    ? named.get(object.name())
                    : namedBefore.getOrDefault(object.name(), object.size());
            if (unusable.contains(object.name())) {
                if (named.containsKey(object.name()) || namedBefore.containsKey(object.name())) {
                    damaged.add(name);
                }
            } else if (size == null ? isRelayed(name, object.size()) : size == object.size()) {
                sound.add(object);
                agree(name, name.last());
            } else if (size != null) {
                damaged.add(name);
            }
        }
        return sound;
    }

    /**
     * Segments named under former ids. No other device can repair truncated ones, because their changes were re-issued
     * under another id.
     */
    private Map<String, Long> namedUnderFormerIds() {
        Map<String, Long> named = new HashMap<>();
        remoteState.formerIds().keySet().forEach(id -> named.putAll(remoteState.files(SegmentName.FOLDER + id + "/")));
        return named;
    }

    /** Relies on the order of listings: a replica's segments are sorted by their first numbers. */
    private void agree(SegmentName name, long last) {
        if (name.replica().equals(self) && name.first() <= Math.max(reach, agreed) + 1) {
            reach = Math.max(reach, name.last());
        }
        if (name.replica().equals(self) && name.first() <= agreed + 1) {
            agreed = Math.max(agreed, Math.min(last, local.vector().get(self)));
        }
    }

    /**
     * Files before a clone's segment may be lost. If its chain continues from a change of this replica, the clone has the
     * same changes up to that one, and they keep their numbers: otherwise nobody could fill the gap.
     */
    private void agreeBefore(SegmentName name, ChainHash before) {
        long last = name.first() - 1;
        if (last > agreed && before.equals(chains.at(self, last))) {
            agreed = last;
        }
    }

    /**
     * Detects a fork by a snapshot with more changes of this id than ever left this file: a clone made it, or a device
     * that had merged a clone's changes. The clone's segments may be removed already, or not listed yet.
     *
     * @param snapshots the snapshots of the storage
     * @param exportedUpTo the last own change that may have left this file
     */
    void inspectSnapshots(RemoteSnapshots snapshots, long exportedUpTo) {
        for (RemoteSnapshots.Listed snapshot : snapshots.usable()) {
            long held = snapshot.manifest().vector().get(self);
            compare(held, snapshot.manifest().chains().get(self), exportedUpTo);
            mayHoldOthers |= held > agreed && !snapshot.name().replica().equals(self);
        }
    }

    /**
     * Detects a fork by the records of other devices: a device that has applied other changes under this id has them
     * from a clone, whose segments may be removed or not listed yet.
     *
     * @param exportedUpTo the last own change that may have left this file
     */
    void inspectRecords(Collection<DeviceRecord> others, long exportedUpTo) {
        for (DeviceRecord record : others) {
            if (!record.replica().equals(self)) {
                compare(record.vector().get(self), record.chains().get(self), exportedUpTo);
            }
        }
    }

    /** @param held the last change of this id that another device has applied */
    private void compare(long held, @Nullable ChainHash theirs, long exportedUpTo) {
        if (held > exportedUpTo) {
            fork = true;
            reach = Math.max(reach, held);
            return;
        }
        ChainHash ours = held == 0 || theirs == null ? null : chains.at(self, held);
        if (ours != null && ours.equals(theirs)) {
            sameForOthers.add(held);
        } else if (ours != null) {
            fork = true;
            differentForOthers = Math.min(differentForOthers, held);
        }
    }

    /**
     * The last own change up to which the storage holds the same content as this replica.
     *
     * @param held the last own change that the storage seems to hold
     */
    long confirmed(long held) {
        return mayHoldOthers ? agreed : held;
    }

    /** Own files that differ from what this replica uploaded, found by {@link #verifiedSegments}. */
    List<SegmentName> damaged() {
        return damaged;
    }

    /** Whether the checks have found that a clone of this database writes under this id. */
    boolean hasFork() {
        return fork;
    }

    /** The last number up to which the storages hold the same changes under this id as this replica. */
    long agreed() {
        long last = Math.min(agreed, differsFrom - 1);
        if (differentForOthers <= last) {
            // The clone's segments are not listed, so only hashes that others have in common show where it began.
            Long same = sameForOthers.lower(differentForOthers);
            return same == null ? 0 : same;
        }
        return last;
    }

    /** The last change that any replica is known to have uploaded under this id. */
    long reach() {
        return Math.max(reach, agreed());
    }

    /**
     * Only a clone writes unknown records under this id. Very old records that reappear are ignored. Records named for
     * another storage are known: a copy of that storage brings them here.
     */
    private void checkRecords(List<ListedRecord> records) {
        RemoteStateStore.State state = remoteState.state();
        long number = state == null ? 0 : state.record();
        for (ListedRecord record : records) {
            RecordName name = record.name();
            fork |= name.number() > number - MAX_REMEMBERED_RECORDS
                    && !remoteState.isRecordedInAnyStorage(name.toString());
        }
    }

    private boolean isRelayed(SegmentName name, long size) {
        SegmentIndex.Entry entry = new SegmentIndex.Entry(name, size);
        SegmentReader reader = fetcher.isUsable(entry) ? fetcher.openOfAnyEpoch(entry, fetcher.start(entry)) : null;
        if (reader == null) {
            mayBeForked(entry);
            return false;
        }
        try {
            long held = local.vector().get(self);
            long different = new SegmentComparison(local).firstDifference(name, reader);
            differsFrom = Math.min(differsFrom, different);
            if (different <= name.last() || name.last() > held) {
                fork = true;
                agreeBefore(name, reader.header().before());
                agree(name, different - 1);
                return false;
            }
        } catch (DamagedFileException e) {
            fetcher.report(entry, e);
            mayBeForked(entry);
            return false;
        }
        remoteState.planFile(name.toString(), size);
        return true;
    }

    /**
     * An unreadable file under this id may be a clone's. Uploading changes with the same numbers could then cause a
     * fork, so the replica switches to a new id. Changes that it has uploaded keep their ids.
     */
    private void mayBeForked(SegmentIndex.Entry entry) {
        if (fetcher.isVanished(entry)) {
            throw new StorageException(Problem.STORAGE_LISTING_BEHIND, fetcher.description());
        }
        if (fetcher.isUnverified(entry) || fetcher.isTooLargeForMemory(entry)) {
            fork = true;
        }
    }
}
