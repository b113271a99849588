package dev.tidemark.engine.sync;

import dev.tidemark.engine.changelog.Acknowledgement;
import dev.tidemark.engine.changelog.Appended;
import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.BatchLimit;
import dev.tidemark.engine.changelog.BatchReader;
import dev.tidemark.engine.changelog.Changelog;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Brings two changelogs in step: first what the other side has and this one lacks, then the other way round, in bounded
 * batches. Each batch that was appended stays, so a sync that ends early is taken up by the next where it stopped.
 *
 * <p>Threads share nothing here: a sync is one call, and may run at the same time as another if the changelogs allow it.
 */
public final class SyncEngine {
    private final Changelog local;
    private final Changelog remote;
    private final SyncOptions options;
    private final Map<ReplicaId, Long> aheadOfClock = new HashMap<>();
    private long pulled;
    private long pushed;
    private long conflicts;
    private long blocked;

    private SyncEngine(Changelog local, Changelog remote, SyncOptions options) {
        this.local = local;
        this.remote = remote;
        this.options = options;
    }

    /** Syncs with the default options. */
    public static SyncReport sync(Changelog local, Changelog remote) {
        return sync(local, remote, SyncOptions.DEFAULT);
    }

    /**
     * Syncs any two changelogs: two databases, a database and a storage, two storages.
     *
     * @param local the side whose view the report takes
     * @throws dev.tidemark.engine.TidemarkException if either side fails; what was moved until then stays
     */
    public static SyncReport sync(Changelog local, Changelog remote, SyncOptions options) {
        return new SyncEngine(local, remote, options).run();
    }

    private SyncReport run() {
        // What they have acknowledged by now is within what is moved below, so it holds as soon as that has arrived.
        List<Acknowledgement> acknowledgedThere = remote.acknowledgements();
        List<Acknowledgement> acknowledgedHere = local.acknowledgements();
        VersionVector theirs = remote.vector();
        pull(theirs);
        local.acknowledge(acknowledgedThere);
        if (options.publishes().getAsBoolean()) {
            push(theirs);
            remote.acknowledge(acknowledgedHere);
        }
        return new SyncReport(
                pushed,
                pulled,
                conflicts,
                0,
                0,
                blocked,
                0,
                0,
                0,
                0,
                aheadOfClock,
                List.of(),
                false,
                options.cancelled().getAsBoolean());
    }

    private void pull(VersionVector theirs) {
        VersionVector ours = local.vector();
        if (ours.covers(theirs)) {
            return;
        }
        Side side = new Side(remote, local, options.pullLimit(), SyncProgress.Phase.PULLING);
        pulled = side.move(ours, missing(ours, theirs), appended -> {
            conflicts += appended.conflicts();
            appended.aheadOfClock().forEach((replica, millis) -> aheadOfClock.merge(replica, millis, Math::max));
        });
        blocked = missing(local.vector(), theirs);
    }

    private void push(VersionVector theirs) {
        VersionVector ours = local.vector();
        if (theirs.covers(ours)) {
            return;
        }
        Side side = new Side(local, remote, options.pushLimit(), SyncProgress.Phase.PUSHING);
        pushed = side.move(theirs, missing(theirs, ours), appended -> {});
    }

    /** How many changes of {@code there} are not within {@code here}. */
    static long missing(VersionVector here, VersionVector there) {
        long missing = 0;
        for (Map.Entry<ReplicaId, Long> head : there.heads().entrySet()) {
            missing += Math.max(0, head.getValue() - here.get(head.getKey()));
        }
        return missing;
    }

    /** One direction. */
    private final class Side {
        private final Changelog from;
        private final Changelog to;
        private final BatchLimit limit;
        private final SyncProgress.Phase phase;

        Side(Changelog from, Changelog to, BatchLimit limit, SyncProgress.Phase phase) {
            this.from = from;
            this.to = to;
            this.limit = limit;
            this.phase = phase;
        }

        long move(VersionVector after, long expected, java.util.function.Consumer<Appended> tell) {
            long moved = 0;
            long read = 0;
            options.progress().accept(new SyncProgress(phase, 0, expected));
            try (BatchReader reader = from.read(after, limit)) {
                while (!options.cancelled().getAsBoolean()) {
                    Batch batch = reader.next();
                    if (batch == null) {
                        break;
                    }
                    Appended appended = to.append(batch);
                    tell.accept(appended);
                    moved += appended.changes();
                    read += batch.changes().size();
                    options.progress().accept(new SyncProgress(phase, read, Math.max(read, expected)));
                }
            }
            return moved;
        }
    }
}
