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
 * @param pushed changes moved to the storage (or remote changelog)
 * @param pulled changes moved to this database (or local changelog)
 * @param conflicts conflicts that the pulled changes opened here
 * @param hidden rows that are hidden here now; 0 after a sync without a
 *     {@link dev.tidemark.engine.remote.RemoteLibrary}: see {@link dev.tidemark.engine.LocalChangelog#statistics}
 * @param waiting cells that wait here now; 0 likewise
 * @param blocked changes known from the storage that could not be applied yet: their file, or a change that they depend
 *     on, is missing, damaged or not yet readable
 * @param lacking replicas of which no readable file has changes that later changes depend on, with the number of the
 *     first missing change. Replicas that only wait for these changes are omitted. Such a device uploads its changes
 *     when it syncs; if it never will, after {@link dev.tidemark.engine.remote.RemoteLibrary#retire} no device waits
 *     for them
 * @param lackingSince the same replicas, each with the time of the first sync with this storage that noticed it: a sync
 *     client may still deliver the files. Empty after a sync without a {@link dev.tidemark.engine.remote.RemoteLibrary}
 * @param requests requests to the storage, without those counted in {@code maintenanceRequests}
 * @param maintenanceRequests requests for device records and maintenance
 * @param bytesSent bytes uploaded
 * @param bytesReceived bytes downloaded
 * @param aheadOfClock replicas whose timestamps are far ahead of this machine's clock, with the latest such timestamp
 *     in milliseconds since 1970
 * @param quarantined files that could not be used
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
        Map<ReplicaId, Long> lacking,
        Map<ReplicaId, Instant> lackingSince,
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
        lacking = Map.copyOf(lacking);
        lackingSince = Map.copyOf(lackingSince);
        aheadOfClock = Map.copyOf(aheadOfClock);
        quarantined = List.copyOf(quarantined);
    }

    /** How long changes must be missing before the program offers to retire their device, which cannot be undone. */
    public static final Duration RETIRABLE_AFTER = Duration.ofDays(1);

    /**
     * Whether both sides now have the same changes. Files may still be quarantined if their content was available
     * elsewhere.
     */
    public boolean isComplete() {
        return blocked == 0 && !readOnly && !cancelled;
    }

    /** Returns this report with the database's present numbers of hidden rows and waiting cells. */
    public SyncReport withHiddenAndWaiting(long hiddenNow, long waitingNow) {
        return with(hiddenNow, waitingNow, blocked, lacking, lackingSince);
    }

    /** Returns this report with further blocked changes, and with the replicas whose changes are missing. */
    public SyncReport lacking(long more, Map<ReplicaId, Long> firstLacking) {
        return with(hidden, waiting, blocked + more, firstLacking, lackingSince);
    }

    /** Returns this report with the time since which each replica's changes have been missing. */
    public SyncReport lackingSince(Map<ReplicaId, Instant> since) {
        return with(hidden, waiting, blocked, lacking, since);
    }

    /** Returns the replicas whose changes have been missing for at least this time. */
    public Set<ReplicaId> lackingFor(Duration time, Instant now) {
        return lackingSince.entrySet().stream()
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

    /** Returns this report with the figures of the storage. */
    public SyncReport with(
            long planned, long maintenance, long sent, long received, List<QuarantinedFile> files, boolean noWrites) {
        return new SyncReport(
                pushed,
                pulled,
                conflicts,
                hidden,
                waiting,
                blocked,
                lacking,
                lackingSince,
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
     * @param reason the problem with it, without placeholders
     */
    public record QuarantinedFile(String name, Problem reason) {
        /** Returns the device whose segment it is; empty if it is another kind of file. */
        public Optional<ReplicaId> device() {
            return SegmentName.parse(name).map(SegmentName::replica);
        }
    }
}
