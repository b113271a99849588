package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.internal.segment.DamagedFileException;
import dev.tidemark.engine.internal.segment.SegmentReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * One replica's changes from a position on, in their order, out of segments that are fetched ahead. It ends at the first
 * change that cannot be had. Not thread-safe.
 */
final class ReplicaStream implements AutoCloseable {
    private static final int AHEAD = 8;

    private record Fetch(SegmentIndex.Entry entry, Future<byte[]> request) {}

    private final ReplicaId replica;
    private final SegmentIndex index;
    private final SegmentFetcher fetcher;
    private final long bytesAhead;
    private final Deque<Fetch> fetches = new ArrayDeque<>();

    private long delivered;
    private long planned;
    private SegmentIndex.@Nullable Entry current;
    private @Nullable SegmentReader reader;
    private @Nullable Change head;

    /** @param bytesAhead how many bytes of segments may wait in memory, beside the one that is read */
    ReplicaStream(ReplicaId replica, long after, SegmentIndex index, SegmentFetcher fetcher, long bytesAhead) {
        this.replica = replica;
        this.index = index;
        this.fetcher = fetcher;
        this.bytesAhead = bytesAhead;
        this.delivered = after;
        this.planned = after;
        fetchAhead();
    }

    /** The next change, or null at the end. */
    @Nullable
    Change peek() {
        while (head == null) {
            if (reader == null && !openNext()) {
                return null;
            }
            advance();
        }
        return head;
    }

    ReplicaId replica() {
        return replica;
    }

    /** The number of the change after the last that was taken. */
    long following() {
        return delivered + 1;
    }

    /** Goes past the change that {@link #peek} showed. */
    void take() {
        if (head == null) {
            throw new IllegalStateException("Nothing was shown");
        }
        delivered = head.dot().sequence();
        head = null;
    }

    private void advance() {
        SegmentReader open = reader;
        if (open == null || current == null) {
            return;
        }
        try {
            Change change = open.next();
            while (change != null && change.dot().sequence() <= delivered) {
                change = open.next();
            }
            boolean isOver = change == null || change.dot().sequence() > index.end(replica);
            head = isOver ? null : change;
            if (isOver) {
                reader = null;
            }
        } catch (DamagedFileException e) {
            fetcher.report(current, e);
            reader = null;
            planAgain();
        }
    }

    private boolean openNext() {
        while (true) {
            fetchAhead();
            Fetch fetch = fetches.poll();
            if (fetch == null) {
                return false;
            }
            reader = fetcher.open(fetch.entry, fetch.request);
            if (reader != null) {
                current = fetch.entry;
                fetchAhead();
                return true;
            }
            planAgain();
            if (fetcher.isVanished(fetch.entry) && !index.listAgain(fetch.entry)) {
                fetcher.excuse(fetch.entry);
            }
        }
    }

    /** What was fetched ahead followed upon a segment that is no good: others may cover the same changes. */
    private void planAgain() {
        fetches.forEach(fetch -> fetch.request.cancel(true));
        fetches.clear();
        planned = delivered;
    }

    private void fetchAhead() {
        long waiting = fetches.stream().mapToLong(fetch -> fetch.entry.size()).sum();
        while (fetches.size() < AHEAD) {
            SegmentIndex.Entry next = index.next(replica, planned, fetcher::isUsable);
            if (next == null || (!fetches.isEmpty() && waiting + next.size() > bytesAhead)) {
                return;
            }
            waiting += next.size();
            planned = next.name().last();
            fetches.add(new Fetch(next, fetcher.start(next)));
        }
    }

    @Override
    public void close() {
        planAgain();
    }
}
