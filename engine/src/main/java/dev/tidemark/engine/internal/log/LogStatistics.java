package dev.tidemark.engine.internal.log;

import dev.tidemark.engine.LocalChangelog.Statistics.Totals;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.internal.sql.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Totals of the changelog. To compute them, the engine adds up the entries that {@link LogSummaries} maintains, and
 * reads only the newest changes, which have no entry yet.
 */
public record LogStatistics(Totals all, Map<String, Totals> tables, Map<ReplicaId, Totals> replicas, long storedBytes) {

    /** Computes the totals through one connection, in one transaction. */
    public static LogStatistics count(LogAccess access) throws SQLException {
        Statements statements = access.statements();
        ChangeTotals all = new ChangeTotals();
        Map<String, ChangeTotals> tables = new HashMap<>();
        Map<ReplicaId, ChangeTotals> replicas = new HashMap<>();
        // Grouped in memory, because GROUP BY would sort the whole index.
        statements.list(
                "SELECT table_no, id, entries, bytes, oldest, newest, lowest, highest FROM tm_log_summary", row -> {
                    int table = row.getInt(1);
                    ChangeTotals part = sums(row);
                    if (table == LogSummaries.ALL_TABLES) {
                        ReplicaId replica = access.names().replicaId(BlockId.replica(row.getLong(2)));
                        replicas.computeIfAbsent(replica, key -> new ChangeTotals())
                                .add(part);
                        all.add(part);
                    } else {
                        tables.computeIfAbsent(access.names().tableName(table), key -> new ChangeTotals())
                                .add(part);
                    }
                    return table;
                });
        for (Map.Entry<Integer, Long> head : access.reader().heads().entrySet()) {
            long first = access.summaries().coveredBy(head.getKey()) + 1;
            if (first <= head.getValue()) {
                access.reader().read(head.getKey(), first, head.getValue(), change -> {
                    all.add(change);
                    tables.computeIfAbsent(change.table(), key -> new ChangeTotals())
                            .add(change);
                    replicas.computeIfAbsent(change.dot().replica(), key -> new ChangeTotals())
                            .add(change);
                });
            }
        }
        // Entries about schema migrations belong to no table.
        tables.remove("");
        long stored = statements.number("SELECT sum(length(body)) FROM tm_log");
        return new LogStatistics(totals(all), totals(tables), totals(replicas), stored);
    }

    private static ChangeTotals sums(ResultSet row) throws SQLException {
        ChangeTotals sums = new ChangeTotals();
        sums.entries = row.getLong(3);
        sums.bytes = row.getLong(4);
        sums.oldest = row.getLong(5);
        sums.newest = row.getLong(6);
        sums.lowest = row.getLong(7);
        sums.highest = row.getLong(8);
        return sums;
    }

    private static <K> Map<K, Totals> totals(Map<K, ChangeTotals> sums) {
        Map<K, Totals> totals = new HashMap<>();
        sums.forEach((key, sum) -> totals.put(key, totals(sum)));
        return totals;
    }

    private static Totals totals(ChangeTotals sums) {
        return sums.entries == 0
                ? new Totals(0, 0, null, null)
                : new Totals(
                        sums.entries, sums.bytes, Instant.ofEpochMilli(sums.oldest), Instant.ofEpochMilli(sums.newest));
    }
}
