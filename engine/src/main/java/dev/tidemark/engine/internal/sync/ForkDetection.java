package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.Problem;
import dev.tidemark.engine.changelog.Changelog;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.internal.segment.DamagedFileException;
import dev.tidemark.engine.internal.segment.SegmentName;
import dev.tidemark.engine.internal.segment.SegmentReader;
import dev.tidemark.engine.internal.sync.RemoteListing.ListedRecord;
import dev.tidemark.engine.internal.sync.RemoteNames.RecordName;
import dev.tidemark.engine.storage.RemoteStorage.StoredObject;
import dev.tidemark.engine.storage.StorageException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks at the files under our own id. One that we never named was written by a device that carries on our changes for
 * us (then it holds what we hold), or by a twin: another copy of this database (docs/correctness.md#r6).
 */
final class ForkDetection {
    static final int RECORDS_KEPT_IN_MIND = 1_000;

    private final ReplicaId self;
    private final Changelog local;
    private final RemoteStateStore remoteState;
    private final SegmentFetcher fetcher;
    private final List<SegmentName> damaged = new ArrayList<>();
    private long agreed;
    private long differsFrom = Long.MAX_VALUE;
    private long reach;
    private boolean fork;
    private boolean mayHoldOthers;

    ForkDetection(ReplicaId self, Changelog local, RemoteStateStore remoteState, SegmentFetcher fetcher) {
        this.self = self;
        this.local = local;
        this.remoteState = remoteState;
        this.fetcher = fetcher;
    }

    /**
     * The segments of a listing without those of our own that are no good; what they should have held is then put again.
     *
     * @param unusable segments whose content is known to be bad
     */
    List<StoredObject> verifiedSegments(RemoteListing listing, Set<String> unusable) {
        agreed = Math.min(remoteState.pushedAnywhere(), local.vector().get(self));
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

    /** What was left half when it was put, and then issued again under another id, nobody else would ever mend. */
    private Map<String, Long> namedUnderFormerIds() {
        Map<String, Long> named = new HashMap<>();
        remoteState.formerIds().keySet().forEach(id -> named.putAll(remoteState.files(SegmentName.FOLDER + id + "/")));
        return named;
    }

    /** As listings are sorted, a replica's segments come by their first numbers. */
    private void agree(SegmentName name, long last) {
        if (name.replica().equals(self)) {
            reach = Math.max(reach, name.last());
        }
        if (name.replica().equals(self) && name.first() <= agreed + 1) {
            agreed = Math.max(agreed, Math.min(last, local.vector().get(self)));
        }
    }

    /**
     * A snapshot that holds more under our id than ever left this file was made by a twin, or by who had merged a twin's. Its log
     * may be gone since, or not be listed yet.
     *
     * @param snapshots what lies beside the log
     * @param shared the last of our changes that may have left this file
     */
    void inspectSnapshots(RemoteSnapshots snapshots, long shared) {
        for (RemoteSnapshots.Listed snapshot : snapshots.usable()) {
            long held = snapshot.manifest().vector().get(self);
            if (held > shared) {
                fork = true;
                reach = Math.max(reach, held);
            }
            mayHoldOthers |= held > agreed && !snapshot.name().replica().equals(self);
        }
    }

    /**
     * How much of our own is surely published with our content.
     *
     * @param held what seems to be
     */
    long confirmed(long held) {
        return mayHoldOthers ? agreed : held;
    }

    /** Files of ours that are not what we put there, found by {@link #verifiedSegments}. */
    List<SegmentName> damaged() {
        return damaged;
    }

    /** Whether {@link #verifiedSegments} has found that another copy of this database writes under our id. */
    boolean hasFork() {
        return fork;
    }

    /** Up to which number the remotes hold of our id what we hold. */
    long agreed() {
        return Math.min(agreed, differsFrom - 1);
    }

    /** The last change that anybody has published under our id, as far as is known. */
    long reach() {
        return Math.max(reach, agreed());
    }

    /**
     * Only a twin writes records under our id that we do not know. Very old ones that come back are not looked at; what we named for
     * another place came here with a copy of that.
     */
    private void checkRecords(List<ListedRecord> records) {
        RemoteStateStore.State state = remoteState.state();
        long number = state == null ? 0 : state.record();
        for (ListedRecord record : records) {
            RecordName name = record.name();
            fork |= name.number() > number - RECORDS_KEPT_IN_MIND && !remoteState.isNamedAnywhere(name.toString());
        }
    }

    private boolean isRelayed(SegmentName name, long size) {
        SegmentIndex.Entry entry = new SegmentIndex.Entry(name, size);
        SegmentReader reader = fetcher.isUsable(entry) ? fetcher.open(entry, fetcher.start(entry)) : null;
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
     * What somebody put under our id and nobody can read may hold anything. Were we to publish the same numbers, they could
     * have two contents; a fresh id is always right. What we have published with our content stays what it is.
     */
    private void mayBeForked(SegmentIndex.Entry entry) {
        if (fetcher.isVanished(entry)) {
            throw new StorageException(Problem.STORAGE_LISTING_BEHIND, fetcher.description());
        }
        if (fetcher.isUnverified(entry) || fetcher.hasNoMemoryFor(entry)) {
            fork = true;
        }
    }
}
