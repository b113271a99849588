package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.Problem;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.segment.SegmentName;
import dev.tidemark.engine.internal.store.SqliteDatabase;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.sync.SyncException;
import dev.tidemark.engine.sync.SyncReport;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Which replicas are retired, and where each ends (docs/correctness.md#r7): read from a remote, and seen to it that the
 * remote says what is known here. Requests are counted as maintenance.
 */
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
     * Reads the retirements that this device does not know yet. Until one can be read, its replica counts as active: no device
     * removes a file that it may need.
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
                vanished -> {}); // A greater one has replaced it, or the listing lags: the next sync reads that.
    }

    /** The last change of each retired replica that counts here: what was merged before it was heard of stays. */
    Map<ReplicaId, Long> ends() {
        VersionVector held = database.changelog().vector();
        Map<ReplicaId, Long> ends = new TreeMap<>();
        remoteState.retired().forEach((replica, last) -> ends.put(replica, Math.max(last, held.get(replica))));
        return ends;
    }

    /**
     * What was merged here before the retirement was heard of stays, so nobody may end sooner: the greater number holds.
     * And a remote that was wiped, or another one, is told what this device knows.
     */
    void upload(RemoteListing listing, UUID library, Instant now) {
        Map<ReplicaId, Long> there = new TreeMap<>();
        listing.retirements().forEach((name, size) -> {
            if (isWhole(name, size)) {
                there.merge(name.replica(), name.last(), Math::max);
            }
        });
        ends().forEach((replica, end) -> {
            Long said = there.get(replica);
            if (!replica.equals(database.replica()) && (said == null || said < end)) {
                put(new Retirement(library, replica, end, database.replica(), now));
                there.put(replica, end);
            }
        });
        removeDamaged(listing, there);
    }

    /** What cannot be read and is said by another one keeps nobody from anything, but is complained of by everybody. */
    private void removeDamaged(RemoteListing listing, Map<ReplicaId, Long> said) {
        for (Retirement.Name name : listing.retirements().keySet()) {
            boolean isBad = fileErrors.isUnverified(name.toString());
            if (isBad && said.getOrDefault(name.replica(), 0L) >= name.last()) {
                storage.delete(name.toString());
            }
        }
    }

    /** As far as this device knows: one that it put itself, or tried to read. */
    private boolean isWhole(Retirement.Name name, long size) {
        Long put = remoteState.sizeOf(name.toString());
        return (put == null || put == size)
                && !fileErrors.isUnverified(name.toString())
                && !fileErrors.isUnread(name.toString());
    }

    /**
     * Retires another device at its last change that is applied here. Changes that are lost for good are given up; changes
     * that only cannot be read at this moment are not.
     *
     * @param report what the sync just before returned
     * @param pushed what the storage holds after it
     */
    void retire(ReplicaId replica, SyncReport report, VersionVector pushed) {
        RemoteStateStore.State state = remoteState.state();
        boolean lacks = report.lacking().containsKey(replica);
        long held = database.changelog().vector().get(replica);
        boolean isKnown = held > 0 || remoteState.devices().containsKey(replica) || lacks;
        if (state == null || !isKnown) {
            throw new SyncException(Problem.SYNC_DEVICE_UNKNOWN, storage.description(), replica);
        }
        if (report.readOnly()) {
            throw new SyncException(Problem.SYNC_STORAGE_NEWER);
        }
        if (lacks || held < pushed.get(replica)) {
            requireNoneUnreadable(SegmentName.FOLDER + (lacks ? replica + "/" : ""));
        }
        Long before = remoteState.retired().get(replica);
        if (before == null || before < held) {
            put(new Retirement(state.library(), replica, held, database.replica(), context.now()));
        }
    }

    /**
     * @param waitsFor the folder of the device's segments; that of all, if its changes wait for those of others. A snapshot
     *     may hold the missing changes, too.
     */
    private void requireNoneUnreadable(String waitsFor) {
        Stream.of(waitsFor, RemoteNames.SNAPSHOTS)
                .flatMap(folder -> fileErrors.temporarilyUnreadable(folder).stream())
                .findFirst()
                .ifPresent(file -> {
                    throw new SyncException(Problem.SYNC_RETIRES_UNREAD, file.name(), file.reason());
                });
    }

    /** The remote says so before this device goes by it. */
    private void put(Retirement retirement) {
        byte[] content = retirement.toBytes();
        String name = retirement.nameOf(content).toString();
        remoteState.planFile(name, content.length);
        storage.put(name, content);
        remoteState.retire(retirement.replica(), retirement.last());
    }
}
