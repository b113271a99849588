package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.BatchLimit;
import dev.tidemark.engine.changelog.BatchReader;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Context;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Merges the replicas' streams into causal order: of the changes whose writers had seen nothing that is still to come,
 * the one with the earliest stamp. What builds on a change that cannot be had waits; the rest goes on.
 */
final class SegmentBatchReader implements BatchReader {
    /** How many bytes of segments wait in memory at most, over all replicas. */
    private static final long BYTES_AHEAD = 24L << 20;

    private final BatchLimit limit;
    private final Map<ReplicaId, Long> delivered;
    private final List<Source> sources = new ArrayList<>();

    /** A stream, and the context that its writer was last found to have seen rightly. */
    private static final class Source {
        private final ReplicaStream stream;
        private Context settled = Context.EMPTY;

        Source(ReplicaStream stream) {
            this.stream = stream;
        }
    }

    SegmentBatchReader(VersionVector after, BatchLimit limit, SegmentIndex index, SegmentFetcher fetcher) {
        this.limit = limit;
        this.delivered = new HashMap<>(after.heads());
        List<Map.Entry<ReplicaId, Long>> ahead = index.vector().heads().entrySet().stream()
                .filter(head -> head.getValue() > after.get(head.getKey()))
                .toList();
        for (Map.Entry<ReplicaId, Long> head : ahead) {
            ReplicaId replica = head.getKey();
            sources.add(new Source(
                    new ReplicaStream(replica, after.get(replica), index, fetcher, BYTES_AHEAD / ahead.size())));
        }
    }

    @Override
    public @Nullable Batch next() {
        List<Change> changes = new ArrayList<>();
        long bytes = 0;
        while (changes.size() < limit.changes()) {
            Source source = earliest();
            if (source == null) {
                break;
            }
            Change change = shown(source);
            bytes += ChangeSize.of(change);
            if (!changes.isEmpty() && bytes > limit.bytes()) {
                break;
            }
            changes.add(change);
            source.stream.take();
            delivered.put(change.dot().replica(), change.dot().sequence());
        }
        return changes.isEmpty() ? null : new Batch(changes);
    }

    private @Nullable Source earliest() {
        Source best = null;
        for (Source source : sources) {
            Change change = source.stream.peek();
            if (change == null || !isDue(source, change)) {
                continue;
            }
            if (best == null || change.stamp().compareTo(shown(best).stamp()) < 0) {
                best = source;
            }
        }
        return best;
    }

    private static Change shown(Source source) {
        Change change = source.stream.peek();
        if (change == null) {
            throw new IllegalStateException("A stream lost the change that it had shown");
        }
        return change;
    }

    /** Whether everything that its writer had applied has been delivered. */
    @SuppressWarnings("ReferenceEquality") // most changes share the very context of the one before
    private boolean isDue(Source source, Change change) {
        Context context = change.context();
        if (context == source.settled) {
            return true;
        }
        for (Map.Entry<ReplicaId, Long> head : context.vector().heads().entrySet()) {
            boolean own = head.getKey().equals(change.dot().replica());
            if (!own && head.getValue() > delivered.getOrDefault(head.getKey(), 0L)) {
                return false;
            }
        }
        for (Dot unseen : context.unseen()) {
            boolean own = unseen.replica().equals(change.dot().replica());
            if (!own && unseen.sequence() > delivered.getOrDefault(unseen.replica(), 0L)) {
                return false;
            }
        }
        source.settled = context;
        return true;
    }

    @Override
    public void close() {
        sources.forEach(source -> source.stream.close());
    }
}
