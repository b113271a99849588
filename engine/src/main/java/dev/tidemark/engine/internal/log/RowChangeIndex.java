package dev.tidemark.engine.internal.log;

import dev.tidemark.engine.changelog.ChangelogQuery;
import dev.tidemark.engine.internal.cells.RowState;
import dev.tidemark.engine.internal.cells.Write;
import dev.tidemark.engine.internal.codec.ChangeCodec;
import dev.tidemark.engine.internal.sql.Statements;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Finds the changes of a row (docs/correctness.md#r13). {@code tm_row} contains the changes that win a cell of the row;
 * {@code tm_superseded} contains the others.
 */
record RowChangeIndex(Statements statements) {
    private static final String BOUNDS = """
        SELECT last, lowest, highest FROM tm_log_summary
        WHERE table_no = 0 AND id >= ? AND id <= ? ORDER BY id DESC LIMIT 1\
        """;

    /**
     * Returns the row's changes as ranges of one change each, filtered by the query's replicas and sequence numbers.
     */
    List<CandidateRange> candidates(ChangelogQuery query, int table, UUID row, Map<Integer, Long> replicas)
            throws SQLException {
        byte[] key = ChangeCodec.bytesOf(row);
        List<CandidateRange> changes = new ArrayList<>();
        byte[] cells = statements.first(
                "SELECT cells FROM tm_row WHERE table_no = ? AND id = ?", found -> found.getBytes(1), table, key);
        if (cells != null) {
            for (Write write : RowState.unpack(cells).writes()) {
                changes.add(new CandidateRange(
                        write.replica(), write.sequence(), write.sequence(), write.hlcTime(), write.hlcTime()));
            }
        }
        changes.addAll(statements.list(
                "SELECT replica_no, sequence FROM tm_superseded WHERE table_no = ? AND id = ?",
                found -> unbounded(found.getInt(1), found.getLong(2)),
                table,
                key));
        changes.removeIf(change -> !replicas.containsKey(change.replica())
                || change.first() < query.firstSequence()
                || change.first() > query.lastSequence());
        if (query.limit() < changes.size()) {
            // Each pair of bounds costs a lookup, and only helps a query that can stop before it has read all changes.
            for (int index = 0; index < changes.size(); index++) {
                changes.set(index, bounded(changes.get(index)));
            }
        }
        return changes;
    }

    private static CandidateRange unbounded(int replica, long sequence) {
        return new CandidateRange(replica, sequence, sequence, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /** Adds the bounds on the clock value from the summary that contains the change, if there is one. */
    private CandidateRange bounded(CandidateRange change) throws SQLException {
        if (change.lowest() != Long.MIN_VALUE) {
            return change;
        }
        CandidateRange part = statements.first(
                BOUNDS,
                row -> new CandidateRange(
                        change.replica(), change.first(), row.getLong(1), row.getLong(2), row.getLong(3)),
                BlockId.of(change.replica(), 0),
                BlockId.of(change.replica(), change.first()));
        return part == null || part.last() < change.last()
                ? change
                : new CandidateRange(change.replica(), change.first(), change.last(), part.lowest(), part.highest());
    }
}
