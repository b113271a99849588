package dev.tidemark.engine.sync;

import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.Changelog;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.Snapshot;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.problem.Problem;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Syncs two changelogs in bounded batches. It first pulls the changes that the local changelog lacks, then pushes those
 * that the remote changelog lacks. Appended batches stay, so the next sync continues where an interrupted sync stopped.
 * If the source no longer has the changes, or if they are much larger than the resulting state, it moves a snapshot
 * first.
 *
 * <p>Thread-safe, because a sync is one call without shared state. Several may run at the same time if the changelogs
 * allow it.
 */
public final class SyncEngine {
    private static final Logger LOG = LoggerFactory.getLogger(SyncEngine.class);

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
     * Syncs any two changelogs, such as those of two databases, of a database and a storage, or of two storages.
     *
     * @param local the changelog that pulls from {@code remote} and pushes to it. The report takes its point of view.
     * @throws dev.tidemark.engine.problem.TidemarkException if either changelog fails. Changes moved until then stay.
     */
    public static SyncReport sync(Changelog local, Changelog remote, SyncOptions options) {
        return new SyncEngine(local, remote, options).run();
    }

    private SyncReport run() {
        // Acknowledgements are read before changes are moved, because an acknowledgement is valid only after the
        // changes that it covers have arrived.
        List<Changelog.Acknowledgement> acknowledgedThere = remote.acknowledgements();
        List<Changelog.Acknowledgement> acknowledgedHere = local.acknowledgements();
        VersionVector remoteVector = remote.vector();
        if (pull(remoteVector)) {
            remoteVector = pullWithoutRejected(remoteVector);
        }
        local.acknowledge(acknowledgedThere);
        if (options.pushes().getAsBoolean()) {
            push(remoteVector);
            remote.acknowledge(acknowledgedHere);
        }
        return new SyncReport(
                pushed,
                pulled,
                conflicts,
                0,
                0,
                blocked,
                Map.of(),
                Map.of(),
                0,
                0,
                0,
                0,
                aheadOfClock,
                List.of(),
                false,
                options.cancelled().getAsBoolean());
    }

    /** Pulls changes, and a snapshot if necessary. Returns whether a snapshot was rejected because of its contents. */
    private boolean pull(VersionVector remoteVector) {
        VersionVector localVector = local.vector();
        if (localVector.covers(remoteVector)) {
            return false;
        }
        Direction direction = pulling();
        pulled = direction.move(localVector, missing(localVector, remoteVector));
        VersionVector reached = local.vector();
        if (direction.hasSnapshotFor(reached, remoteVector)) {
            // Some changes could not be read or applied, but a snapshot may contain them.
            pulled += direction.move(reached, missing(reached, remoteVector));
        }
        blocked = missing(local.vector(), remoteVector);
        return direction.rejected;
    }

    private Direction pulling() {
        // A batch is in memory as a whole, and a large batch slows the machine down.
        Batch.Limit limit = options.pace().get().within(options.pullLimit());
        return new Direction(remote, local, limit, SyncStatus.Progress.Phase.PULLING, appended -> {
            conflicts += appended.conflicts();
            appended.aheadOfClock().forEach((replica, millis) -> aheadOfClock.merge(replica, millis, Math::max));
        });
    }

    /**
     * Pulls once more, after {@code remote} has begun to ignore the rejected snapshot. Returns the vector of
     * {@code remote}. A forged snapshot may claim changes of replicas that do not exist. Changes that only the snapshot
     * claims therefore count as missing only if another file or this database contains changes of their replica.
     */
    private VersionVector pullWithoutRejected(VersionVector claimed) {
        VersionVector remoteVector = remote.vector();
        pulled += pulling().moveChanges(local.vector(), missing(local.vector(), remoteVector), pulled);
        VersionVector localVector = local.vector();
        Map<ReplicaId, Long> known = new HashMap<>(claimed.heads());
        known.keySet().removeIf(replica -> localVector.get(replica) == 0 && remoteVector.get(replica) == 0);
        blocked = missing(localVector, remoteVector.merge(VersionVector.of(known)));
        return remoteVector;
    }

    private void push(VersionVector remoteVector) {
        VersionVector localVector = local.vector();
        if (remoteVector.covers(localVector)) {
            return;
        }
        Direction direction =
                new Direction(local, remote, options.pushLimit(), SyncStatus.Progress.Phase.PUSHING, appended -> {});
        pushed = direction.move(remoteVector, missing(remoteVector, localVector));
    }

    /** Returns the number of changes that {@code there} has and {@code here} lacks. */
    static long missing(VersionVector receiver, VersionVector sender) {
        long missing = 0;
        for (Map.Entry<ReplicaId, Long> head : sender.heads().entrySet()) {
            missing += Math.max(0, head.getValue() - receiver.get(head.getKey()));
        }
        return missing;
    }

    /** One direction of a sync: the pull or the push. */
    private final class Direction {
        private final Changelog from;
        private final Changelog to;
        private final Batch.Limit limit;
        private final SyncStatus.Progress.Phase phase;
        private final Consumer<Changelog.AppendResult> onAppended;
        private final Set<String> unusable = new HashSet<>();
        private boolean rejected;

        Direction(
                Changelog from,
                Changelog to,
                Batch.Limit limit,
                SyncStatus.Progress.Phase phase,
                Consumer<Changelog.AppendResult> tell) {
            this.from = from;
            this.to = to;
            this.limit = limit;
            this.phase = phase;
            this.onAppended = tell;
        }

        /**
         * Returns whether changes are still missing at a vector, and a snapshot that has not failed may contain them.
         */
        boolean hasSnapshotFor(VersionVector reached, VersionVector wanted) {
            if (reached.covers(wanted) || options.cancelled().getAsBoolean()) {
                return false;
            }
            try (Snapshot snapshot = from.snapshotFor(reached)) {
                return snapshot != null && !unusable.contains(snapshot.name());
            }
        }

        /**
         * Moves the changes after a vector. If a snapshot is necessary or much smaller than the changes, moves the
         * snapshot first. Returns the number of changes moved.
         */
        long move(VersionVector after, long expected) {
            long moved = 0;
            VersionVector reached = after;
            boolean looking = true;
            while (looking) {
                try (Snapshot snapshot = from.snapshotFor(reached)) {
                    looking = snapshot != null && !unusable.contains(snapshot.name());
                    if (snapshot == null || !looking) {
                        continue;
                    }
                    options.progress().accept(new SyncStatus.Progress(phase, 0, expected));
                    try {
                        Changelog.AppendResult taken =
                                to.installSnapshot(new CancellableSnapshot(snapshot, options.cancelled()));
                        onAppended.accept(taken);
                        moved += taken.changes();
                        reached = reached.merge(snapshot.vector());
                        looking = false;
                    } catch (CancellableSnapshot.CancelledException e) {
                        // The parts that were read stay. The next sync continues after them.
                        return moved;
                    } catch (Snapshot.UnusableException e) {
                        unusable.add(snapshot.name());
                        rejected |= e.arguments().contains(Problem.FILE_DROPS_ROWS);
                        LOG.warn("A snapshot cannot be used; the sync tries another one, or the changes", e);
                    }
                }
            }
            return moved + moveChanges(reached, expected, moved);
        }

        private long moveChanges(VersionVector after, long expected, long before) {
            long moved = 0;
            long read = before;
            options.progress().accept(new SyncStatus.Progress(phase, read, Math.max(read, expected)));
            try (Batch.Reader reader = paced(from.read(after, limit))) {
                while (!options.cancelled().getAsBoolean()) {
                    Batch batch = reader.next();
                    if (batch == null) {
                        break;
                    }
                    Changelog.AppendResult appended = to.append(batch);
                    onAppended.accept(appended);
                    moved += appended.changes();
                    read += batch.changes().size();
                    options.progress().accept(new SyncStatus.Progress(phase, read, Math.max(read, expected)));
                }
            }
            return moved;
        }

        /** Paces pulls only, because merging takes processor time. Pushing in small parts would create many files. */
        private Batch.Reader paced(Batch.Reader reader) {
            return phase == SyncStatus.Progress.Phase.PULLING
                    ? new PacedReader(reader, options.pace(), options.cancelled())
                    : reader;
        }
    }
}
