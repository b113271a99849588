package dev.tidemark.engine.sync;

import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.internal.segment.SegmentName;
import dev.tidemark.engine.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The results of one sync. Immutable.
 *
 * @param pushed the number of changes moved to the storage (or remote changelog)
 * @param pulled the number of changes moved to this database (or local changelog)
 * @param conflicts the number of conflicts that the pulled changes opened in this database
 * @param hidden the number of rows that are hidden in this database now. After a sync without a
 *     {@link dev.tidemark.engine.remote.RemoteLibrary}, this is 0, but
 *     {@link dev.tidemark.engine.LocalChangelog#statistics} has the number.
 * @param waiting the number of cells that wait in this database now, likewise
 * @param blocked the number of changes in the storage that could not be applied yet, because their file or a change
 *     that they depend on is missing, damaged or not yet readable
 * @param firstMissing the replicas with missing changes that later changes depend on, each with the sequence number of
 *     the first missing change. No readable file has these changes. Replicas whose changes only wait for them are
 *     omitted. A device with missing changes uploads them when it syncs. If it never will,
 *     {@link dev.tidemark.engine.remote.RemoteLibrary#retire} ends the wait for them.
 * @param missingSince the same replicas, each with the time of the first sync with this storage that noticed the
 *     missing changes. A sync client may still deliver the files some time after that. Empty after a sync without a
 *     {@link dev.tidemark.engine.remote.RemoteLibrary}
 * @param requests the number of requests to the storage, without those counted in {@code maintenanceRequests}
 * @param maintenanceRequests the number of requests for device records and maintenance
 * @param bytesSent the number of bytes uploaded
 * @param bytesReceived the number of bytes downloaded
 * @param aheadOfClock the replicas whose timestamps are far ahead of this machine's clock, each with the latest such
 *     timestamp in milliseconds since 1970
 * @param quarantined the files that could not be used
 * @param readOnly whether nothing was uploaded because a newer version of the program uses the storage
 * @param cancelled whether the sync was cancelled
 */
public record SyncReport(
        long pushed,
        long pulled,
        long conflicts,
        long hidden,
        long waiting,
        long blocked,
        Map<ReplicaId, Long> firstMissing,
        Map<ReplicaId, Instant> missingSince,
        long requests,
        long maintenanceRequests,
        long bytesSent,
        long bytesReceived,
        Map<ReplicaId, Long> aheadOfClock,
        List<QuarantinedFile> quarantined,
        boolean readOnly,
        boolean cancelled) {
    /** Copies the collections. */
    public SyncReport {
        firstMissing = Map.copyOf(firstMissing);
        missingSince = Map.copyOf(missingSince);
        aheadOfClock = Map.copyOf(aheadOfClock);
        quarantined = List.copyOf(quarantined);
    }

    /**
     * How long changes must be missing before the program offers to retire their device. Retiring a device cannot be
     * undone.
     */
    public static final Duration RETIRABLE_AFTER = Duration.ofDays(1);

    /**
     * Whether the database and the storage now have the same changes. Files may be quarantined nevertheless, if other
     * files have their content.
     */
    public boolean isComplete() {
        return blocked == 0 && !readOnly && !cancelled;
    }

    /** Returns this report with the database's present numbers of hidden rows and waiting cells. */
    public SyncReport withHiddenAndWaiting(long hiddenNow, long waitingNow) {
        return with(hiddenNow, waitingNow, blocked, firstMissing, missingSince);
    }

    /** Returns this report with more blocked changes, and with the replicas whose changes are missing. */
    public SyncReport withMissing(long more, Map<ReplicaId, Long> missing) {
        return with(hidden, waiting, blocked + more, missing, missingSince);
    }

    /** Returns this report with the time since which the changes of each replica have been missing. */
    public SyncReport withMissingSince(Map<ReplicaId, Instant> since) {
        return with(hidden, waiting, blocked, firstMissing, since);
    }

    /** Returns the replicas whose changes have been missing for at least this time. */
    public Set<ReplicaId> missingFor(Duration time, Instant now) {
        return missingSince.entrySet().stream()
                .filter(since -> !since.getValue().plus(time).isAfter(now))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    private SyncReport with(
            long hiddenNow,
            long waitingNow,
            long blockedNow,
            Map<ReplicaId, Long> firstLacking,
            Map<ReplicaId, Instant> since) {
        return new SyncReport(
                pushed,
                pulled,
                conflicts,
                hiddenNow,
                waitingNow,
                blockedNow,
                firstLacking,
                since,
                requests,
                maintenanceRequests,
                bytesSent,
                bytesReceived,
                aheadOfClock,
                quarantined,
                readOnly,
                cancelled);
    }

    /** Returns this report with the numbers of requests and bytes, and the unusable files. */
    public SyncReport with(
            long planned, long maintenance, long sent, long received, List<QuarantinedFile> files, boolean noWrites) {
        return new SyncReport(
                pushed,
                pulled,
                conflicts,
                hidden,
                waiting,
                blocked,
                firstMissing,
                missingSince,
                planned,
                maintenance,
                sent,
                received,
                aheadOfClock,
                files,
                noWrites,
                cancelled);
    }

    /**
     * A file of the storage that could not be used. Later syncs try it again. Immutable.
     *
     * @param name the object's name in the storage
     * @param reason the problem with the file, a message without placeholders
     */
    public record QuarantinedFile(String name, Problem reason) {
        /** Returns the device that a segment belongs to; empty if the file is not a segment. */
        public Optional<ReplicaId> device() {
            return SegmentName.parse(name).map(SegmentName::replica);
        }
    }
}
