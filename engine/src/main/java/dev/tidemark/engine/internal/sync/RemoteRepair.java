package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.segment.SegmentName;
import dev.tidemark.engine.internal.store.SqliteDatabase;
import dev.tidemark.engine.storage.RemoteStorage.StoredObject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds damaged segments that this device can upload again (docs/correctness.md#r16). Devices do not read segments
 * whose changes they have, but devices that lack the changes report a damaged segment in their records. The segment's
 * owner uploads it again at once. After a day, any other device that has the changes may upload it.
 */
final class RemoteRepair {
    static final Duration OWNER_GRACE = Duration.ofDays(1);

    private final SqliteDatabase database;
    private final RemoteStateStore remoteState;
    private final SegmentFetcher fetcher;
    private final Instant now;

    RemoteRepair(SqliteDatabase database, RemoteStateStore remoteState, SegmentFetcher fetcher, Instant now) {
        this.database = database;
        this.remoteState = remoteState;
        this.fetcher = fetcher;
        this.now = now;
    }

    /** Returns the files that other devices reported as unusable in their last records. */
    static Set<String> reported(RemoteStateStore remoteState) {
        Set<String> reported = new HashSet<>();
        remoteState.devices().values().forEach(device -> reported.addAll(device.damaged()));
        return reported;
    }

    /**
     * Returns the reported segments that are damaged and that this device must upload again, as if they were missing.
     */
    Set<String> unusable(RemoteListing listing, ReplicaId self) {
        Set<String> reported = reported(remoteState);
        Map<String, Long> reportedSizes = new HashMap<>();
        for (StoredObject segment : listing.segments()) {
            if (reported.contains(segment.name())) {
                reportedSizes.put(segment.name(), segment.size());
            }
        }
        Map<String, Instant> since = remoteState.damagedSince(new TreeSet<>(reportedSizes.keySet()), now);
        if (reportedSizes.isEmpty()) {
            return Set.of();
        }
        VersionVector held = database.changelog().vector();
        Set<String> unusable = new HashSet<>();
        reportedSizes.forEach((object, size) -> {
            SegmentName name = SegmentName.parse(object).orElseThrow();
            boolean isResponsible = name.replica().equals(self)
                    || !now.isBefore(since.getOrDefault(object, now).plus(OWNER_GRACE));
            if (isResponsible
                    && held.get(name.replica()) >= name.last()
                    && !fetcher.verifyReported(new SegmentIndex.Entry(name, size))) {
                unusable.add(object);
            }
        });
        return unusable;
    }
}
