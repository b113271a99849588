package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.codec.FormatLimits;
import dev.tidemark.engine.internal.segment.SegmentName;
import dev.tidemark.engine.storage.RemoteStorage.StoredObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Indexes a listing's segments by replica. Segments may overlap. {@link #vector} ignores segments behind a gap.
 * Thread-safe.
 */
final class SegmentIndex {
    /**
     * Orders segments by their first change, then by their last change. Of segments with the same range, the one with
     * more erased changes comes first.
     */
    static final Comparator<Entry> BY_RANGE = Comparator.<Entry>comparingLong(
                    entry -> entry.name().first())
            .thenComparingLong(entry -> entry.name().last())
            .thenComparing(Comparator.<Entry>comparingLong(entry -> entry.name().erased())
                    .reversed())
            .thenComparing(entry -> entry.name().hash())
            // The same content may be stored under a name with another chain hash.
            .thenComparing(entry -> entry.name().chain().toString());

    private static final Comparator<Entry> BY_LAST =
            Comparator.<Entry>comparingLong(entry -> entry.name().last()).thenComparing(BY_RANGE);

    /** The maximal number of times that one sync lists the storage again, however many files vanish. */
    private static final int MAX_RELISTS = 50;

    private final Map<ReplicaId, NavigableSet<Entry>> segments = new HashMap<>();
    private final Map<ReplicaId, FurthestRange> furthest = new HashMap<>();
    private final Set<Entry> vanished = new HashSet<>();
    private final Map<ReplicaId, Long> ends;
    private final Supplier<List<StoredObject>> relister;
    private VersionVector base;
    private int listedAgain;

    /**
     * A segment and its size.
     *
     * @param name the segment's name
     * @param size the segment's length in bytes, as listed
     */
    record Entry(SegmentName name, long size) {}

    /**
     * @param base the changes that snapshots contain
     * @param ends for each retired replica, the last change that counts (docs/correctness.md#r7)
     * @param again lists the segments again
     */
    SegmentIndex(
            Collection<StoredObject> listing,
            VersionVector base,
            Map<ReplicaId, Long> ends,
            Supplier<List<StoredObject>> again) {
        this.base = base;
        this.ends = ends;
        this.relister = again;
        for (StoredObject object : listing) {
            SegmentName.parse(object.name()).ifPresent(name -> add(name, object.size()));
        }
    }

    synchronized void add(SegmentName name, long size) {
        boolean isNew = segments.computeIfAbsent(name.replica(), replica -> new TreeSet<>(BY_RANGE))
                .add(new Entry(name, size));
        if (isNew) {
            furthest.remove(name.replica());
        }
    }

    /** Adds the changes of a snapshot that was uploaded. */
    synchronized void addBase(VersionVector vector) {
        base = base.merge(vector);
    }

    /**
     * Returns, for each replica, the last change before the first gap. Changes that snapshots contain are not a gap.
     * The result never decreases. A vanished segment still counts in this sync, because uploads build on it. If the
     * segment is lost, the next listing lacks it, and a device that has its changes uploads them again.
     */
    synchronized VersionVector vector() {
        Map<ReplicaId, Long> heads = new HashMap<>(base.heads());
        segments.forEach((replica, entries) -> {
            long head = base.get(replica);
            for (Entry entry : entries) {
                if (entry.name().first() > head + 1) {
                    break;
                }
                head = Math.max(head, entry.name().last());
            }
            heads.put(replica, Math.min(head, end(replica)));
        });
        return VersionVector.of(heads);
    }

    /** Returns, for each replica, the segments behind a gap. The one with the greatest last change comes first. */
    synchronized Map<ReplicaId, List<Entry>> beyondGaps() {
        Map<ReplicaId, List<Entry>> beyond = new HashMap<>();
        VersionVector whole = vector();
        segments.forEach((replica, entries) -> {
            long head = whole.get(replica);
            List<Entry> after = entries.stream()
                    .filter(entry -> Math.min(entry.name().last(), end(replica)) > head)
                    .filter(entry -> !vanished.contains(entry))
                    .sorted(BY_LAST.reversed())
                    .toList();
            if (!after.isEmpty()) {
                beyond.put(replica, after);
            }
        });
        return beyond;
    }

    /** Returns, for each replica, the change after which usable segments contain all changes up to its head. */
    synchronized VersionVector floor(Predicate<Entry> usable) {
        Map<ReplicaId, Long> floors = new HashMap<>();
        vector().heads().forEach((replica, head) -> {
            List<Entry> byLast = new ArrayList<>(segments.getOrDefault(replica, new TreeSet<>(BY_RANGE)));
            byLast.sort(Comparator.<Entry>comparingLong(entry -> entry.name().last())
                    .reversed());
            long start = head + 1;
            for (Entry entry : byLast) {
                if (entry.name().last() < start - 1) {
                    break;
                }
                if (!vanished.contains(entry) && usable.test(entry)) {
                    start = Math.min(start, entry.name().first());
                }
            }
            floors.put(replica, start - 1);
        });
        return VersionVector.of(floors);
    }

    /** Returns the approximate number of bytes of segments that a device with this vector has to read. */
    synchronized long bytesAfter(VersionVector held) {
        long bytes = 0;
        for (Map.Entry<ReplicaId, NavigableSet<Entry>> log : segments.entrySet()) {
            long read = held.get(log.getKey());
            for (Entry entry : log.getValue()) {
                if (entry.name().last() > read) {
                    bytes += entry.size();
                    read = entry.name().last();
                }
            }
        }
        return bytes;
    }

    /** Whether the replica is not known to be retired. The number of such replicas is limited. */
    boolean isInUse(ReplicaId replica) {
        return !ends.containsKey(replica);
    }

    /**
     * Returns whether the number of these replicas is within the limits. If so, a device may apply changes of all of
     * them.
     */
    boolean areFew(Collection<ReplicaId> replicas) {
        return replicas.size() <= FormatLimits.REPLICAS
                && replicas.stream().filter(this::isInUse).count() <= FormatLimits.REPLICAS_APPLIED;
    }

    /** Returns the last change of the replica that counts. */
    long end(ReplicaId replica) {
        return ends.getOrDefault(replica, SegmentName.MAX_SEQUENCE);
    }

    /**
     * Lists the storage again after a file has vanished, and adds new files, which may have replaced that file.
     *
     * @return whether the vanished file is still listed. The listing is outdated then.
     */
    boolean listAgain(Entry gone) {
        synchronized (this) {
            vanished.add(gone);
            if (listedAgain == MAX_RELISTS) {
                return false;
            }
            listedAgain++;
        }
        boolean isListed = false;
        for (StoredObject object : relister.get()) {
            boolean isSame = object.name().equals(gone.name().toString());
            isListed |= isSame;
            if (!isSame) {
                SegmentName.parse(object.name()).ifPresent(name -> add(name, object.size()));
            }
        }
        return isListed;
    }

    /**
     * Returns the segment with the greatest last change of the usable ones that contain the change after a position;
     * null if none.
     */
    synchronized @Nullable Entry next(ReplicaId replica, long position, Predicate<Entry> usable) {
        NavigableSet<Entry> entries = segments.get(replica);
        if (position >= end(replica) || entries == null) {
            return null;
        }
        FurthestRange ranges = furthest.computeIfAbsent(replica, absent -> new FurthestRange(entries));
        while (true) {
            Entry best = ranges.from(position + 1);
            if (best == null || best.name().last() <= position) {
                return null;
            }
            if (!vanished.contains(best) && usable.test(best)) {
                return best;
            }
            ranges.remove(best);
        }
    }

    /** Returns the replica's segments, sorted by their range. */
    synchronized List<Entry> of(ReplicaId replica) {
        return segments.getOrDefault(replica, new TreeSet<>(BY_RANGE)).stream()
                .filter(entry -> !vanished.contains(entry))
                .toList();
    }
}
