package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.changelog.ChainHash;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.segment.DamagedFileException;
import dev.tidemark.engine.internal.segment.SegmentEncoder;
import dev.tidemark.engine.internal.segment.SegmentName;
import dev.tidemark.engine.internal.segment.SegmentReader;
import dev.tidemark.engine.storage.RemoteStorage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Joins this replica's small segments into larger ones, and removes superseded files. A replica joins only its own
 * segments. Any device removes superseded files of retired replicas. See decision 26.
 *
 * <p>No plan is stored. After an interruption, the next listing shows which joins remain.
 */
final class SegmentCompaction {
    /** How long a superseded file stays, because another device may have just listed it. */
    static final Duration GRACE = Duration.ofHours(1);

    /** The time after which a removed file that is still listed is removed again. */
    private static final Duration REMOVED_AGAIN = Duration.ofDays(1);

    /** The time after which a file that differs from a longer one is compared with it again. */
    private static final Duration COMPARED_AGAIN = Duration.ofDays(1);

    private final RemoteStorage storage;
    private final RemoteStateStore remoteState;
    private final SegmentEncoder encoder;
    private final SegmentFetcher fetcher;
    private final Instant now;
    private final Set<SegmentName> verified;

    /**
     * @param fetcher must use the same storage, so that its requests count as maintenance
     * @param verified the segments that this process has verified
     */
    SegmentCompaction(
            RemoteStorage storage,
            RemoteStateStore remoteState,
            SegmentEncoder encoder,
            SegmentFetcher fetcher,
            Set<SegmentName> verified,
            Instant now) {
        this.storage = storage;
        this.remoteState = remoteState;
        this.encoder = encoder;
        this.fetcher = fetcher;
        this.verified = verified;
        this.now = now;
    }

    /**
     * Compacts the segments of this device, and removes unneeded files of retired replicas.
     *
     * @param covered the changes that need no file, because a verified snapshot in the storage contains them and every
     *     active device has acknowledged them (docs/correctness.md#r3, #r16)
     */
    void run(ReplicaId self, Set<ReplicaId> retired, SegmentChangelog remote, VersionVector covered) {
        List<SegmentIndex.Entry> own = usable(remote.entries(self));
        own.addAll(compact(live(own).stream()
                .filter(entry -> entry.name().last() > covered.get(self))
                .toList()));
        own.sort(SegmentIndex.BY_RANGE);
        // ForkDetection has already compared the files that this replica did not write.
        remove(self, own, covered.get(self), entry -> true);
        for (ReplicaId replica : retired) {
            if (!replica.equals(self)) {
                Map<String, Long> accounted = remoteState.accounted(SegmentName.FOLDER + replica + "/");
                List<SegmentIndex.Entry> all = usable(remote.entries(replica));
                List<SegmentIndex.Entry> live = live(all);
                remove(
                        replica,
                        all,
                        covered.get(replica),
                        entry -> isAccounted(entry, accounted.get(entry.name().toString()), live));
            }
        }
    }

    private List<SegmentIndex.Entry> usable(List<SegmentIndex.Entry> entries) {
        return new ArrayList<>(entries.stream().filter(fetcher::isUsable).toList());
    }

    /** Joins neighbouring segments if there are too many. Returns the new segments. */
    private List<SegmentIndex.Entry> compact(List<SegmentIndex.Entry> live) {
        List<SegmentIndex.Entry> merged = new ArrayList<>();
        if (isWithoutGap(live)) {
            List<Long> sizes = live.stream().map(SegmentIndex.Entry::size).toList();
            for (SegmentTiers.Group group : SegmentTiers.plan(sizes)) {
                merged.addAll(compactRun(live.subList(group.from(), group.to())));
            }
            merged.forEach(this::markVerified);
        }
        return merged;
    }

    /**
     * Removes the files of one replica whose changes a longer file contains, and those that no device needs. A file is
     * removed {@link #GRACE} after a sync has found it unneeded.
     *
     * @param all the files of the replica, sorted by their range, including new joined files
     * @param covered the last change that needs no file, because a snapshot contains all changes up to it, and every
     *     device has them (R16)
     * @param accounted returns whether this device holds every change of a file. If it does not, a clone may have
     *     written other changes with the same numbers, which no other file has.
     */
    private void remove(
            ReplicaId replica, List<SegmentIndex.Entry> all, long covered, Predicate<SegmentIndex.Entry> accounted) {
        Map<String, Instant> due = remoteState.removals(SegmentName.FOLDER + replica + "/");
        List<SegmentIndex.Entry> live = live(all);
        Map<String, Long> planned = new HashMap<>();
        Map<String, Long> removed = new HashMap<>();
        for (SegmentIndex.Entry entry : all) {
            String name = entry.name().toString();
            Instant at = due.remove(name);
            boolean isDue = at != null && !at.isAfter(now);
            boolean isNeeded = (entry.name().last() > covered && !isCoveredByAnother(entry, live, isDue))
                    || !accounted.test(entry);
            if (isNeeded && at != null) {
                remoteState.cancelRemoval(name);
            } else if (!isNeeded && (at == null || at.isAfter(now.plus(REMOVED_AGAIN)))) {
                planned.put(name, entry.size());
            } else if (!isNeeded && isDue) {
                removed.put(name, entry.size());
            }
        }
        if (!planned.isEmpty()) {
            remoteState.planRemoval(planned, now.plus(GRACE));
        }
        if (!removed.isEmpty()) {
            remoteState.planRemoval(removed, now.plus(REMOVED_AGAIN));
            Transfers transfers = fetcher.transfers();
            removed.keySet().stream()
                    .map(name -> transfers.start(() -> {
                        storage.delete(name);
                        return name;
                    }))
                    .toList()
                    .forEach(Transfers::await);
        }
        // Forgets due files that are no longer listed. Remembers the files removed now for a day, because listings may
        // lag.
        remoteState.removeFiles(due.entrySet().stream()
                .filter(file -> !file.getValue().isAfter(now))
                .map(Map.Entry::getKey)
                .toList());
    }

    /**
     * @param size the value that {@link RemoteStateStore#accounted} has for the file
     */
    private boolean isAccounted(SegmentIndex.Entry entry, @Nullable Long size, List<SegmentIndex.Entry> live) {
        if (size != null) {
            return size == entry.size() || (size == -entry.size() && isRepeatedByAnother(entry, live));
        }
        SegmentReader reader = fetcher.open(entry, fetcher.start(entry));
        if (reader == null
                || entry.name().last()
                        > remoteState.changelog().vector().get(entry.name().replica())) {
            return false;
        }
        try {
            return new SegmentComparison(remoteState.changelog()).firstDifference(entry.name(), reader)
                    == Long.MAX_VALUE;
        } catch (DamagedFileException e) {
            fetcher.report(entry, e);
            return false;
        }
    }

    /**
     * Returns whether a longer file contains the changes of this file. Used if this device has truncated its own
     * changes and cannot compare them. If the files differ, they are compared again after {@link #COMPARED_AGAIN}.
     */
    private boolean isRepeatedByAnother(SegmentIndex.Entry entry, List<SegmentIndex.Entry> live) {
        SegmentIndex.Entry other =
                live.stream().filter(each -> isWithin(entry, each)).findFirst().orElse(null);
        if (other == null) {
            return false;
        }
        SegmentReader part = fetcher.open(entry, fetcher.start(entry));
        SegmentReader whole = fetcher.open(other, fetcher.start(other));
        if (part == null || whole == null) {
            return false;
        }
        try {
            boolean isRepeated = SegmentComparison.repeats(whole, part);
            if (!isRepeated) {
                remoteState.markAccounted(entry.name().toString(), 0, now.plus(COMPARED_AGAIN));
            }
            return isRepeated;
        } catch (DamagedFileException e) {
            fetcher.report(e.file().equals(entry.name().toString()) ? entry : other, e);
            return false;
        }
    }

    private static boolean isWithin(SegmentIndex.Entry entry, SegmentIndex.Entry other) {
        return !other.equals(entry)
                && other.name().first() <= entry.name().first()
                && other.name().last() >= entry.name().last();
    }

    /**
     * Returns whether another file, which this device has verified, contains all changes of this one.
     *
     * @param isDue whether this file would be removed now. If so, this process must have verified the other file
     *     itself.
     */
    private boolean isCoveredByAnother(SegmentIndex.Entry entry, List<SegmentIndex.Entry> live, boolean isDue) {
        for (SegmentIndex.Entry other : live) {
            if (isWithin(entry, other) && isWhole(other, isDue)) {
                return true;
            }
        }
        return false;
    }

    private boolean isWhole(SegmentIndex.Entry entry, boolean inThisRun) {
        if (verified.contains(entry.name())
                || (!inThisRun && remoteState.isVerified(entry.name().toString()))) {
            return true;
        }
        boolean isWhole = fetcher.open(entry, fetcher.start(entry)) != null;
        if (isWhole) {
            markVerified(entry);
        }
        return isWhole;
    }

    private void markVerified(SegmentIndex.Entry entry) {
        verified.add(entry.name());
        remoteState.markVerified(entry.name().toString(), entry.size());
    }

    /** Returns the files whose range no other file contains, sorted by range. */
    static List<SegmentIndex.Entry> live(List<SegmentIndex.Entry> byRange) {
        List<SegmentIndex.Entry> live = new ArrayList<>();
        for (SegmentIndex.Entry entry : byRange) {
            // The entries are sorted by their first change, so the previous entry begins no later.
            SegmentIndex.Entry before = live.isEmpty() ? null : live.getLast();
            if (before != null && before.name().last() >= entry.name().last()) {
                continue;
            }
            while (!live.isEmpty()
                    && live.getLast().name().first() == entry.name().first()) {
                live.removeLast();
            }
            live.add(entry);
        }
        return live;
    }

    private static boolean isWithoutGap(List<SegmentIndex.Entry> live) {
        for (int place = 1; place < live.size(); place++) {
            if (live.get(place).name().first() > live.get(place - 1).name().last() + 1) {
                return false;
            }
        }
        return true;
    }

    /** Neighbouring segments that become one file. */
    private static final class CompactedRun {
        private final List<Change> changes = new ArrayList<>();
        private @Nullable ChainHash before;
        private @Nullable ChainHash after;
        private long contentLength;
        private int files;

        boolean hasRoomFor(SegmentReader next) {
            return files == 0 || contentLength + next.contentLength() <= SegmentReader.MAX_CONTENT;
        }
    }

    /**
     * Joins a run into one file, or into several if one would be too large. Uploads each file and reads it back.
     * Returns the new files. Stops at a segment that cannot be read.
     */
    private List<SegmentIndex.Entry> compactRun(List<SegmentIndex.Entry> run) {
        List<Future<byte[]>> requests = run.stream().map(fetcher::start).toList();
        List<SegmentIndex.Entry> merged = new ArrayList<>();
        CompactedRun joined = new CompactedRun();
        for (int place = 0; place < run.size(); place++) {
            SegmentIndex.Entry entry = run.get(place);
            SegmentReader reader = fetcher.open(entry, requests.get(place));
            if (reader == null) {
                return merged;
            }
            if (!joined.hasRoomFor(reader)) {
                put(joined, merged);
                joined = new CompactedRun();
            }
            if (!read(entry, reader, joined)) {
                return merged;
            }
        }
        put(joined, merged);
        return merged;
    }

    private void put(CompactedRun joined, List<SegmentIndex.Entry> merged) {
        if (joined.files < 2) {
            return;
        }
        SegmentEncoder.Encoded whole = encoder.encode(joined.changes, Objects.requireNonNull(joined.before));
        // If the segments do not continue each other, a clone wrote some of them, which the next sync detects.
        if (!whole.name().chain().equals(joined.after) || !isReadable(whole)) {
            return;
        }
        String name = whole.name().toString();
        remoteState.planFile(name, whole.content().length);
        storage.put(name, whole.content());
        if (Arrays.equals(storage.get(name, whole.content().length), whole.content())) {
            merged.add(new SegmentIndex.Entry(whole.name(), whole.content().length));
        }
    }

    /**
     * Returns whether devices can read a file. One large number widens all numbers of its column. The content of a
     * joined file may therefore be longer than the contents of its segments together, and too long to be read.
     */
    static boolean isReadable(SegmentEncoder.Encoded segment) {
        try {
            SegmentReader.open(segment.name(), segment.content());
            return true;
        } catch (DamagedFileException e) {
            return false;
        }
    }

    /** Adds the changes of a segment to a run. Returns false if the segment is damaged. */
    private boolean read(SegmentIndex.Entry entry, SegmentReader reader, CompactedRun joined) {
        List<Change> changes = joined.changes;
        long held = changes.isEmpty() ? 0 : changes.getLast().dot().sequence();
        try {
            for (Change change = reader.next(); change != null; change = reader.next()) {
                if (change.dot().sequence() > held) {
                    changes.add(change);
                }
            }
        } catch (DamagedFileException e) {
            fetcher.report(entry, e);
            return false;
        }
        joined.before = joined.files == 0 ? reader.header().before() : joined.before;
        joined.after = entry.name().chain();
        joined.contentLength += reader.contentLength();
        joined.files++;
        return true;
    }
}
