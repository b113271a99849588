package dev.tidemark.engine.internal.merge;

import dev.tidemark.engine.changelog.CausalContext;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.cells.CellMerge;
import dev.tidemark.engine.internal.cells.CellStore;
import dev.tidemark.engine.internal.cells.RowKey;
import dev.tidemark.engine.internal.cells.RowState;
import dev.tidemark.engine.internal.cells.Sibling;
import dev.tidemark.engine.internal.cells.StateJoin;
import dev.tidemark.engine.internal.cells.TrackedRow;
import dev.tidemark.engine.internal.cells.Write;
import dev.tidemark.engine.internal.codec.ChangeCodec;
import dev.tidemark.engine.internal.codec.ContextCodec;
import dev.tidemark.engine.internal.codec.FormatException;
import dev.tidemark.engine.internal.schema.NameDictionary;
import dev.tidemark.engine.internal.snapshot.PartReader;
import dev.tidemark.engine.internal.snapshot.SnapshotRow;
import dev.tidemark.engine.internal.snapshot.SnapshotRow.SiblingWrite;
import dev.tidemark.engine.internal.snapshot.SnapshotRow.WinningWrite;
import dev.tidemark.engine.internal.sql.Statements;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Merges a snapshot into cell state and updates the application's tables, inside the caller's transaction, a thousand
 * rows at a time (docs/correctness.md#r4). One instance serves one snapshot. Not thread-safe.
 */
public final class SnapshotMerger {
    private static final int ROWS_AT_ONCE = 1_000;
    private static final long BYTES_AT_ONCE = 4L << 20;

    /** Called for each live row that loses cells to the snapshot. It may refuse the snapshot by throwing. */
    @FunctionalInterface
    public interface RowLossPolicy {
        /** @param values the values of the row's cells before the join */
        void of(int table, UUID row, Map<Integer, @Nullable Object> values) throws SQLException;
    }

    /** Sequence number and wall time of a replica's latest change in the snapshot. */
    private record Latest(long sequence, long wallMillis) {}

    private final CellStore store;
    private final NameDictionary names;
    private final Statements statements;
    private final VersionVector vector;
    private final long clock;
    private final RowLossPolicy lossPolicy;
    private final StateJoin join;
    private final boolean anyBefore;
    private final Set<Integer> tables = new HashSet<>();
    private final Map<ReplicaId, Latest> latest = new HashMap<>();
    private final List<Leftover> leftovers = new ArrayList<>();
    private int conflicts;

    /** A row that lost some writes to the snapshot and has others that the snapshot does not cover. */
    public record Leftover(int table, UUID row, Map<Integer, @Nullable Object> values) {}

    public SnapshotMerger(
            CellStore store,
            CellMerge.Contexts contexts,
            VersionVector held,
            VersionVector vector,
            long clock,
            RowLossPolicy loss)
            throws SQLException {
        this.store = store;
        this.names = store.names();
        this.statements = store.statements();
        this.vector = vector;
        this.clock = clock;
        this.lossPolicy = loss;
        this.join = new StateJoin(store, contexts, coveredBy(held), coveredBy(vector));
        this.anyBefore = statements.exists("SELECT 1 FROM tm_row LIMIT 1");
        if (anyBefore) {
            // After the last part, this table contains the rows that the snapshot lacks.
            statements.update("""
                CREATE TEMP TABLE IF NOT EXISTS tm_lacking(
                  table_no INTEGER NOT NULL, id BLOB NOT NULL, PRIMARY KEY (table_no, id)) WITHOUT ROWID\
                """);
            statements.update("DELETE FROM temp.tm_lacking");
            statements.update("INSERT INTO temp.tm_lacking SELECT table_no, id FROM main.tm_row");
        }
    }

    private CellMerge.CausalPast coveredBy(VersionVector covered) {
        Map<Integer, Long> heads = new HashMap<>();
        covered.heads().forEach((replica, head) -> heads.put(names.replica(replica), head));
        return (replica, sequence) -> sequence <= heads.getOrDefault(replica, 0L);
    }

    public int conflicts() {
        return conflicts;
    }

    /** Returns the numbers of the tables whose content changed. */
    public Set<Integer> tables() {
        return tables;
    }

    /** Returns the rows that the snapshot lacks, but that have writes that the snapshot does not cover. */
    public List<Leftover> leftovers() {
        return leftovers;
    }

    /** Returns the wall time of each replica's latest change that the snapshot contains. */
    public Map<ReplicaId, Long> latestTimes() {
        Map<ReplicaId, Long> times = new HashMap<>();
        latest.forEach((replica, last) -> times.put(replica, last.wallMillis()));
        return times;
    }

    /** Joins all rows of a part. */
    public void merge(PartReader part) throws SQLException {
        List<SnapshotRow> rows = new ArrayList<>();
        long bytes = 0;
        for (SnapshotRow row = part.next(); row != null; row = part.next()) {
            rows.add(row);
            bytes += row.size();
            if (rows.size() == ROWS_AT_ONCE || bytes >= BYTES_AT_ONCE) {
                merge(rows);
                rows.clear();
                bytes = 0;
            }
        }
        merge(rows);
    }

    private void merge(List<SnapshotRow> rows) throws SQLException {
        Map<Integer, List<SnapshotRow>> byTable = new LinkedHashMap<>();
        for (SnapshotRow row : rows) {
            byTable.computeIfAbsent(names.table(row.table()), table -> new ArrayList<>())
                    .add(row);
        }
        List<TrackedRow> joined = new ArrayList<>(rows.size());
        for (Map.Entry<Integer, List<SnapshotRow>> table : byTable.entrySet()) {
            List<byte[]> keys = table.getValue().stream()
                    .map(row -> ChangeCodec.bytesOf(row.id()))
                    .toList();
            Map<UUID, TrackedRow> known = store.loadAll(table.getKey(), keys);
            for (SnapshotRow theirs : table.getValue()) {
                TrackedRow row = Objects.requireNonNull(known.get(theirs.id()));
                if (anyBefore && row.isKnown()) {
                    statements.update(
                            "DELETE FROM temp.tm_lacking WHERE table_no = ? AND id = ?", row.table(), row.key());
                }
                join(row, image(table.getKey(), theirs));
                if (row.isKnown() || !row.state().writes().isEmpty()) {
                    joined.add(row);
                }
            }
        }
        show(joined);
    }

    /** Joins the rows that the snapshot lacks with an empty state. Called after the last part. */
    public void removeMissingRows() throws SQLException {
        if (!anyBefore) {
            return;
        }
        while (true) {
            List<RowKey> keys =
                    statements.list("SELECT table_no, id FROM temp.tm_lacking LIMIT ?", RowKey::read, ROWS_AT_ONCE);
            if (keys.isEmpty()) {
                return;
            }
            List<TrackedRow> joined = new ArrayList<>();
            for (RowKey key : keys) {
                TrackedRow row = store.load(key.table(), key.id());
                statements.update("DELETE FROM temp.tm_lacking WHERE table_no = ? AND id = ?", row.table(), row.key());
                if (isWithin(row)) {
                    Map<Integer, @Nullable Object> values = join(row, StateJoin.Image.NONE);
                    if (!row.state().writes().isEmpty()) {
                        leftovers.add(new Leftover(key.table(), row.id(), values));
                    }
                    joined.add(row);
                }
            }
            show(joined);
        }
    }

    /** Joins the row with its state in the snapshot. Returns the values of the row's cells before the join. */
    private Map<Integer, @Nullable Object> join(TrackedRow row, StateJoin.Image theirs) throws SQLException {
        BitSet lost = row.isKnown() && row.isLive() ? row.state().cells() : new BitSet();
        Map<Integer, @Nullable Object> values = row.isKnown() ? new HashMap<>(row.values()) : Map.of();
        conflicts += join.join(row, theirs);
        lost.andNot(row.state().cells());
        if (!lost.isEmpty()) {
            lossPolicy.of(row.table(), row.id(), values);
        }
        return values;
    }

    private boolean isWithin(TrackedRow row) {
        return row.state().writes().stream().anyMatch(write -> isWithin(write.replica(), write.sequence()))
                || row.siblings().stream().anyMatch(sibling -> isWithin(sibling.replica(), sibling.sequence()));
    }

    private boolean isWithin(int replica, long sequence) {
        return sequence <= vector.get(names.replicaId(replica));
    }

    private void show(List<TrackedRow> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        tables.addAll(new Projection(store).show(rows));
        for (TrackedRow row : rows) {
            if (row.state().writes().isEmpty()) {
                store.purge(row);
                store.recordErased(row);
            }
        }
    }

    private StateJoin.Image image(int table, SnapshotRow row) {
        List<Write> writes = new ArrayList<>(row.writes().size());
        for (WinningWrite held : row.writes()) {
            BitSet cells = new BitSet();
            cells.set(RowState.EXISTS, held.exists());
            held.columns()
                    .forEach(column -> cells.set(names.columnOf(table, column).cell()));
            requireWithinClock(held.hlcTime());
            Write write = new Write(
                    names.replica(held.dot().replica()),
                    held.dot().sequence(),
                    held.hlcTime(),
                    held.clockOffset(),
                    held.delete(),
                    cells);
            if (held.seen()) {
                write.markSeen();
            }
            note(held);
            writes.add(write);
        }
        List<Sibling> siblings = row.siblings().isEmpty()
                ? List.of()
                : row.siblings().stream().map(open -> sibling(table, open)).toList();
        Map<Integer, @Nullable Object> values = HashMap.newHashMap(row.values().size());
        row.values()
                .forEach((column, value) ->
                        values.put(names.columnOf(table, column).cell(), value));
        return new StateJoin.Image(writes, siblings, values);
    }

    private void note(WinningWrite write) {
        ReplicaId replica = write.dot().replica();
        Latest known = latest.get(replica);
        if (known == null || known.sequence() < write.dot().sequence()) {
            latest.put(replica, new Latest(write.dot().sequence(), write.wallMillis()));
        }
    }

    private Sibling sibling(int table, SiblingWrite open) {
        int cell = switch (open.register()) {
            case DELETE -> Sibling.DELETE;
            case EXISTENCE -> RowState.EXISTS;
            case COLUMN -> names.columnOf(table, open.column()).cell();
        };
        requireWithinClock(open.hlcTime());
        CausalContext context = open.context();
        return new Sibling(
                cell,
                names.replica(open.dot().replica()),
                open.dot().sequence(),
                open.hlcTime(),
                open.clockOffset(),
                context == null ? null : ContextCodec.pack(context, names),
                open.value());
    }

    private void requireWithinClock(long time) {
        if (time > clock) {
            throw new FormatException("a write is later than the clock of the snapshot");
        }
    }
}
