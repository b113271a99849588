package dev.tidemark.engine.internal.log;

import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.internal.codec.ChangeSize;
import dev.tidemark.engine.internal.schema.NameDictionary;
import dev.tidemark.engine.internal.sql.Statements;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Maintains {@code tm_log_summary}, the index of the changelog by table and time, and {@code tm_log_content}, that by
 * kind and column (decision 12). A part summarises some hundred consecutive changes of one replica, once for all tables
 * and once for each table in it. Works through one connection, inside its transaction. Not thread-safe.
 *
 * <p>Parts do not depend on block boundaries. A commit writes a part only when it crosses a multiple of {@value
 * #STRIDE} sequence numbers, so most commits write no index entry. Queries read the later changes directly.
 */
public final class LogSummaries {
    /** Takes the place of a table's number in the entries for all tables. */
    static final int ALL_TABLES = 0;

    private static final int STRIDE = 256;

    private final Statements statements;
    private final NameDictionary names;
    private final LogReader reader;

    public LogSummaries(Statements statements, NameDictionary names) {
        this.statements = statements;
        this.names = names;
        this.reader = new LogReader(statements, names);
    }

    /** Updates the summaries after a block with these changes was appended. */
    void appended(int replica, List<Change> block) throws SQLException {
        long first = block.getFirst().dot().sequence();
        long last = block.getLast().dot().sequence();
        if ((first - 1) / STRIDE == last / STRIDE) {
            return;
        }
        Summary part = new Summary(replica);
        readInto(part, replica, coveredBy(replica) + 1, first - 1);
        block.forEach(part::add);
        part.store();
    }

    /** Returns the last sequence number of the replica that has a summary; 0 if none has. */
    long coveredBy(int replica) throws SQLException {
        return statements.number("""
            SELECT last FROM tm_log_summary WHERE table_no = 0 AND id >= ? AND id < ? ORDER BY id DESC LIMIT 1\
            """, BlockId.of(replica, 0), BlockId.of(replica + 1, 0));
    }

    /**
     * Recomputes the parts that contain these changes. Code that removes or replaces changes calls this in the same
     * transaction; block compaction need not.
     *
     * @param last the greatest sequence number that was removed or replaced
     */
    public void refresh(int replica, long first, long last) throws SQLException {
        long from = first;
        long to = 0;
        record Span(long first, long last) {}
        for (Span span : statements.list(
                """
                SELECT id, last FROM tm_log_summary
                WHERE table_no = 0 AND id <= ?3 AND last >= ?4
                  AND id >= coalesce((SELECT max(id) FROM tm_log_summary WHERE table_no = 0 AND id >= ?1 AND id <= ?2), ?2)\
                """,
                row -> new Span(BlockId.first(row.getLong(1)), row.getLong(2)),
                BlockId.of(replica, 0),
                BlockId.of(replica, first),
                BlockId.of(replica, last),
                first)) {
            from = Math.min(from, span.first());
            to = Math.max(to, span.last());
        }
        statements.update("""
            DELETE FROM tm_log_summary
            WHERE table_no IN (SELECT 0 UNION ALL SELECT no FROM tm_table) AND id >= ? AND id <= ?\
            """, BlockId.of(replica, from), BlockId.of(replica, to));
        statements.update(
                "DELETE FROM tm_log_content WHERE id >= ? AND id <= ?",
                BlockId.of(replica, from),
                BlockId.of(replica, to));
        while (from <= to) {
            Summary part = new Summary(replica);
            from = readInto(part, replica, from, Math.min(to, from + STRIDE - 1)) + 1;
            part.store();
        }
    }

    /** Updates the size, and adds the kind and columns, in the parts that contain a change that was replaced. */
    void resized(Change before, Change after) throws SQLException {
        int replica = names.replica(before.dot().replica());
        statements.update(
                """
                UPDATE tm_log_summary SET bytes = bytes + ?1
                WHERE table_no IN (0, ?2) AND last >= ?3
                  AND id = (SELECT max(id) FROM tm_log_summary WHERE table_no = 0 AND id > ?4 AND id <= ?5)\
                """,
                ChangeSize.of(after) - ChangeSize.of(before),
                names.table(before.table()),
                before.dot().sequence(),
                BlockId.of(replica, 0),
                BlockId.of(replica, before.dot().sequence()));
        ContentMask content = new ContentMask();
        content.add(after);
        statements.update(
                """
                UPDATE tm_log_content SET kinds = kinds | ?, columns = columns | ?
                WHERE id = (SELECT max(id) FROM tm_log_summary WHERE table_no = 0 AND id > ? AND id <= ?)\
                """,
                content.kinds(),
                content.columns(),
                BlockId.of(replica, 0),
                BlockId.of(replica, before.dot().sequence()));
    }

    /** Adds the replica's changes from {@code first} to {@code last} to the part. Returns {@code last}. */
    private long readInto(Summary part, int replica, long first, long last) throws SQLException {
        if (first <= last) {
            reader.read(replica, first, last, part::add);
        }
        return last;
    }

    /** A part under construction: totals by table. */
    private final class Summary {
        private final int replica;
        private final Map<Integer, ChangeTotals> tables = new TreeMap<>();
        private final ContentMask content = new ContentMask();
        private String tableName = "";
        private ChangeTotals ofTable = new ChangeTotals();
        private long first;
        private long last;

        Summary(int replica) {
            this.replica = replica;
        }

        void add(Change change) {
            if (first == 0) {
                first = change.dot().sequence();
                tables.put(ALL_TABLES, new ChangeTotals());
            }
            last = change.dot().sequence();
            if (!change.table().equals(tableName)) {
                tableName = change.table();
                ofTable = tables.computeIfAbsent(names.table(tableName), table -> new ChangeTotals());
            }
            ofTable.add(change);
            content.add(change);
        }

        void store() throws SQLException {
            if (first == 0) {
                return;
            }
            statements.update(
                    "INSERT INTO tm_log_content VALUES (?, ?, ?)",
                    BlockId.of(replica, first),
                    content.kinds(),
                    content.columns());
            ChangeTotals all = java.util.Objects.requireNonNull(tables.get(ALL_TABLES));
            tables.values().forEach(sums -> all.add(sums));
            for (Map.Entry<Integer, ChangeTotals> table : tables.entrySet()) {
                ChangeTotals sums = table.getValue();
                statements.update(
                        "INSERT INTO tm_log_summary VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        table.getKey(),
                        BlockId.of(replica, first),
                        last,
                        sums.entries,
                        sums.bytes,
                        sums.oldest,
                        sums.newest,
                        sums.lowest,
                        sums.highest);
            }
        }
    }
}
