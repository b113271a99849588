package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.changelog.CausalContext;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Change.Kind;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.HlcTimestamp;
import dev.tidemark.engine.internal.cells.RowState;
import dev.tidemark.engine.internal.cells.TrackedRow;
import dev.tidemark.engine.internal.cells.Write;
import dev.tidemark.engine.internal.codec.ChangeCodec;
import dev.tidemark.engine.internal.log.LogTruncation;
import dev.tidemark.engine.internal.sql.Statements;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Repairs a database whose clock was moved ahead by a timestamp from the future. The replica writes each row with such
 * a timestamp again, with current timestamps: a shown or hidden row as a whole, a deleted row as an insert and a
 * delete. So a snapshot of this replica covers the old changes and contains all rows that other devices show (decision
 * 66). The changelog also contains such timestamps, and is truncated. The version vector stays, so the old changes
 * count as applied. Works inside one transaction of the engine.
 */
final class FutureTimestampRepair {
    @SuppressWarnings("ArrayRecordComponent") // read from statements, never compared
    private record Row(int table, byte[] key, long latest) {}

    private final WriteSession session;
    private final long latest;
    private final long now;
    private final List<Change> changes = new ArrayList<>();
    private long clock;

    FutureTimestampRepair(WriteSession session, long latest, long now) {
        this.session = session;
        this.latest = latest;
        this.now = now;
    }

    /** Returns how many rows were written again. */
    long restamp(ReplicaState self) throws SQLException {
        changes.clear();
        clock = Math.max(now << HlcTimestamp.COUNTER_BITS, HlcTimestamp.FIRST_USER_TIME);
        List<TrackedRow> ahead = new ArrayList<>();
        for (Row row : rows()) {
            if (row.latest() > latest) {
                ahead.add(session.cells().load(row.table(), ChangeCodec.idOf(row.key())));
            } else {
                clock = Math.max(clock, row.latest());
            }
        }
        Statements statements = session.statements();
        new LogTruncation(statements, session.names(), session.log())
                .truncateTo(session.reader().vector());
        statements.update("DELETE FROM tm_superseded");
        statements.update("DELETE FROM tm_clock_ahead");
        CausalContext all = new CausalContext(session.reader().vector().with(self.replica(), 0), Set.of());
        for (TrackedRow row : ahead) {
            rewriteRow(row, self, all);
        }
        if (!changes.isEmpty()) {
            session.log().append(changes);
        }
        String update = "UPDATE tm_replica SET head = iif(no = ?1, ?2, head), clock = iif(no = ?1, ?3, 0)";
        statements.update(update, self.replicaNumber(), self.head() + changes.size(), clock);
        statements.update("INSERT OR IGNORE INTO tm_remote_restamped SELECT location FROM tm_remote");
        return ahead.size();
    }

    private List<Row> rows() throws SQLException {
        return session.statements()
                .list(
                        """
                        SELECT r.table_no, r.id, r.cells, coalesce(max(s.time), 0)
                        FROM tm_row r LEFT JOIN tm_sibling s ON s.table_no = r.table_no AND s.id = r.id
                        GROUP BY r.table_no, r.id\
                        """,
                        row -> new Row(
                                row.getInt(1), row.getBytes(2), Math.max(latestOf(row.getBytes(3)), row.getLong(4))));
    }

    private static long latestOf(byte[] cells) {
        return RowState.unpack(cells).writes().stream()
                .mapToLong(Write::hlcTime)
                .max()
                .orElse(0);
    }

    /** Replaces the writes of a row. Its visibility does not change. */
    private void rewriteRow(TrackedRow before, ReplicaState self, CausalContext all) throws SQLException {
        boolean isDeleted = !before.isUndeleted();
        BitSet cells = before.state().cells();
        TrackedRow row = session.cells().withoutWrites(before);
        if (!cells.isEmpty()) {
            write(row, cells.get(RowState.EXISTS) ? Kind.INSERT : Kind.UPDATE, cells, self, all);
        }
        if (isDeleted) {
            write(row, Kind.DELETE, new BitSet(), self, all);
        }
        session.cells().retainValuesNotShown(row);
        session.cells().save(row);
    }

    private void write(TrackedRow row, Kind kind, BitSet cells, ReplicaState self, CausalContext all)
            throws SQLException {
        clock++;
        long sequence = self.head() + changes.size() + 1;
        Map<Integer, @Nullable Object> values = new HashMap<>();
        Map<String, @Nullable Object> named = new HashMap<>();
        cells.stream().filter(cell -> cell != RowState.EXISTS).forEach(cell -> {
            Object value = row.values().get(cell);
            values.put(cell, value);
            named.put(Objects.requireNonNull(session.names().cellName(row.table(), cell)), value);
        });
        long clockOffset = (clock >>> HlcTimestamp.COUNTER_BITS) - now;
        Write write = new Write(self.replicaNumber(), sequence, clock, clockOffset, kind == Kind.DELETE, cells);
        // The repair counts as having seen every write in this database.
        session.merge().apply(row, write, values, (replica, seen) -> true);
        changes.add(new Change(
                new Dot(self.replica(), sequence),
                self.head() + 1,
                clock,
                now,
                all,
                kind,
                session.names().tableName(row.table()),
                row.id(),
                named));
    }
}
