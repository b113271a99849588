package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.segment.SegmentName;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.storage.RemoteStorage.StoredObject;
import dev.tidemark.engine.sync.SyncReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds late segments. A sync client delivered them after their replica was retired, and their changes are above the
 * end that the retirement states. They are reported at once. If the retired device does not return within a day, this
 * device applies them, which raises the end on all devices (docs/correctness.md#r7). The ends of this device's own
 * former ids are raised at once. Segments behind a gap wait until the gap is filled.
 */
final class LateSegments {
    static final Duration OWNER_GRACE = Duration.ofDays(1);

    /**
     * How long a segment behind a gap is reported. The segment is applied even if the missing changes arrive after
     * that.
     */
    private static final Duration GAP_REPORTED = Duration.ofDays(30);

    /**
     * The late segments of a listing.
     *
     * @param waiting segments that are not applied yet
     * @param ends for each retired replica, the last change to apply now, which is above the end in its retirement
     */
    record Found(List<SyncReport.QuarantinedFile> waiting, Map<ReplicaId, Long> ends) {}

    private final RemoteStateStore remoteState;
    private final SegmentFetcher fetcher;
    private final VersionVector held;
    private final Instant now;

    LateSegments(RemoteStateStore remoteState, SegmentFetcher fetcher, VersionVector held, Instant now) {
        this.remoteState = remoteState;
        this.fetcher = fetcher;
        this.held = held;
        this.now = now;
    }

    Found find(ReplicaId self, List<StoredObject> segments) {
        Map<ReplicaId, Long> retired = remoteState.retired();
        retired.remove(self);
        if (retired.isEmpty()) {
            return new Found(List.of(), Map.of());
        }
        Set<ReplicaId> former = remoteState.formerIds().keySet();
        Map<ReplicaId, Long> ends = new HashMap<>();
        Map<String, SegmentName> late = new TreeMap<>();
        Set<String> behindGaps = new TreeSet<>();
        for (StoredObject segment : segments) {
            SegmentName name = SegmentName.parse(segment.name()).orElseThrow();
            ReplicaId replica = name.replica();
            Long last = retired.get(replica);
            if (last == null) {
                continue;
            }
            boolean isFormer = former.contains(replica);
            long end = ends.getOrDefault(replica, isFormer ? last : Math.max(last, held.get(replica)));
            if (name.last() <= end || !fetcher.verifyReported(new SegmentIndex.Entry(name, segment.size()))) {
                // Unreadable segments do not count. If they did, every replica would wait for changes that no longer
                // exist.
                continue;
            }
            // The listing is sorted, so segments that continue from the end come in order.
            if (name.first() <= end + 1) {
                ends.put(replica, name.last());
                if (!isFormer) {
                    late.put(segment.name(), name);
                }
            } else if (isFormer) {
                behindGaps.add(segment.name());
            }
        }
        Set<String> noted = new TreeSet<>(late.keySet());
        noted.addAll(behindGaps);
        Map<String, Instant> since = remoteState.lateSince(noted, now);
        List<SyncReport.QuarantinedFile> waiting = new ArrayList<>();
        Map<ReplicaId, Long> due = new HashMap<>();
        late.forEach((file, name) -> {
            if (now.isBefore(since.getOrDefault(file, now).plus(OWNER_GRACE))) {
                waiting.add(new SyncReport.QuarantinedFile(file, Problem.FILE_AFTER_RETIREMENT));
            } else {
                due.merge(name.replica(), name.last(), Math::max);
            }
        });
        behindGaps.stream()
                .filter(file -> now.isBefore(since.getOrDefault(file, now).plus(GAP_REPORTED)))
                .forEach(file -> waiting.add(new SyncReport.QuarantinedFile(file, Problem.FILE_BEHIND_GAP)));
        former.stream().filter(ends::containsKey).forEach(id -> remoteState.retire(id, ends.getOrDefault(id, 0L)));
        return new Found(waiting, due);
    }
}
