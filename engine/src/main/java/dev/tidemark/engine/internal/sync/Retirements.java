package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.segment.SegmentName;
import dev.tidemark.engine.internal.store.SqliteDatabase;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.SyncException;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.sync.SyncReport;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/** Reads and writes the retirements of a storage (docs/correctness.md#r7). Its requests count as maintenance. */
final class Retirements {
    private final SyncContext context;
    private final SqliteDatabase database;
    private final RemoteStorage storage;
    private final RemoteStateStore remoteState;
    private final FileErrorRegistry fileErrors;
    private final RemoteFiles files;

    Retirements(SyncContext context) {
        this.context = context;
        this.files = context.files();
        this.database = context.database();
        this.storage = context.maintenance();
        this.remoteState = context.remoteState();
        this.fileErrors = context.fileErrors();
    }

    /**
     * Reads the retirements that this device does not know yet. A replica whose retirement cannot be read counts as
     * active, so no device removes a file that it may need.
     */
    void read(AgreedLibrary library) {
        RemoteListing listing = library.listing();
        Map<ReplicaId, Long> known = remoteState.retired();
        Set<String> reported = context.reported();
        Map<Retirement.Name, Long> unread = new TreeMap<>();
        listing.retirements().forEach((name, size) -> {
            Long last = known.get(name.replica());
            boolean isDoubted = reported.contains(name.toString()) && !fileErrors.wasVerified(name.toString());
            if (last == null || last < name.last() || isDoubted) {
                unread.put(name, size);
            }
        });
        VersionVector held = database.changelog().vector();
        files.readNew(
                unread,
                name -> held.get(name.replica()) > 0,
                Retirement::read,
                (name, retirement) -> {
                    fileErrors.markVerified(name.toString());
                    if (library.includes(retirement.library())) {
                        remoteState.retire(retirement.replica(), retirement.last());
                    }
                },
                // Another file has replaced it, or the listing lags. The next sync reads the file that is listed then.
                vanished -> {});
    }

    /**
     * Returns, for each retired replica, the last change that counts on this device. If this device has applied later
     * changes than the retirement states, these count, too.
     */
    Map<ReplicaId, Long> ends() {
        VersionVector held = database.changelog().vector();
        Map<ReplicaId, Long> ends = new TreeMap<>();
        remoteState.retired().forEach((replica, last) -> ends.put(replica, Math.max(last, held.get(replica))));
        return ends;
    }

    /** Returns the {@link #ends} for a sync that applies the given late segments. */
    Map<ReplicaId, Long> endsWith(LateSegments.Found late) {
        Map<ReplicaId, Long> ends = ends();
        late.ends().forEach((replica, last) -> ends.merge(replica, last, Math::max));
        return ends;
    }

    /**
     * Uploads the retirements that the storage lacks, and those that it has with a smaller last change than this
     * device.
     */
    void upload(RemoteListing listing, UUID library, Instant now) {
        Map<ReplicaId, Long> listed = new TreeMap<>();
        listing.retirements().forEach((name, size) -> {
            if (isWhole(name, size)) {
                listed.merge(name.replica(), name.last(), Math::max);
            }
        });
        ends().forEach((replica, end) -> {
            Long retiredUpTo = listed.get(replica);
            if (!replica.equals(database.replica()) && (retiredUpTo == null || retiredUpTo < end)) {
                put(new Retirement(library, replica, end, database.replica(), now));
                listed.put(replica, end);
            }
        });
        removeDamaged(listing, listed);
    }

    /** Removes unreadable retirements that another file supersedes. If they stayed, every device would report them. */
    private void removeDamaged(RemoteListing listing, Map<ReplicaId, Long> retiredUpTo) {
        for (Retirement.Name name : listing.retirements().keySet()) {
            boolean isBad = fileErrors.isUnverified(name.toString());
            if (isBad && retiredUpTo.getOrDefault(name.replica(), 0L) >= name.last()) {
                storage.delete(name.toString());
            }
        }
    }

    /**
     * Returns whether the file seems intact. It must have the length that this device has recorded, if any, and this
     * device must not have failed to read it.
     */
    private boolean isWhole(Retirement.Name name, long size) {
        Long put = remoteState.sizeOf(name.toString());
        return (put == null || put == size)
                && !fileErrors.isUnverified(name.toString())
                && !fileErrors.isUnread(name.toString());
    }

    /**
     * Retires another device at its last change that this device has applied. Permanently lost changes do not prevent
     * this. Changes that only cannot be read at the moment prevent it.
     *
     * @param report the report of the sync that has just ended
     * @param pushed the changes in the storage after that sync
     * @param later the files of a later epoch in the storage
     */
    void retire(ReplicaId replica, SyncReport report, VersionVector pushed, LaterEpochFiles later) {
        RemoteStateStore.State state = remoteState.state();
        boolean lacks = report.firstMissing().containsKey(replica);
        long held = database.changelog().vector().get(replica);
        boolean isKnown = held > 0 || remoteState.devices().containsKey(replica) || lacks || isWaitedFor(replica);
        if (state == null || !isKnown) {
            throw new SyncException(Problem.SYNC_DEVICE_UNKNOWN, storage.description(), replica);
        }
        if (report.readOnly()) {
            throw new SyncException(Problem.SYNC_STORAGE_NEWER);
        }
        later.withChangesOf(replica, held).ifPresent(file -> {
            throw new SyncException(Problem.SYNC_RETIRES_UNREAD, file, Problem.FILE_LATER_EPOCH);
        });
        if (lacks || held < pushed.get(replica)) {
            requireNoneUnreadable(SegmentName.FOLDER + (lacks ? replica + "/" : ""));
        }
        Long before = remoteState.retired().get(replica);
        if (before == null || before < held) {
            put(new Retirement(state.library(), replica, held, database.replica(), context.now()));
        }
    }

    /**
     * Returns whether garbage collection waits for the replica. It may do so even if the replica has no change and
     * never used this storage.
     */
    private boolean isWaitedFor(ReplicaId replica) {
        return database.changelog().acknowledgements().stream()
                .anyMatch(each -> each.replica().equals(replica));
    }

    /**
     * Fails if a segment or snapshot that may contain the missing changes cannot be read at the moment.
     *
     * @param waitsFor the folder of segments that must be readable: that of the device, or that of all devices if its
     *     changes wait for changes of others
     */
    private void requireNoneUnreadable(String waitsFor) {
        Stream.of(waitsFor, RemoteNames.SNAPSHOTS)
                .flatMap(folder -> fileErrors.temporarilyUnreadable(folder).stream())
                .findFirst()
                .ifPresent(file -> {
                    throw new SyncException(Problem.SYNC_RETIRES_UNREAD, file.name(), file.reason());
                });
    }

    /** Uploads a retirement, then retires the replica on this device. */
    private void put(Retirement retirement) {
        byte[] content = retirement.toBytes();
        String name = retirement.nameOf(content).toString();
        remoteState.planFile(name, content.length);
        storage.put(name, content);
        remoteState.retire(retirement.replica(), retirement.last());
    }
}
