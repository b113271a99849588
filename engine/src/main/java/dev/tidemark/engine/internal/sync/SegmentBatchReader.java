package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.CausalContext;
import dev.tidemark.engine.changelog.ChainHash;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.codec.ChangeSize;
import dev.tidemark.engine.internal.codec.FormatLimits;
import dev.tidemark.engine.internal.log.CausalDelivery;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Merges the replicas' streams into causal order. Of the changes whose dependencies were delivered, it delivers the one
 * with the earliest HLC timestamp. A change that depends on a missing change waits. All others are delivered.
 */
final class SegmentBatchReader implements Batch.Reader {
    /** The approximate memory of one entry of a causal context, in bytes. */
    private static final long CONTEXT_ENTRY_BYTES = 96;

    private final Batch.Limit limit;
    private final SegmentIndex index;
    private final Consumer<Map<ReplicaId, Long>> missing;
    private final Consumer<Map<Dot, ChainHash>> delivered;
    private final SegmentFetcher fetcher;
    private final CausalDelivery order;
    private final List<ReplicaStream> streams = new ArrayList<>();
    private CausalContext lastContext = CausalContext.EMPTY;
    private int turn;
    private int inUse;

    /**
     * @param chains returns the chain hashes of the changes within {@code after}
     * @param missing receives at the end, for each replica with missing changes, the first missing sequence number
     * @param delivered receives, when this reader is closed, the chain hash at the last change of each replica
     */
    SegmentBatchReader(
            VersionVector after,
            Batch.Limit limit,
            SegmentIndex index,
            SegmentFetcher fetcher,
            ChainSource chains,
            Consumer<Map<ReplicaId, Long>> missing,
            Consumer<Map<Dot, ChainHash>> delivered) {
        this(after, limit, index, fetcher, chains, missing, delivered, new SegmentMemoryBudget());
    }

    /** @param room the memory budget of all segments */
    SegmentBatchReader(
            VersionVector after,
            Batch.Limit limit,
            SegmentIndex index,
            SegmentFetcher fetcher,
            ChainSource chains,
            Consumer<Map<ReplicaId, Long>> missing,
            Consumer<Map<Dot, ChainHash>> delivered,
            SegmentMemoryBudget room) {
        this.limit = limit;
        this.index = index;
        this.fetcher = fetcher;
        this.missing = missing;
        this.delivered = delivered;
        this.order = new CausalDelivery(after);
        this.inUse =
                (int) after.heads().keySet().stream().filter(index::isInUse).count();
        List<Map.Entry<ReplicaId, Long>> ahead = index.vector().heads().entrySet().stream()
                .filter(head -> head.getValue() > after.get(head.getKey()))
                .toList();
        for (Map.Entry<ReplicaId, Long> head : ahead) {
            ReplicaId replica = head.getKey();
            streams.add(new ReplicaStream(
                    replica,
                    after.get(replica),
                    index,
                    fetcher,
                    chains,
                    room,
                    SegmentMemoryBudget.aheadOf(ahead.size())));
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
            bytes += ChangeSize.of(change) + contextBytes(change.context());
            if (!changes.isEmpty() && bytes > limit.bytes()) {
                break;
            }
            changes.add(change);
            lastContext = change.context();
            stream.take();
            if (order.delivered(stream.replica()) == 0 && index.isInUse(stream.replica())) {
                inUse++;
            }
            order.deliver(change.dot());
        }
        if (changes.isEmpty()) {
            missing.accept(missing());
            return null;
        }
        return new Batch(changes);
    }

    /** Returns, for each replica with missing changes, the sequence number of the first missing change. */
    private Map<ReplicaId, Long> missing() {
        Map<ReplicaId, Long> first = new HashMap<>();
        VersionVector listed = index.vector();
        for (ReplicaStream stream : streams) {
            if (!mayJoin(stream.replica())) {
                index.of(stream.replica()).stream().findFirst().ifPresent(fetcher::reportTooManyDevices);
                continue;
            }
            Change change = stream.peek();
            if (change == null && stream.following() <= listed.get(stream.replica())) {
                first.put(stream.replica(), stream.following());
            } else if (change != null) {
                order.missingDependencies(change).forEach((replica, cited) -> {
                    if (cited > index.end(replica)) {
                        // The required change is above the end of a retired replica, so this change can never be
                        // applied.
                        first.put(stream.replica(), stream.following());
                    } else if (listed.get(replica) < cited) {
                        first.put(replica, order.delivered(replica) + 1);
                    }
                });
            }
        }
        return first;
    }

    /**
     * Returns the memory of a change's context in bytes; 0 if it is the same object as the context of the previous
     * change, as for most changes.
     */
    @SuppressWarnings("ReferenceEquality")
    private long contextBytes(CausalContext context) {
        return context == lastContext
                ? 0
                : CONTEXT_ENTRY_BYTES
                        * (context.vector().heads().size() + context.unseen().size());
    }

    /**
     * Returns the stream whose next change has the earliest timestamp of all deliverable ones; null if none is
     * deliverable. If all streams in memory wait for others, it evicts the largest stream, so that the streams without
     * memory can be read in turn. Any of them may have the deliverable change.
     */
    private @Nullable ReplicaStream earliest() {
        ReplicaStream best = due();
        for (int tries = 0; best == null && tries < streams.size(); tries++) {
            turn = (turn + 1) % streams.size();
            ReplicaStream next = streams.get(turn);
            if (next.isWaitingForMemory()) {
                streams.stream()
                        .max(Comparator.comparingLong(ReplicaStream::held))
                        .ifPresent(ReplicaStream::evict);
                best = next.peek() == null ? null : due();
            }
        }
        return best;
    }

    private @Nullable ReplicaStream due() {
        ReplicaStream best = null;
        for (ReplicaStream stream : streams) {
            Change change = mayJoin(stream.replica()) ? stream.peek() : null;
            if (change == null || !order.isDeliverable(change)) {
                continue;
            }
            if (best == null || change.timestamp().compareTo(shown(best).timestamp()) < 0) {
                best = stream;
            }
        }
        return best;
    }

    /**
     * Whether the limits allow changes of this replica. There are limits because anyone can invent replicas. Retired
     * replicas count only against {@code REPLICAS}.
     */
    private boolean mayJoin(ReplicaId replica) {
        return order.delivered(replica) > 0
                || (order.replicas() < FormatLimits.REPLICAS
                        && (inUse < FormatLimits.REPLICAS_APPLIED || !index.isInUse(replica)));
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
        Map<Dot, ChainHash> reached = new HashMap<>();
        for (ReplicaStream stream : streams) {
            ChainHash hash = stream.chain();
            if (hash != null && stream.following() > 1) {
                reached.put(new Dot(stream.replica(), stream.following() - 1), hash);
            }
            stream.close();
        }
        delivered.accept(reached);
    }
}
