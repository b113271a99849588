package dev.tidemark.engine.sync;

import dev.tidemark.engine.Problem;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.internal.segment.SegmentName;
import dev.tidemark.engine.storage.CountingStorage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one sync did. Immutable.
 *
 * @param pushed changes that the other side lacked and has now
 * @param pulled changes that this side lacked and has now
 * @param conflicts conflicts that these opened here
 * @param hidden rows that are hidden here now; 0 after a sync without a {@link RemoteLibrary}, where {@link
 *     dev.tidemark.engine.changelog.LocalChangelog#statistics} tells
 * @param waiting cells that wait here for a newer version now; counted likewise
 * @param blocked changes that the other side names but that could not be had yet: their file, or one that they build
 *     on, is missing, damaged, or not yet to be read
 * @param lacking the replicas of which changes lack that others of them, or of other replicas, come after: in no file, or in
 *     none that can be read; with the number of the first that lacks. Whoever only waits for these is not in it. Such a device
 *     puts them there when it syncs; if it never will, {@link RemoteLibrary#retire} has nobody wait for them
 * @param lackingSince the same replicas, with the time since when syncs with this storage have found that: a folder tool may
 *     still bring what lacks. Empty after a sync without a {@link RemoteLibrary}
 * @param requests requests to the storage, without those counted in {@code maintenanceRequests}
 * @param maintenanceRequests requests for device records and for clearing up
 * @param bytesSent bytes stored
 * @param bytesReceived bytes fetched
 * @param aheadOfClock replicas whose stamps lie far ahead of this machine's clock, with the milliseconds since 1970 that
 *     they claim
 * @param quarantined files that could not be used
 * @param readOnly whether nothing was published because a newer version of the program writes there
 * @param cancelled whether it was ended early
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
    /** Of one that was ended while it waited for the storage: what it had moved by then stays, and is not counted. */
    static final SyncReport CANCELLED =
            new SyncReport(0, 0, 0, 0, 0, 0, Map.of(), Map.of(), 0, 0, 0, 0, Map.of(), List.of(), false, true);

    /** Copies the collections. */
    public SyncReport {
        lacking = Map.copyOf(lacking);
        lackingSince = Map.copyOf(lackingSince);
        aheadOfClock = Map.copyOf(aheadOfClock);
        quarantined = List.copyOf(quarantined);
    }

    /** Retiring a device cannot be undone: that is advised only of one whose changes have lacked for so long. */
    public static final Duration RETIRABLE_AFTER = Duration.ofDays(1);

    /**
     * Whether everything that either side had is now on both, so that it may be called a success. Files may be
     * quarantined all the same, if what they should hold could be had elsewhere.
     */
    public boolean isComplete() {
        return blocked == 0 && !readOnly && !cancelled;
    }

    /** This report with what is hidden and waits in the database now. */
    public SyncReport withHiddenAndWaiting(long hiddenNow, long waitingNow) {
        return with(hiddenNow, waitingNow, blocked, lacking, lackingSince);
    }

    /** This report with changes that are blocked beside those of which it knows, and with what lacks. */
    public SyncReport lacking(long more, Map<ReplicaId, Long> firstLacking) {
        return with(hidden, waiting, blocked + more, firstLacking, lackingSince);
    }

    /** This report with the time since when changes of replicas lack. */
    public SyncReport lackingSince(Map<ReplicaId, Instant> since) {
        return with(hidden, waiting, blocked, lacking, since);
    }

    /** The replicas of which changes have lacked for so long, so that they may never come. */
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

    /** This report with what the storage says of it. */
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
     * A file of the remote that could not be used. It is left where it is and tried again by later syncs. Immutable.
     *
     * @param name the object's name in the storage
     * @param reason what is wrong with it: a sentence without places
     */
    public record QuarantinedFile(String name, Problem reason) {
        /** The device whose changes it should hold; empty if it holds something else. */
        public Optional<ReplicaId> device() {
            return SegmentName.parse(name).map(SegmentName::replica);
        }
    }

    /**
     * What the requests of a device cost in a bucket, at Amazon's list prices of its standard storage (us-east-1, 2026): an
     * estimate to choose an interval by. Others ask less, some nothing. Immutable.
     *
     * @param listsAndPuts requests for listings and uploads, which cost 0.005 USD a thousand
     * @param gets downloads, which cost 0.0004 USD a thousand; removals are free
     */
    public record Cost(long listsAndPuts, long gets) {
        private static final double DOLLARS_A_LIST_OR_PUT = 0.005 / 1_000;
        private static final double DOLLARS_A_GET = 0.0004 / 1_000;
        private static final Duration DAY = Duration.ofDays(1);
        private static final Duration MONTH = Duration.ofDays(30);

        /** Of requests that were made. */
        public static Cost of(CountingStorage.Counts counts) {
            return new Cost(counts.lists() + counts.puts(), counts.gets());
        }

        /**
         * Of a device that is on for a month of 30 days, and whose person leaves it alone: it looks, ever more rarely, whether
         * others have changed something, and puts a sign of life each day.
         *
         * @param interval how long after a sync the next one comes by itself, as in {@link SyncService.Target}
         */
        public static Cost idleMonth(Duration interval) {
            return month(interval, 0);
        }

        /**
         * Of a device that is on for a month of 30 days.
         *
         * @param interval how long after a sync the next one comes by itself, as in {@link SyncService.Target}
         * @param edits how many times a day the person edits something, here or on another device, evenly over the day
         */
        public static Cost month(Duration interval, int edits) {
            SyncBackoff pace = new SyncBackoff(new Random(0));
            Duration betweenEdits = edits == 0 ? MONTH : DAY.dividedBy(edits);
            Duration now = Duration.ZERO;
            Duration nextEdit = betweenEdits;
            long lists = 0;
            while (now.compareTo(MONTH) < 0) {
                lists++;
                boolean edited = nextEdit.compareTo(now) <= 0;
                if (edited) {
                    nextEdit = nextEdit.plus(betweenEdits);
                }
                Duration due = now.plus(pace.afterSuccess(interval, edited));
                now = due.compareTo(nextEdit) < 0 ? due : nextEdit;
            }
            long days = MONTH.toDays();
            return new Cost(lists + days * edits + days, days * edits);
        }

        /** All requests together, removals excepted. */
        public long requests() {
            return listsAndPuts + gets;
        }

        /** In US dollars. */
        public double dollars() {
            return listsAndPuts * DOLLARS_A_LIST_OR_PUT + gets * DOLLARS_A_GET;
        }

        /** The same many times. */
        public Cost times(long factor) {
            return new Cost(listsAndPuts * factor, gets * factor);
        }
    }
}
