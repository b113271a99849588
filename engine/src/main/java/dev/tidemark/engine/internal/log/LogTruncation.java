package dev.tidemark.engine.internal.log;

import dev.tidemark.engine.changelog.ChainHash;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.schema.NameDictionary;
import dev.tidemark.engine.internal.sql.Statements;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Truncates the changelog up to a safe watermark (docs/correctness.md#r3, decision 14), and raises the floor. The
 * caller has verified the watermark. Works through one connection, inside its transaction. Not thread-safe.
 */
public final class LogTruncation {
    /** The number of entries of {@code tm_superseded} that one step examines. */
    private static final int STEP = 5000;

    private record Replica(int number, long head, long floor) {}

    /** A position of {@link #cleanIndex} in {@code tm_superseded}. */
    @SuppressWarnings("ArrayRecordComponent") // read from and bound to statements, never compared
    public record Cursor(int table, byte[] row, int replica, long sequence) {
        public static final Cursor START = new Cursor(0, new byte[0], 0, 0);

        public boolean isStart() {
            return table == 0;
        }
    }

    private final Statements statements;
    private final NameDictionary names;

    private final LogTable log;
    private final LogChains chains;

    public LogTruncation(Statements statements, NameDictionary names, LogTable log) {
        this.statements = statements;
        this.names = names;
        this.log = log;
        this.chains = new LogChains(statements, names);
    }

    /**
     * Removes exactly the changes within the watermark. Also removes the contexts of siblings within it, because every
     * write that can still arrive has seen these siblings.
     *
     * @return how many changes were removed
     */
    public long truncateTo(VersionVector watermark) throws SQLException {
        long removed = 0;
        for (Replica replica : statements.list(
                "SELECT no, head, floor FROM tm_replica",
                row -> new Replica(row.getInt(1), row.getLong(2), row.getLong(3)))) {
            long to = Math.min(replica.head(), watermark.get(names.replicaId(replica.number())));
            if (to > replica.floor()) {
                chains.storeAt(replica.number(), to);
                remove(replica.number(), replica.floor(), to);
                String update = "UPDATE tm_sibling SET context = NULL WHERE replica_no = ? AND sequence <= ?";
                statements.update(update, replica.number(), to);
                removed += to - replica.floor();
            }
        }
        return removed;
    }

    private void remove(int replica, long floor, long to) throws SQLException {
        String delete = "DELETE FROM tm_log WHERE id >= ? AND id <= ? AND last <= ?";
        statements.update(delete, BlockId.of(replica, 0), BlockId.of(replica, to), to);
        // At most one block that starts at or below the watermark remains. It extends beyond the watermark.
        String select = "SELECT id, last, body FROM tm_log WHERE id >= ? AND id <= ? ORDER BY id LIMIT 1";
        List<Change> rest = statements.first(select, log::decode, BlockId.of(replica, 0), BlockId.of(replica, to));
        if (rest != null) {
            replace(replica, rest, (int) (to - rest.getFirst().dot().sequence() + 1), rest.size());
        }
        log.refresh(replica, floor + 1, to);
        statements.update("UPDATE tm_replica SET floor = ? WHERE no = ?", to, replica);
    }

    /**
     * Handles each replica whose head is below its sequence number in the vector: removes the replica's changes,
     * because a snapshot replaced them, and raises its head and floor to that number.
     *
     * @param hashes the chain hashes at the heads of the vector, where they are known
     */
    public void startAfter(VersionVector vector, Map<ReplicaId, ChainHash> hashes) throws SQLException {
        for (Map.Entry<ReplicaId, Long> end : vector.heads().entrySet()) {
            int number = names.replica(end.getKey());
            Replica replica = Objects.requireNonNull(statements.first(
                    "SELECT no, head, floor FROM tm_replica WHERE no = ?",
                    row -> new Replica(row.getInt(1), row.getLong(2), row.getLong(3)),
                    number));
            long to = end.getValue();
            if (to > replica.head()) {
                if (replica.head() > replica.floor()) {
                    remove(number, replica.floor(), replica.head());
                }
                String update =
                        "UPDATE tm_replica SET head = ?1, floor = ?1, compacted_up_to = max(compacted_up_to, ?1) WHERE"
                                + " no = ?2";
                statements.update(update, to, number);
                ChainHash hash = hashes.get(end.getKey());
                if (hash != null) {
                    chains.store(number, to, hash);
                }
            }
        }
        statements.update("DELETE FROM tm_superseded WHERE sequence <= (SELECT floor FROM tm_replica WHERE no ="
                + " tm_superseded.replica_no)");
    }

    /**
     * Removes the replica's changes above {@code last}. Only for a forked replica, whose later changes get a new
     * replica id (decision 28).
     */
    public void removeTail(int replica, long last, long head) throws SQLException {
        List<Change> straddling = statements.first(
                "SELECT id, last, body FROM tm_log WHERE id >= ?1 AND id <= ?2 AND last > ?3",
                log::decode,
                BlockId.of(replica, 1),
                BlockId.of(replica, last),
                last);
        if (straddling != null) {
            replace(replica, straddling, 0, (int)
                    (last - straddling.getFirst().dot().sequence() + 1));
        }
        statements.update(
                "DELETE FROM tm_log WHERE id > ? AND id < ?", BlockId.of(replica, last), BlockId.of(replica + 1, 0));
        log.refresh(replica, last + 1, head);
        chains.removeTail(replica, last);
    }

    /** Replaces a block with some of its changes. */
    private void replace(int replica, List<Change> block, int from, int to) throws SQLException {
        long first = block.getFirst().dot().sequence();
        statements.update("DELETE FROM tm_log WHERE id = ?", BlockId.of(replica, first));
        log.rewrite(block.subList(from, to));
    }

    /**
     * Examines the next entries of {@code tm_superseded}, and removes those that refer to truncated changes.
     *
     * @return the position at which to continue; {@link Cursor#START} at the end
     */
    public Cursor cleanIndex(Cursor from) throws SQLException {
        List<Cursor> entries = statements.list(
                """
                SELECT table_no, id, replica_no, sequence FROM tm_superseded
                WHERE (table_no, id, replica_no, sequence) > (?, ?, ?, ?)
                ORDER BY table_no, id, replica_no, sequence LIMIT ?\
                """,
                row -> new Cursor(row.getInt(1), row.getBytes(2), row.getInt(3), row.getLong(4)),
                from.table(),
                from.row(),
                from.replica(),
                from.sequence(),
                STEP);
        for (Cursor entry : entries) {
            long floor = statements.number("SELECT floor FROM tm_replica WHERE no = ?", entry.replica());
            if (entry.sequence() <= floor) {
                String delete =
                        "DELETE FROM tm_superseded WHERE table_no = ? AND id = ? AND replica_no = ? AND sequence = ?";
                statements.update(delete, entry.table(), entry.row(), entry.replica(), entry.sequence());
            }
        }
        return entries.size() < STEP ? Cursor.START : entries.getLast();
    }
}
