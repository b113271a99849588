package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.BatchLimit;
import dev.tidemark.engine.changelog.BatchReader;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.codec.ChangeSize;
import dev.tidemark.engine.internal.log.DeliveryOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Merges the replicas' streams into causal order: of the changes whose writers had seen nothing that is still to come,
 * the one with the earliest stamp. What builds on a change that cannot be had waits; the rest goes on.
 */
final class SegmentBatchReader implements BatchReader {
    /** How many bytes of segments wait in memory at most, over all replicas. */
    private static final long BYTES_AHEAD = 24L << 20;

    private final BatchLimit limit;
    private final SegmentIndex index;
    private final Consumer<Map<ReplicaId, Long>> lacking;
    private final DeliveryOrder order;
    private final List<ReplicaStream> streams = new ArrayList<>();

    /** @param lacking told at the end of which replicas changes lack, with the first of each */
    SegmentBatchReader(
            VersionVector after,
            BatchLimit limit,
            SegmentIndex index,
            SegmentFetcher fetcher,
            Consumer<Map<ReplicaId, Long>> lacking) {
        this.limit = limit;
        this.index = index;
        this.lacking = lacking;
        this.order = new DeliveryOrder(after);
        List<Map.Entry<ReplicaId, Long>> ahead = index.vector().heads().entrySet().stream()
                .filter(head -> head.getValue() > after.get(head.getKey()))
                .toList();
        for (Map.Entry<ReplicaId, Long> head : ahead) {
            ReplicaId replica = head.getKey();
            streams.add(new ReplicaStream(replica, after.get(replica), index, fetcher, BYTES_AHEAD / ahead.size()));
        }
    }

    @Override
    public @Nullable Batch next() {
        List<Change> changes = new ArrayList<>();
        long bytes = 0;
        while (changes.size() < limit.changes()) {
            ReplicaStream stream = earliest();
            if (stream == null) {
                break;
            }
            Change change = shown(stream);
            bytes += ChangeSize.of(change);
            if (!changes.isEmpty() && bytes > limit.bytes()) {
                break;
            }
            changes.add(change);
            stream.take();
            order.deliver(change.dot());
        }
        if (changes.isEmpty()) {
            lacking.accept(lacking());
            return null;
        }
        return new Batch(changes);
    }

    /** What the streams wait for that no stream will bring. */
    private Map<ReplicaId, Long> lacking() {
        Map<ReplicaId, Long> first = new HashMap<>();
        VersionVector listed = index.vector();
        for (ReplicaStream stream : streams) {
            Change change = stream.peek();
            if (change == null && stream.following() <= listed.get(stream.replica())) {
                first.put(stream.replica(), stream.following());
            } else if (change != null) {
                order.missing(change).forEach((replica, cited) -> {
                    if (cited > index.end(replica)) {
                        // That one was given up already: so it is this one that nobody will ever have.
                        first.put(stream.replica(), stream.following());
                    } else if (listed.get(replica) < cited) {
                        first.put(replica, order.delivered(replica) + 1);
                    }
                });
            }
        }
        return first;
    }

    private @Nullable ReplicaStream earliest() {
        ReplicaStream best = null;
        for (ReplicaStream stream : streams) {
            Change change = stream.peek();
            if (change == null || !order.isDue(change)) {
                continue;
            }
            if (best == null || change.stamp().compareTo(shown(best).stamp()) < 0) {
                best = stream;
            }
        }
        return best;
    }

    private static Change shown(ReplicaStream stream) {
        Change change = stream.peek();
        if (change == null) {
            throw new IllegalStateException("A stream lost the change that it had shown");
        }
        return change;
    }

    @Override
    public void close() {
        streams.forEach(ReplicaStream::close);
    }
}
