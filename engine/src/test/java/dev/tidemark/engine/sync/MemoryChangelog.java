package dev.tidemark.engine.sync;

import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.CausalContext;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Changelog;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.problem.Problem;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** A changelog in a list with one writer: a device without tables. */
public final class MemoryChangelog implements Changelog {
    private final ReplicaId replica;
    private final List<Change> changes = new ArrayList<>();
    private VersionVector vector = VersionVector.EMPTY;
    private long time = 1_700_000_000_000L << 12;
    private int largestBatch;

    public MemoryChangelog(ReplicaId replica) {
        this.replica = replica;
    }

    /** Writes one change that has seen everything held. */
    public synchronized Change write(String title) {
        return write(title, new CausalContext(vector.with(replica, 0), Set.of()));
    }

    public synchronized Change write(Object value, CausalContext context) {
        long sequence = vector.get(replica) + 1;
        Change change = new Change(
                new Dot(replica, sequence),
                ++time,
                time >>> 12,
                context,
                Change.Kind.INSERT,
                "todo",
                new UUID(replica.value(), sequence),
                Map.of("title", value));
        add(change);
        return change;
    }

    private void add(Change change) {
        changes.add(change);
        vector = vector.with(change.dot().replica(), change.dot().sequence());
        time = Math.max(time, change.hlcTime());
    }

    public ReplicaId replica() {
        return replica;
    }

    /** All changes by their dots: equal for two logs that hold the same. */
    public synchronized Map<Dot, Change> content() {
        Map<Dot, Change> content = new TreeMap<>();
        changes.forEach(change -> content.put(change.dot(), change));
        return content;
    }

    public synchronized int largestBatch() {
        return largestBatch;
    }

    @Override
    public synchronized VersionVector vector() {
        return vector;
    }

    @Override
    public VersionVector floor() {
        return VersionVector.EMPTY;
    }

    @Override
    public synchronized Batch.Reader read(VersionVector after, Batch.Limit limit) {
        Iterator<Change> wanted = changes.stream()
                .filter(change -> !after.covers(change.dot()))
                .toList()
                .iterator();
        return new Batch.Reader() {
            @Override
            public Batch next() {
                List<Change> batch = new ArrayList<>();
                while (wanted.hasNext() && batch.size() < limit.changes()) {
                    batch.add(wanted.next());
                }
                return batch.isEmpty() ? null : new Batch(batch);
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public synchronized Changelog.AppendResult append(Batch batch) {
        largestBatch = Math.max(largestBatch, batch.changes().size());
        int added = 0;
        for (Change change : batch.changes()) {
            if (vector.covers(change.dot())) {
                continue;
            }
            VersionVector before = vector.with(change.dot().replica(), 0);
            boolean inOrder = change.dot().sequence() == vector.get(change.dot().replica()) + 1;
            if (!inOrder
                    || !before.covers(
                            change.context().vector().with(change.dot().replica(), 0))) {
                throw new Changelog.GapException(Problem.CHANGELOG_GAP, change.dot(), vector);
            }
            add(change);
            added++;
        }
        return new Changelog.AppendResult(added, 0, Map.of());
    }
}
