package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.segment.SegmentName;
import dev.tidemark.engine.internal.store.SqliteDatabase;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.storage.CountingStorage;
import dev.tidemark.engine.sync.SyncOptions;
import dev.tidemark.engine.sync.SyncReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs one sync of a database with the storage of its library. */
final class LibrarySync {
    /** Syncs without changes record their success at most once in this time, so that most of them write nothing. */
    private static final Duration SUCCESS_GRAIN = Duration.ofMinutes(1);

    /** The maximal number of segments of development versions that a report names. */
    private static final int MAX_EARLIER = 20;

    private final SyncContext context;
    private final SqliteDatabase database;
    private VersionVector pushed = VersionVector.EMPTY;
    private LaterEpochFiles later = new LaterEpochFiles(Map.of());

    LibrarySync(SyncContext context) {
        this.context = context;
        this.database = context.database();
    }

    SyncReport run(SyncOptions options) {
        CountingStorage.Counts before = context.storage().counts();
        AgreedLibrary library = new LibraryAgreement(context).agree();
        new Retirements(context).read(library);
        VerifiedRemote verified = VerifiedRemote.of(context, library);
        RemoteBlobMaintenance blobs = context.blobs(options);
        ChangeExchange exchange = new ChangeExchange(context, library, verified, blobs);
        SyncReport exchanged = exchange.run(options);
        exchange.acknowledge();
        SegmentChangelog remote = exchange.remote();
        SyncReport report = withRemainder(exchanged, remote, library.listing());
        pushed = remote.held();
        later = remote.ofLaterEpoch(database.changelog().vector());
        boolean readOnly = context.fileErrors().hasNewer();
        if (!report.cancelled()) {
            if (!readOnly) {
                new RemoteMaintenance(context, library, verified, remote).run(options, report.isComplete(), blobs);
            }
            record(verified.own().confirmed(remote.held().get(database.replica())), report.isComplete() && !readOnly);
        }
        CountingStorage.Counts counts = context.storage().counts().since(before);
        long maintenanceRequests = context.maintenance().counts().requests();
        return report.with(
                counts.requests() - maintenanceRequests,
                maintenanceRequests,
                counts.bytesSent(),
                counts.bytesReceived(),
                quarantined(remote, waiting(verified, report.cancelled()), library.listing()),
                readOnly);
    }

    /**
     * Adds the numbers of changes that are still missing, of hidden rows and of waiting cells to the report of the
     * exchange.
     */
    private SyncReport withRemainder(SyncReport exchanged, SegmentChangelog remote, RemoteListing listing) {
        SyncReport report = remote.withGaps(exchanged, database.changelog().vector())
                .withHiddenAndWaiting(database.hiddenRowCount(), database.waitingCellCount());
        return report.cancelled()
                ? report
                : report.withMissingSince(context.remoteState()
                        .missingSince(missingStates(report.firstMissing(), remote, listing), context.now()));
    }

    /**
     * Returns, for each device whose changes are missing, a text with the numbers of its latest files. While the text
     * changes between syncs, the device is active or its files still arrive. The user is then not advised to retire it.
     */
    private static Map<ReplicaId, String> missingStates(
            Map<ReplicaId, Long> missing, SegmentChangelog remote, RemoteListing listing) {
        Map<ReplicaId, String> states = new HashMap<>();
        missing.forEach((replica, first) -> {
            long record = listing.recordsOf(replica).stream()
                    .mapToLong(each -> each.name().number())
                    .max()
                    .orElse(0);
            long last = remote.entries(replica).stream()
                    .mapToLong(entry -> entry.name().last())
                    .max()
                    .orElse(0);
            states.put(replica, first + "-" + last + "-" + record);
        });
        return states;
    }

    /** Returns the intact files that this device applies only later, or only after a decision of the user. */
    private List<SyncReport.QuarantinedFile> waiting(VerifiedRemote verified, boolean cancelled) {
        List<SyncReport.QuarantinedFile> files = new ArrayList<>(verified.late().waiting());
        if (!cancelled) {
            files.addAll(later.overdue(context.remoteState(), context.now()));
        }
        return files;
    }

    /**
     * Returns the files that the sync report names. They include this replica's folder if there are too many replicas,
     * because other devices then do not apply its changes.
     */
    private List<SyncReport.QuarantinedFile> quarantined(
            SegmentChangelog remote, List<SyncReport.QuarantinedFile> waiting, RemoteListing listing) {
        List<SyncReport.QuarantinedFile> files =
                new ArrayList<>(context.fileErrors().quarantined());
        if (!remote.hasFewReplicas(database.changelog().vector())) {
            files.add(new SyncReport.QuarantinedFile(
                    SegmentName.FOLDER + database.replica(), Problem.FILE_TOO_MANY_DEVICES));
        }
        files.addAll(waiting);
        listing.earlierSegments().stream()
                .limit(MAX_EARLIER)
                .forEach(name -> files.add(new SyncReport.QuarantinedFile(name, Problem.FILE_EARLIER)));
        return files;
    }

    private void record(long pushedUpTo, boolean success) {
        RemoteStateStore.State state = context.remoteState().state();
        if (state == null) {
            return;
        }
        Instant now = context.now();
        boolean isDue = success && now.isAfter(state.successAt().plus(SUCCESS_GRAIN));
        if (isDue || state.pushedUpTo() != pushedUpTo) {
            context.remoteState().synced(pushedUpTo, success ? now : state.successAt());
        }
    }

    /** Retires another device. Call it after {@link #run}, with the report that it returned. */
    void retire(ReplicaId replica, SyncReport report) {
        new Retirements(context).retire(replica, report, pushed, later);
    }
}
