package dev.tidemark.engine.internal.log;

import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.ChangelogQuery;
import dev.tidemark.engine.changelog.ReplicaId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Answers one query from the changelog, in the order of timestamps (decision 12). Reads a range only if it may contain
 * one of the next answers. A search may continue in another transaction. It does not find changes that were appended
 * after its start. Not thread-safe.
 */
public final class LogSearch {
    private ChangelogQuery query;
    private final TreeSet<Change> found;
    private @Nullable Change latest;
    private @Nullable CandidateRanges candidates;

    public LogSearch(ChangelogQuery query) {
        this.query = query;
        Comparator<Change> oldestFirst = Comparator.comparing(Change::timestamp).thenComparing(Change::dot);
        this.found = new TreeSet<>(query.isNewestFirst() ? oldestFirst.reversed() : oldestFirst);
    }

    /** Returns the next {@code most} answers, or fewer at the end. The caller enforces the query's limit. */
    public List<Change> next(LogAccess access, int most) throws SQLException {
        if (candidates == null) {
            candidates = begin(access);
        }
        List<Change> answers = new ArrayList<>();
        while (answers.size() < most) {
            readNextCandidates(access, candidates);
            Change next = found.pollFirst();
            if (next == null) {
                break;
            }
            answers.add(next);
            latest = next;
        }
        return answers;
    }

    private void readNextCandidates(LogAccess access, CandidateRanges left) throws SQLException {
        CandidateRange candidate = left.peek(access);
        while (candidate != null && mayComeNext(candidate)) {
            left.drop();
            read(access, candidate.replica(), candidate.first(), candidate.last());
            candidate = left.peek(access);
        }
    }

    private boolean mayComeNext(CandidateRange candidate) {
        Change first = found.isEmpty() ? null : found.first();
        return first == null
                || (query.isNewestFirst()
                        ? candidate.highest() >= first.hlcTime()
                        : candidate.lowest() <= first.hlcTime());
    }

    private boolean comesAfter(@Nullable Change answered, Change change) {
        return answered == null || Objects.requireNonNull(found.comparator()).compare(answered, change) < 0;
    }

    private void read(LogAccess access, int replica, long first, long last) throws SQLException {
        long from = Math.max(first, query.firstSequence());
        long to = Math.min(last, query.lastSequence());
        if (from <= to) {
            access.reader().read(replica, from, to, change -> {
                // Log truncation and squashing recompute summaries, so a range may return changes that were already
                // answered.
                if (query.matches(change) && comesAfter(latest, change)) {
                    found.add(change);
                }
            });
        }
    }

    private CandidateRanges begin(LogAccess access) throws SQLException {
        Integer table = query.table() == null
                ? Integer.valueOf(LogSummaries.ALL_TABLES)
                : access.names().knownTable(query.table());
        Map<Integer, Long> heads = heads(access);
        if (table == null || heads.isEmpty()) {
            return CandidateRanges.of(query, List.of());
        }
        if (query.transaction() > 0) {
            query = boundedByTransaction(access, heads.keySet().iterator().next());
        }
        if (query.row() != null) {
            return CandidateRanges.of(
                    query,
                    new RowChangeIndex(access.statements())
                            .candidates(query, table, Objects.requireNonNull(query.row()), heads));
        }
        Map<Integer, Long> covered = new LinkedHashMap<>();
        for (Map.Entry<Integer, Long> head : heads.entrySet()) {
            long end = access.summaries().coveredBy(head.getKey());
            covered.put(head.getKey(), end);
            // Changes without a summary are read at once, because any of them may be an answer.
            read(access, head.getKey(), end + 1, head.getValue());
        }
        return CandidateRanges.of(access, query, table, covered);
    }

    /** Limits the query to the sequence numbers of its transaction, which are consecutive. */
    private ChangelogQuery boundedByTransaction(LogAccess access, int replica) throws SQLException {
        long last = access.reader().lastOfTransaction(replica, query.transaction());
        long from = Math.max(query.firstSequence(), query.transaction());
        return query.sequences(from, Math.min(query.lastSequence(), last));
    }

    /** Returns the last sequence number of each replica that the query asks for. */
    private Map<Integer, Long> heads(LogAccess access) throws SQLException {
        Map<Integer, Long> heads = access.reader().heads();
        ReplicaId only = query.replica();
        if (only != null) {
            heads.keySet().removeIf(number -> !access.names().replicaId(number).equals(only));
        }
        return heads;
    }
}
