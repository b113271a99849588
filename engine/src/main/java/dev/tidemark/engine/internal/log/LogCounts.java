package dev.tidemark.engine.internal.log;

import dev.tidemark.engine.changelog.ReplicaId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts changes by period and replica, from the summaries of the changelog (decision 12). Decodes the changes of a
 * summary only if it spans the end of a period. Thread-safe.
 */
public final class LogCounts {
    private record Part(long id, long last, long entries, long oldest, long newest) {}

    private final long[] bounds;

    /** @param bounds two or more times in ascending order */
    public LogCounts(List<Instant> bounds) {
        this.bounds = bounds.stream().mapToLong(Instant::toEpochMilli).toArray();
        for (int index = 1; index < this.bounds.length; index++) {
            if (this.bounds[index - 1] > this.bounds[index]) {
                throw new IllegalArgumentException("The times of periods ascend");
            }
        }
        if (this.bounds.length < 2) {
            throw new IllegalArgumentException("A period has two bounds");
        }
    }

    /** Counts through one connection, in one transaction. */
    public List<Map<ReplicaId, Long>> count(LogAccess access) throws SQLException {
        List<Map<ReplicaId, Long>> counts = new ArrayList<>();
        for (int index = 1; index < bounds.length; index++) {
            counts.add(new HashMap<>());
        }
        List<Part> parts = access.statements()
                .list(
                        "SELECT id, last, entries, oldest, newest FROM tm_log_summary"
                                + " WHERE table_no = 0 AND newest >= ? AND oldest < ?",
                        row -> new Part(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5)),
                        bounds[0],
                        bounds[bounds.length - 1]);
        for (Part part : parts) {
            int replica = BlockId.replica(part.id);
            if (period(part.oldest) == period(part.newest)) {
                add(counts, part.oldest, access.names().replicaId(replica), part.entries);
            } else {
                read(access, counts, replica, BlockId.first(part.id), part.last);
            }
        }
        for (Map.Entry<Integer, Long> head : access.reader().heads().entrySet()) {
            long first = access.summaries().coveredBy(head.getKey()) + 1;
            if (first <= head.getValue()) {
                read(access, counts, head.getKey(), first, head.getValue());
            }
        }
        return counts;
    }

    private void read(LogAccess access, List<Map<ReplicaId, Long>> counts, int replica, long first, long last)
            throws SQLException {
        access.reader()
                .read(
                        replica,
                        first,
                        last,
                        change -> add(counts, change.wallMillis(), change.dot().replica(), 1));
    }

    private void add(List<Map<ReplicaId, Long>> counts, long millis, ReplicaId replica, long number) {
        int period = period(millis);
        if (period >= 0 && period < counts.size()) {
            counts.get(period).merge(replica, number, Long::sum);
        }
    }

    /**
     * Returns the index of the period that contains the time; -1 before the first period, the number of periods after
     * the last.
     */
    private int period(long millis) {
        int found = Arrays.binarySearch(bounds, millis);
        return found >= 0 ? found : -found - 2;
    }
}
