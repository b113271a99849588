package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.changelog.ChainHash;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.internal.segment.DamagedFileException;
import dev.tidemark.engine.internal.segment.SegmentReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Reads one replica's changes in order, from segments that it downloads in advance. The stream ends before the first
 * change that is in no usable segment. Not thread-safe.
 */
final class ReplicaStream implements AutoCloseable {
    private static final int AHEAD = 8;

    /**
     * A stream ends after this many bytes of unusable segments. Their number is not limited, because a program that
     * syncs once and exits finds the same small unusable segments each time, and these must not end the stream.
     */
    static final long MAX_FAILED_BYTES = 64L << 20;

    private record Fetch(SegmentIndex.Entry entry, Future<byte[]> request) {}

    private final ReplicaId replica;
    private final SegmentIndex index;
    private final SegmentFetcher fetcher;
    private final ChainSource chains;
    private final SegmentMemoryBudget memoryBudget;
    private final long bytesAhead;
    private final Deque<Fetch> fetches = new ArrayDeque<>();

    private long delivered;
    private @Nullable ChainHash chain;
    private boolean isChainRead;
    private long planned;
    private SegmentIndex.@Nullable Entry current;
    private @Nullable SegmentReader reader;
    private @Nullable Change head;
    private boolean waiting;
    private long failedBytes;

    /**
     * @param room the memory budget of all streams
     * @param bytesAhead the maximal number of bytes of segments that wait in memory, besides the open segment and the
     *     next one
     */
    ReplicaStream(
            ReplicaId replica,
            long after,
            SegmentIndex index,
            SegmentFetcher fetcher,
            ChainSource chains,
            SegmentMemoryBudget room,
            long bytesAhead) {
        this.memoryBudget = room;
        this.replica = replica;
        this.index = index;
        this.chains = chains;
        this.fetcher = fetcher;
        this.bytesAhead = bytesAhead;
        this.delivered = after;
        this.planned = after;
        fetchAhead(false);
    }

    /** Returns the next change; null at the end of the stream, or while the memory budget is used up. */
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

    /** Returns whether the stream ended only for now, and continues once other streams release memory. */
    boolean isWaitingForMemory() {
        return waiting;
    }

    /**
     * Returns the memory in bytes that the open segment takes: its content, and as much again for decoded values; 0 if
     * none is open.
     */
    long held() {
        return reader == null ? 0 : 2 * reader.contentLength();
    }

    /** Releases memory for other streams. Later, the stream reads again the change that {@link #peek} returned. */
    void evict() {
        closeReader();
        head = null;
        planAgain();
    }

    private void closeReader() {
        memoryBudget.closed(held());
        reader = null;
    }

    ReplicaId replica() {
        return replica;
    }

    /** Returns the sequence number of the change after the last taken one. */
    long following() {
        return delivered + 1;
    }

    /** Consumes the change that {@link #peek} returned. */
    void take() {
        if (head == null) {
            throw new IllegalStateException("Nothing was shown");
        }
        delivered = head.dot().sequence();
        head = null;
        chain = chain == null ? null : Objects.requireNonNull(reader).chain();
    }

    /**
     * Returns the chain hash at the last taken change. Null if no change was taken, or if the changes come from
     * segments that do not continue each other.
     */
    @Nullable
    ChainHash chain() {
        return isChainRead ? chain : null;
    }

    /**
     * Compares a hash of the open segment with the chain hash at the last delivered change. Drops the chain hash if
     * they differ.
     */
    private void compare(ChainHash hash) {
        if (!isChainRead) {
            isChainRead = true;
            chain = chains.at(replica, delivered);
        }
        if (!hash.equals(chain)) {
            chain = null;
        }
    }

    private void advance() {
        SegmentReader open = reader;
        if (open == null || current == null) {
            return;
        }
        try {
            Change change = open.next();
            while (change != null && change.dot().sequence() <= delivered) {
                if (change.dot().sequence() == delivered) {
                    compare(open.chain());
                }
                change = open.next();
            }
            boolean isOver = change == null || change.dot().sequence() > index.end(replica);
            if (change != null && !isOver && !fetcher.isAccepted(current, change)) {
                giveUp(current);
                return;
            }
            head = isOver ? null : change;
            if (isOver) {
                closeReader();
            }
        } catch (DamagedFileException e) {
            fetcher.report(current, e);
            giveUp(current);
        }
    }

    /** Closes an unusable segment. The stream then looks for other segments with the same changes. */
    private void giveUp(SegmentIndex.Entry unusable) {
        failedBytes += unusable.size();
        closeReader();
        planAgain();
    }

    private boolean openNext() {
        while (failedBytes < MAX_FAILED_BYTES) {
            waiting = !memoryBudget.mayOpen() && index.next(replica, delivered, fetcher::isUsable) != null;
            if (waiting) {
                return false;
            }
            fetchAhead(true);
            Fetch fetch = fetches.poll();
            if (fetch == null) {
                return false;
            }
            memoryBudget.taken(fetch.entry.size());
            reader = fetcher.open(fetch.entry, fetch.request);
            memoryBudget.opened(held());
            if (reader != null) {
                current = fetch.entry;
                if (fetch.entry.name().first() == delivered + 1) {
                    compare(reader.header().before());
                }
                fetchAhead(false);
                return true;
            }
            giveUp(fetch.entry);
            if (fetcher.isVanished(fetch.entry) && !index.listAgain(fetch.entry)) {
                fetcher.clearError(fetch.entry);
            }
        }
        return false;
    }

    /** Discards the segments that were downloaded in advance, so that the stream can choose segments again. */
    private void planAgain() {
        fetches.forEach(fetch -> {
            memoryBudget.taken(fetch.entry.size());
            fetch.request.cancel(true);
        });
        fetches.clear();
        planned = delivered;
    }

    /**
     * @param isDue whether the next segment is opened at once. It then needs no budget for waiting segments.
     */
    private void fetchAhead(boolean isDue) {
        long fetched = fetches.stream().mapToLong(fetch -> fetch.entry.size()).sum();
        while (fetches.size() < AHEAD) {
            SegmentIndex.Entry next = index.next(replica, planned, fetcher::isUsable);
            if (next == null || !fits(next.size(), fetched, isDue)) {
                return;
            }
            fetched += next.size();
            memoryBudget.fetched(next.size());
            planned = next.name().last();
            fetches.add(new Fetch(next, fetcher.start(next)));
        }
    }

    private boolean fits(long size, long fetched, boolean isDue) {
        return fetches.isEmpty() ? isDue || memoryBudget.fitsAhead(size) : fetched + size <= bytesAhead;
    }

    @Override
    public void close() {
        closeReader();
        planAgain();
    }
}
