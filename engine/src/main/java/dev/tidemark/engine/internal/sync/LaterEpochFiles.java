package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.segment.SegmentName;
import dev.tidemark.engine.internal.sync.RemoteNames.SnapshotName;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.sync.SyncReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Files of a later epoch with changes that this device lacks. The user has uploaded everything again on another device,
 * and a sync client has not delivered the library file of that epoch yet. Once the library file is listed, the
 * handshake asks the user to connect. If it is not listed within a day, the files are reported, because the other
 * device may be lost.
 *
 * @param files the last changes in each file, by file name
 */
record LaterEpochFiles(Map<String, VersionVector> files) {
    private static final Duration GRACE = Duration.ofDays(1);

    /** The maximal number of files in a report. */
    private static final int MAX_REPORTED = 20;

    /**
     * @param segments segments of a later epoch
     * @param snapshots snapshots of a later epoch, with their vectors
     * @param held the changes that this device has applied
     */
    static LaterEpochFiles of(
            Collection<SegmentName> segments, Map<SnapshotName, VersionVector> snapshots, VersionVector held) {
        Map<String, VersionVector> files = new TreeMap<>();
        segments.forEach(name -> files.put(name.toString(), VersionVector.of(Map.of(name.replica(), name.last()))));
        snapshots.forEach((name, vector) -> files.put(name.toString(), vector));
        files.values().removeIf(held::covers);
        return new LaterEpochFiles(files);
    }

    /** Returns the changes in the files, and all changes before them. */
    VersionVector vector() {
        return files.values().stream().reduce(VersionVector.EMPTY, VersionVector::merge);
    }

    /** Returns the first file, by name, that has changes of a replica after a sequence number. */
    Optional<String> withChangesOf(ReplicaId replica, long after) {
        return files.entrySet().stream()
                .filter(file -> file.getValue().get(replica) > after)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Returns the files to report to the user. */
    List<SyncReport.QuarantinedFile> overdue(RemoteStateStore remoteState, Instant now) {
        Instant since = remoteState.laterEpochSince(!files.isEmpty(), now);
        if (now.isBefore(since.plus(GRACE))) {
            return List.of();
        }
        return files.keySet().stream()
                .limit(MAX_REPORTED)
                .map(name -> new SyncReport.QuarantinedFile(name, Problem.FILE_LATER_EPOCH))
                .toList();
    }
}
