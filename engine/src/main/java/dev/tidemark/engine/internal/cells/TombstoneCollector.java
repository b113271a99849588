package dev.tidemark.engine.internal.cells;

import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.codec.ChangeCodec;
import dev.tidemark.engine.internal.schema.NameDictionary;
import dev.tidemark.engine.internal.sql.Statements;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Drops tombstones that every active replica has acknowledged (docs/correctness.md#r3, decision 14), and lists their
 * changes for erasure in {@code tm_erased}. Works through one connection, inside its transaction. Not thread-safe.
 *
 * <p>Rows with an open edit stay at any watermark, because they are conflicts. Rows with cells that wait for a newer
 * version of the program stay, too. If a migration wrote a row, the delete of the row stays, because a new device runs
 * the migration before it receives the delete. While no other replica is known, the delete of every row stays, because
 * a replica that joins later may have rows with the same ids.
 */
public final class TombstoneCollector {
    private static final int STEP = 500;

    /** The position of an incremental run, and how many tombstones its last step dropped. */
    public record Cursor(int table, @Nullable UUID row, int collected, boolean done) {
        public static final Cursor START = new Cursor(0, null, 0, false);
    }

    private final CellStore store;
    private final Statements statements;
    private final NameDictionary names;
    private boolean isNoted;

    public TombstoneCollector(CellStore store) {
        this.store = store;
        this.statements = store.statements();
        this.names = store.names();
    }

    /**
     * Examines the next tombstones. Drops those whose writes the vector covers, or only their cells and values, if the
     * deletes must stay.
     *
     * @param areDropped whether deletes may be dropped
     * @param madeBefore only deletes with clock values below this one are examined
     * @param clock the clock. Snapshots made before its present time may contain the dropped values
     */
    public Cursor collect(Cursor from, VersionVector within, boolean areDropped, long madeBefore, InstantSource clock)
            throws SQLException {
        List<RowKey> keys = statements.list(
                """
                SELECT table_no, id FROM tm_row INDEXED BY tm_row_deleted
                WHERE status IN (2, 34) AND (table_no, id) > (?, ?) ORDER BY table_no, id LIMIT ?\
                """,
                RowKey::read,
                from.table(),
                from.row() == null ? new byte[0] : ChangeCodec.bytesOf(from.row()),
                STEP);
        int collected = 0;
        isNoted = false;
        for (RowKey key : keys) {
            TrackedRow row = store.load(key.table(), key.id());
            Write delete = row.state().delete();
            if (delete != null && delete.hlcTime() < madeBefore && isStable(row, within)) {
                boolean isDropped = areDropped && row.state().writes().stream().noneMatch(Write::isFromMigration);
                collected += isDropped ? 1 : 0;
                collect(row, isDropped);
            }
        }
        if (isNoted) {
            store.recordOldSnapshots(clock.millis());
        }
        return keys.isEmpty()
                ? new Cursor(from.table(), from.row(), 0, true)
                : new Cursor(keys.getLast().table(), keys.getLast().id(), collected, keys.size() < STEP);
    }

    private boolean isStable(TrackedRow row, VersionVector within) {
        for (Write write : row.state().writes()) {
            if (!within.covers(dot(write.replica(), write.sequence()))) {
                return false;
            }
        }
        return row.siblings().stream()
                .allMatch(sibling ->
                        sibling.cell() == Sibling.DELETE && within.covers(dot(sibling.replica(), sibling.sequence())));
    }

    private Dot dot(int replica, long sequence) {
        return new Dot(names.replicaId(replica), sequence);
    }

    private void collect(TrackedRow row, boolean isDropped) throws SQLException {
        List<Write> obsolete = row.state().writes().stream()
                .filter(write -> isDropped || !write.isDelete())
                .toList();
        if (obsolete.isEmpty()) {
            return;
        }
        long latest = LongStream.concat(
                        row.state().writes().stream().mapToLong(Write::hlcTime),
                        row.siblings().stream().mapToLong(Sibling::hlcTime))
                .max()
                .orElse(0);
        statements.update("UPDATE tm_state SET collected_up_to = ?1 WHERE collected_up_to < ?1", latest);
        for (Write write : obsolete) {
            // The changelog still contains the change, so the index entry from the row must stay.
            if (write.sequence() > floor(write.replica())) {
                store.addSuperseded(row, write);
            }
        }
        if (isDropped) {
            store.purge(row);
        } else {
            store.retainDeleteOnly(row);
        }
        store.recordErased(row);
        isNoted = true;
    }

    private long floor(int replica) throws SQLException {
        return statements.number("SELECT floor FROM tm_replica WHERE no = ?", replica);
    }
}
