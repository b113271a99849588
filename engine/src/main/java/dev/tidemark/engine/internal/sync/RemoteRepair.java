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
 * Finds damaged segments that this device can put again (docs/correctness.md#r16). Nobody reads what it holds already,
 * so it is devices that lack a segment's changes that say in their records what they could not use. The owner puts it
 * again at once; if it has not done so within a day, whoever holds the changes does.
 */
final class RemoteRepair {
    static final Duration OWNER_GRACE = Duration.ofDays(1);

    private final SqliteDatabase database;
    private final RemoteStateStore remoteState;
    private final SegmentFetcher fetcher;
    private final Instant now;

    RemoteRepair(SqliteDatabase database, RemoteStateStore memory, SegmentFetcher fetcher, Instant now) {
        this.database = database;
        this.remoteState = memory;
        this.fetcher = fetcher;
        this.now = now;
    }

    /** The files that other devices could not use when they last spoke. */
    static Set<String> reported(RemoteStateStore memory) {
        Set<String> reported = new HashSet<>();
        memory.devices().values().forEach(device -> reported.addAll(device.damaged()));
        return reported;
    }

    /**
     * The segments of a listing that others could not use, that it is our turn to put again, and that are damaged as we read
     * them, too: they do not count as being there.
     */
    Set<String> unusable(RemoteListing listing, ReplicaId self) {
        Set<String> reported = reported(remoteState);
        Map<String, Long> there = new HashMap<>();
        for (StoredObject segment : listing.segments()) {
            if (reported.contains(segment.name())) {
                there.put(segment.name(), segment.size());
            }
        }
        Map<String, Instant> since = remoteState.damagedSince(new TreeSet<>(there.keySet()), now);
        if (there.isEmpty()) {
            return Set.of();
        }
        VersionVector held = database.changelog().vector();
        Set<String> unusable = new HashSet<>();
        there.forEach((object, size) -> {
            SegmentName name = SegmentName.parse(object).orElseThrow();
            boolean isOurTurn = name.replica().equals(self)
                    || !now.isBefore(since.getOrDefault(object, now).plus(OWNER_GRACE));
            if (isOurTurn
                    && held.get(name.replica()) >= name.last()
                    && !fetcher.verifyReported(new SegmentIndex.Entry(name, size))) {
                unusable.add(object);
            }
        });
        return unusable;
    }
}
