package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.changelog.CausalContext;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.Maintenance.MissingChanges;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.log.CausalDelivery;
import dev.tidemark.engine.internal.salvage.SalvagedLog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Passes on the changes of a damaged changelog that a backup lacks. Changes without a gap before them keep their
 * numbers. Own changes behind a gap that never left the damaged file get numbers of the new replica, so that they are
 * not lost; all other changes behind a gap come from the storage. One instance serves one pass. Not thread-safe.
 */
final class LogReplay {
    private static final int BATCH = 1000;

    private final SalvagedLog log;
    private final VersionVector base;
    private final CausalDelivery order;
    private final Map<ReplicaId, SalvagedLog.Run> runs = new TreeMap<>();
    private final Map<ReplicaId, NavigableSet<Long>> reissued = new HashMap<>();
    private long applied;

    /** Receives changes in causal order. */
    @FunctionalInterface
    interface Target {
        void accept(List<Change> changes);
    }

    /** @param base the changes that the backup has */
    LogReplay(SalvagedLog log, VersionVector base) {
        this.log = log;
        this.base = base;
        this.order = new CausalDelivery(base);
        log.heads().keySet().forEach(replica -> runs.put(replica, log.run(replica, base.get(replica))));
    }

    /** Passes on all changes whose predecessors and causal context are there. */
    void deliver(Target target) {
        List<Change> batch = new ArrayList<>();
        boolean isProgress = true;
        while (isProgress) {
            isProgress = false;
            for (Map.Entry<ReplicaId, SalvagedLog.Run> run : runs.entrySet()) {
                Change next = next(run.getValue());
                while (next != null) {
                    isProgress = true;
                    order.deliver(next.dot());
                    run.getValue().advance();
                    batch.add(next);
                    if (batch.size() == BATCH) {
                        deliver(batch, target);
                    }
                    next = next(run.getValue());
                }
            }
        }
        deliver(batch, target);
    }

    private @Nullable Change next(SalvagedLog.Run run) {
        Change next = run.peek();
        boolean isNext = next != null
                && next.dot().sequence() == order.delivered(next.dot().replica()) + 1
                && order.isDeliverable(next);
        return isNext ? next : null;
    }

    private void deliver(List<Change> batch, Target target) {
        if (!batch.isEmpty()) {
            applied += batch.size();
            target.accept(List.copyOf(batch));
            batch.clear();
        }
    }

    /**
     * Passes on the remaining changes that no storage can have, by their timestamps, under a new id.
     *
     * @param id the new id
     * @param head the last change that the new id has
     */
    void reissue(ReplicaId id, long head, Target target) {
        List<Change> batch = new ArrayList<>();
        Dot transaction = null;
        long first = 0;
        long sequence = head;
        for (Change change = earliest(); change != null; change = earliest()) {
            Dot dot = change.dot();
            reissued.computeIfAbsent(dot.replica(), replica -> new TreeSet<>()).add(dot.sequence());
            sequence++;
            Dot begun = new Dot(dot.replica(), change.transaction());
            if (!begun.equals(transaction)) {
                transaction = begun;
                first = sequence;
            }
            batch.add(new Change(
                    new Dot(id, sequence),
                    first,
                    change.hlcTime(),
                    change.wallMillis(),
                    within(change),
                    change.kind(),
                    change.table(),
                    change.row(),
                    change.values()));
            if (batch.size() == BATCH) {
                deliver(batch, target);
            }
        }
        deliver(batch, target);
    }

    /** Takes the earliest of the remaining changes that no storage can have. */
    private @Nullable Change earliest() {
        Change earliest = runs.values().stream()
                .map(this::nextUnshared)
                .filter(Objects::nonNull)
                .min(Comparator.comparing(Change::timestamp))
                .orElse(null);
        if (earliest != null) {
            Objects.requireNonNull(runs.get(earliest.dot().replica())).advance();
        }
        return earliest;
    }

    private @Nullable Change nextUnshared(SalvagedLog.Run run) {
        Change next = run.peek();
        while (next != null && (isShared(next.dot()) || !hasValues(next))) {
            run.advance();
            next = run.peek();
        }
        return next;
    }

    private boolean isShared(Dot dot) {
        SalvagedLog.Identity identity = log.identity();
        boolean isOwn = dot.replica().equals(identity.replica());
        return identity.hasStorage() && (!isOwn || dot.sequence() <= identity.exported());
    }

    private static boolean hasValues(Change change) {
        return change.kind() != Change.Kind.SCHEMA && change.kind() != Change.Kind.ERASED;
    }

    /** The part of the causal context that the rebuilt database has. */
    private CausalContext within(Change change) {
        Map<ReplicaId, Long> heads = new HashMap<>();
        change.context().vector().heads().forEach((replica, head) -> {
            long held = Math.min(head, order.delivered(replica));
            if (held > 0) {
                heads.put(replica, held);
            }
        });
        ReplicaId writer = change.dot().replica();
        if (order.delivered(writer) > 0) {
            heads.put(writer, Math.min(order.delivered(writer), change.dot().sequence() - 1));
        }
        Set<Dot> unseen = new HashSet<>(change.context().unseen());
        unseen.removeIf(dot -> dot.sequence() > heads.getOrDefault(dot.replica(), 0L));
        return new CausalContext(VersionVector.of(heads), unseen);
    }

    /** Returns how many changes were passed on. */
    long applied() {
        return applied;
    }

    long reissued() {
        return reissued.values().stream().mapToLong(Set::size).sum();
    }

    /** Returns whether either of backup and damaged database has all changes of the other. */
    boolean isRelated() {
        if (!log.areHeadsKnown()) {
            return true;
        }
        VersionVector damaged = VersionVector.of(log.heads());
        return damaged.covers(base) || base.covers(damaged);
    }

    /** Returns the changes of the damaged database that were not passed on. */
    List<MissingChanges> missing() {
        List<MissingChanges> missing = new ArrayList<>();
        new TreeMap<>(log.heads()).forEach((replica, head) -> {
            long first = order.delivered(replica) + 1;
            for (long number : reissued.getOrDefault(replica, new TreeSet<>())) {
                if (first < number) {
                    missing.add(missing(replica, first, number - 1));
                }
                first = number + 1;
            }
            if (first <= head) {
                missing.add(missing(replica, first, head));
            }
        });
        return missing;
    }

    private MissingChanges missing(ReplicaId replica, long first, long last) {
        return new MissingChanges(replica, log.name(replica), first, last, isShared(new Dot(replica, first)));
    }
}
