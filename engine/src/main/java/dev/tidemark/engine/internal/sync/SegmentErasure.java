package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.ChangelogQuery;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.internal.codec.ChainDigest;
import dev.tidemark.engine.internal.segment.DamagedFileException;
import dev.tidemark.engine.internal.segment.SegmentEncoder;
import dev.tidemark.engine.internal.segment.SegmentName;
import dev.tidemark.engine.internal.segment.SegmentReader;
import dev.tidemark.engine.storage.RemoteStorage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Replaces segments with copies that lack the values that garbage collection has erased on this device (decision 74).
 * {@link SegmentCompaction} then removes the originals. A replica replaces its own segments. The active device with the
 * smallest id replaces the segments of retired replicas. No reader needs the values, because every active device has
 * applied the changes and the deletes of their rows.
 */
final class SegmentErasure {
    /**
     * The time between two runs. It is longer than the grace period of superseded files, so that these are usually
     * removed before the next run looks for them. One upload can replace the values of many rows.
     */
    private static final Duration PACE = SegmentCompaction.GRACE.plusMinutes(1);

    private final RemoteStorage storage;
    private final RemoteStateStore remoteState;
    private final SegmentEncoder encoder;
    private final SegmentFetcher fetcher;
    private final Instant now;
    private final ChainDigest digest = new ChainDigest();

    /**
     * @param fetcher must use the same storage, so that its requests count as maintenance
     */
    SegmentErasure(
            RemoteStorage storage,
            RemoteStateStore remoteState,
            SegmentEncoder encoder,
            SegmentFetcher fetcher,
            Instant now) {
        this.storage = storage;
        this.remoteState = remoteState;
        this.encoder = encoder;
        this.fetcher = fetcher;
        this.now = now;
    }

    /**
     * Replaces segments that contain erased values. Forgets the changes whose values the storage no longer contains.
     *
     * @param retired the retired replicas whose segments this device replaces
     */
    void run(ReplicaId self, Set<ReplicaId> retired, SegmentChangelog remote) {
        if (!remoteState.isErasureDue(now)) {
            return;
        }
        for (Map.Entry<ReplicaId, NavigableSet<Long>> each :
                remoteState.erasedChanges().entrySet()) {
            ReplicaId replica = each.getKey();
            boolean replaces = replica.equals(self) || retired.contains(replica);
            List<SegmentIndex.Entry> listed = remote.entries(replica);
            NavigableSet<Long> gone = new TreeSet<>(each.getValue());
            for (SegmentIndex.Entry entry : listed) {
                NavigableSet<Long> within = each.getValue()
                        .subSet(entry.name().first(), true, entry.name().last(), true);
                if (!within.isEmpty() && (replaces ? replace(entry, within, remote) : mayHoldValues(entry.name()))) {
                    gone.removeAll(within);
                }
            }
            remoteState.removeErased(replica, gone);
        }
        remoteState.erasureDone(now.plus(PACE));
    }

    /**
     * Replaces a segment if it contains values of the erased changes. Returns whether it contains some or cannot be
     * read now.
     */
    private boolean replace(SegmentIndex.Entry entry, Set<Long> erased, SegmentChangelog remote) {
        SegmentReader reader = fetcher.isUsable(entry) ? fetcher.open(entry, fetcher.start(entry)) : null;
        if (reader == null) {
            return true;
        }
        List<Change> changes = new ArrayList<>();
        boolean holdsValues = false;
        try {
            for (Change change = reader.next(); change != null; change = reader.next()) {
                Change rest = erased.contains(change.dot().sequence()) ? digest.erased(change) : change;
                holdsValues |= rest.kind() != change.kind();
                changes.add(rest);
            }
        } catch (DamagedFileException e) {
            fetcher.report(entry, e);
            return true;
        }
        if (holdsValues) {
            put(encoder.encode(changes, reader.header().before()), remote);
        }
        return holdsValues;
    }

    private void put(SegmentEncoder.Encoded segment, SegmentChangelog remote) {
        if (remote.holds(segment.name()) || !SegmentCompaction.isReadable(segment)) {
            return;
        }
        String name = segment.name().toString();
        remoteState.planFile(name, segment.content().length);
        storage.put(name, segment.content());
        if (Arrays.equals(storage.get(name, segment.content().length), segment.content())) {
            remote.add(new SegmentIndex.Entry(segment.name(), segment.content().length));
        } else {
            storage.delete(name);
        }
    }

    /**
     * Returns whether the segment's owner must still replace it, because this device has erased more changes of its
     * range.
     */
    private boolean mayHoldValues(SegmentName name) {
        try (Stream<Change> changes = remoteState.changelog().stream(
                ChangelogQuery.ALL.by(name.replica()).sequences(name.first(), name.last()))) {
            return changes.filter(change -> change.kind() == Change.Kind.ERASED).count() > name.erased();
        }
    }
}
