package dev.tidemark.engine.internal.log;

import dev.tidemark.engine.changelog.ChangelogQuery;
import dev.tidemark.engine.changelog.HlcTimestamp;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Loads the ranges of the changelog that may contain a query's answers, in the order in which the query reads them. Not
 * thread-safe.
 */
final class CandidateRanges {
    private static final int PAGE = 32;
    private static final String SELECT = "SELECT id, last, lowest, highest FROM tm_log_summary WHERE table_no = ?1 ";
    private static final String OF_REPLICA = SELECT + """
        AND id <= ?4 AND last >= ?5 AND newest >= ?6 AND oldest < ?7
        AND id >= coalesce((SELECT max(id) FROM tm_log_summary WHERE table_no = ?1 AND id >= ?2 AND id <= ?3), ?2) \
        """;
    private static final String OF_TIME = SELECT + "AND newest >= ?2 AND oldest < ?3 ";

    /**
     * Leaves out the parts whose changes have none of the kinds or none of the columns. A part without an entry was
     * written by an older version, so it may have any. Added only to queries with such a condition.
     */
    private static final String CONTENT = """
        AND NOT EXISTS (SELECT 1 FROM tm_log_content c WHERE c.id = tm_log_summary.id
          AND ((?8 <> 0 AND c.kinds & ?8 = 0) OR (?9 <> 0 AND c.columns & ?9 = 0))) \
        """;

    private static final String NEWEST_FIRST = SELECT + "AND (highest, id) < (?2, ?3) AND lowest <= ?4 ";
    private static final String OLDEST_FIRST = SELECT + "AND (lowest, id) > (?2, ?3) AND highest >= ?4 ";

    private static final String NEWEST_FIRST_ORDER = "ORDER BY highest DESC, id DESC LIMIT ?5";
    private static final String OLDEST_FIRST_ORDER = "ORDER BY lowest, id LIMIT ?5";

    /** The number of parameters before those of {@link #CONTENT}. */
    private static final int PARAMETERS = 7;

    private final Deque<CandidateRange> loaded = new ArrayDeque<>();
    private final @Nullable Pages pages;

    private CandidateRanges(Collection<CandidateRange> all, boolean newestFirst) {
        all.stream().sorted(CandidateRange.order(newestFirst)).forEach(loaded::add);
        this.pages = null;
    }

    private CandidateRanges(Pages pages) {
        this.pages = pages;
    }

    static CandidateRanges of(ChangelogQuery query, Collection<CandidateRange> all) {
        return new CandidateRanges(all, query.isNewestFirst());
    }

    /** Finds the ranges for the query in {@code tm_log_summary}. */
    static CandidateRanges of(LogAccess access, ChangelogQuery query, int table, Map<Integer, Long> covered)
            throws SQLException {
        if (query.replica() != null || query.firstSequence() > 1 || query.lastSequence() < Long.MAX_VALUE) {
            return of(query, ofReplicas(access, query, table, covered));
        }
        if (query.from() != null || query.to() != null) {
            return of(query, list(access, query, OF_TIME, "", table, query.fromMillis(), query.toMillis()));
        }
        return new CandidateRanges(new Pages(query, table, covered));
    }

    private static List<CandidateRange> ofReplicas(
            LogAccess access, ChangelogQuery query, int table, Map<Integer, Long> covered) throws SQLException {
        List<CandidateRange> parts = new ArrayList<>();
        long first = query.firstSequence();
        for (Map.Entry<Integer, Long> replica : covered.entrySet()) {
            int number = replica.getKey();
            long last = Math.min(query.lastSequence(), replica.getValue());
            if (first <= last) {
                parts.addAll(list(
                        access,
                        query,
                        OF_REPLICA,
                        "",
                        table,
                        BlockId.of(number, 0),
                        BlockId.of(number, first),
                        BlockId.of(number, last),
                        first,
                        query.fromMillis(),
                        query.toMillis()));
            }
        }
        return parts;
    }

    /** @param order follows the conditions */
    private static List<CandidateRange> list(
            LogAccess access, ChangelogQuery query, String select, String order, Object... parameters)
            throws SQLException {
        long kinds = ContentMask.kindsOf(query);
        long columns = ContentMask.columnsOf(query);
        if (kinds == 0 && columns == 0) {
            return access.statements().list(select + order, CandidateRanges::read, parameters);
        }
        Object[] all = new Object[PARAMETERS + 2];
        Arrays.fill(all, 0L);
        System.arraycopy(parameters, 0, all, 0, parameters.length);
        all[PARAMETERS] = kinds;
        all[PARAMETERS + 1] = columns;
        return access.statements().list(select + CONTENT + order, CandidateRanges::read, all);
    }

    private static CandidateRange read(ResultSet row) throws SQLException {
        long id = row.getLong(1);
        return new CandidateRange(
                BlockId.replica(id), BlockId.first(id), row.getLong(2), row.getLong(3), row.getLong(4));
    }

    /** Returns the next range without removing it; {@code null} at the end. */
    @Nullable
    CandidateRange peek(LogAccess access) throws SQLException {
        if (pages != null) {
            while (loaded.isEmpty() && !pages.exhausted) {
                pages.loadInto(loaded, access);
            }
        }
        return loaded.peekFirst();
    }

    void drop() {
        loaded.removeFirst();
    }

    /** Loads the ranges of all replicas page by page. */
    private static final class Pages {
        private final ChangelogQuery query;
        private final int table;
        private final Map<Integer, Long> covered;
        private long key;
        private long id;
        private boolean exhausted;

        Pages(ChangelogQuery query, int table, Map<Integer, Long> covered) {
            this.query = query;
            this.table = table;
            this.covered = covered;
            this.key = start(query.isNewestFirst());
            this.id = key;
        }

        void loadInto(Deque<CandidateRange> target, LogAccess access) throws SQLException {
            boolean newestFirst = query.isNewestFirst();
            HlcTimestamp after = query.after();
            long bound = after != null ? after.time() : start(newestFirst);
            List<CandidateRange> page = list(
                    access,
                    query,
                    newestFirst ? NEWEST_FIRST : OLDEST_FIRST,
                    newestFirst ? NEWEST_FIRST_ORDER : OLDEST_FIRST_ORDER,
                    table,
                    key,
                    id,
                    bound,
                    PAGE);
            for (CandidateRange part : page) {
                key = newestFirst ? part.highest() : part.lowest();
                id = BlockId.of(part.replica(), part.first());
                if (part.first() <= covered.getOrDefault(part.replica(), 0L)) {
                    target.add(part);
                }
            }
            exhausted = page.size() < PAGE;
        }

        private static long start(boolean newestFirst) {
            return newestFirst ? Long.MAX_VALUE : Long.MIN_VALUE;
        }
    }
}
