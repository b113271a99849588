package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.history.HiddenData;
import dev.tidemark.engine.history.HiddenRow;
import dev.tidemark.engine.internal.cells.CellStore;
import dev.tidemark.engine.internal.cells.RowKey;
import dev.tidemark.engine.internal.cells.TrackedRow;
import dev.tidemark.engine.internal.cells.TrackedRow.Visibility;
import dev.tidemark.engine.internal.cells.Write;
import dev.tidemark.engine.internal.codec.ChangeCodec;
import dev.tidemark.engine.internal.merge.HiddenReasons;
import dev.tidemark.engine.internal.schema.NameDictionary;
import dev.tidemark.engine.internal.sql.SqlErrors;
import dev.tidemark.engine.problem.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lists and counts hidden data. The list keeps the keys of all rows in memory and reads the values one row at a time.
 * The counts read indexes, and the cell state of unknown tables. Works in one read transaction; not thread-safe.
 */
record HiddenDataReader(CellStore store) {
    /** Reads the partial index of rows that are neither simply shown nor deleted. */
    private static final String EXCEPTIONAL = " FROM tm_row INDEXED BY tm_row_exceptional WHERE status NOT IN (0, 2)";

    private static final String COLLECTED = " AND status & 7 = " + Visibility.COLLECTED.code();

    /** Selects rows of known tables with waiting cells. The cells of a deleted row do not wait. */
    private static final String WAITING = " AND status & " + TrackedRow.WAITING + " <> 0 AND status & 7 NOT IN ("
            + Visibility.DELETED.code() + ", " + Visibility.UNKNOWN.code() + ")";

    private record Key(String table, RowKey row) {}

    private record Count(HiddenRow.Reason reason, long rows) {}

    HiddenData.Counts counts() throws SQLException {
        Map<HiddenRow.Reason, Long> hidden = new EnumMap<>(HiddenRow.Reason.class);
        store.statements()
                .list(
                        "SELECT reason, count(*) FROM tm_hidden GROUP BY reason",
                        row -> new Count(HiddenReasons.of(row.getInt(1)), row.getLong(2)))
                .forEach(count -> hidden.put(count.reason(), count.rows()));
        hidden.merge(
                HiddenRow.Reason.TOMBSTONE_COLLECTED,
                store.statements().number("SELECT count(*)" + EXCEPTIONAL + COLLECTED),
                Long::sum);
        long waiting = store.statements().number("SELECT count(*)" + EXCEPTIONAL + WAITING)
                + inUnknownTables().count();
        return new HiddenData.Counts(hidden, waiting);
    }

    /** Returns all rows with hidden data, ordered by table and row. Valid while the transaction is open. */
    Stream<HiddenData> stream() throws SQLException {
        Map<RowKey, HiddenRow> hidden = hiddenRows();
        return Stream.of(
                        hidden.keySet().stream(),
                        store.statements().list("SELECT table_no, id" + EXCEPTIONAL + WAITING, RowKey::read).stream(),
                        inUnknownTables())
                .flatMap(rows -> rows)
                .distinct()
                .map(row -> new Key(store.names().tableName(row.table()), row))
                .sorted(Comparator.comparing(Key::table)
                        .thenComparing(key -> key.row().id().toString()))
                .map(key -> read(key, hidden.get(key.row())));
    }

    /**
     * Returns the undeleted rows with values in unknown tables. The query finds deleted and empty rows too, because the
     * status is the same for all rows of an unknown table.
     */
    private Stream<RowKey> inUnknownTables() throws SQLException {
        return store.loadExceptional("status & 7 = ?", Visibility.UNKNOWN.code()).stream()
                .filter(row -> row.isUndeleted() && !row.state().valueCells().isEmpty())
                .map(TrackedRow::name);
    }

    /** Returns the hidden rows with their reasons, in no order. */
    Map<RowKey, HiddenRow> hiddenRows() throws SQLException {
        Map<RowKey, HiddenRow> hidden = new HashMap<>();
        store.statements().list("SELECT table_no, id, reason, blocker_table, blocker FROM tm_hidden", row -> {
            RowKey key = RowKey.read(row);
            return hidden.put(key, hiddenRow(key, row));
        });
        for (RowKey key : store.statements().list("SELECT table_no, id" + EXCEPTIONAL + COLLECTED, RowKey::read)) {
            hidden.put(
                    key,
                    new HiddenRow(
                            store.names().tableName(key.table()),
                            key.id(),
                            HiddenRow.Reason.TOMBSTONE_COLLECTED,
                            null,
                            null));
        }
        return hidden;
    }

    private HiddenRow hiddenRow(RowKey key, ResultSet row) throws SQLException {
        NameDictionary names = store.names();
        byte[] blocker = row.getBytes(5);
        return new HiddenRow(
                names.tableName(key.table()),
                key.id(),
                HiddenReasons.of(row.getInt(3)),
                blocker == null ? null : names.tableName(row.getInt(4)),
                blocker == null ? null : ChangeCodec.idOf(blocker));
    }

    private HiddenData read(Key key, @Nullable HiddenRow hidden) {
        try {
            TrackedRow row = store.load(key.row().table(), key.row().id());
            BitSet cells = row.waitingCells(store.catalog().numbered(row.table()));
            SortedSet<String> waiting = new TreeSet<>();
            cells.stream().forEach(cell -> waiting.add(cellName(row, cell)));
            Map<String, @Nullable Object> values = new TreeMap<>();
            row.values().forEach((cell, value) -> {
                if (hidden != null || cells.get(cell)) {
                    values.put(cellName(row, cell), value);
                }
            });
            Write changed = latest(row, write -> !write.isDelete() && (hidden != null || !write.winsNoneOf(cells)));
            return new HiddenData(
                    key.table(),
                    row.id(),
                    hidden,
                    waiting,
                    values,
                    author(Objects.requireNonNull(
                            changed == null ? latest(row, write -> true) : changed, "A row without a write")),
                    hidden == null ? null : blockerDeleted(hidden));
        } catch (SQLException e) {
            throw SqlErrors.unexpected(Problem.DATABASE_NOT_READ, e);
        }
    }

    private @Nullable Write latest(TrackedRow row, Predicate<Write> which) {
        return row.state().writes().stream()
                .filter(which)
                .max(store::compareStamps)
                .orElse(null);
    }

    private HiddenData.@Nullable Author blockerDeleted(HiddenRow hidden) throws SQLException {
        UUID id = hidden.blocker();
        String table = hidden.blockerTable();
        if (id == null || table == null) {
            return null;
        }
        TrackedRow blocker = store.load(store.catalog().required(table).number(), id);
        Write delete =
                blocker.isKnown() && !blocker.isUndeleted() ? blocker.state().delete() : null;
        return delete == null ? null : author(delete);
    }

    private HiddenData.Author author(Write write) {
        return new HiddenData.Author(store.names().replicaId(write.replica()), write.wallMillis());
    }

    private String cellName(TrackedRow row, int cell) {
        return Objects.requireNonNull(store.names().cellName(row.table(), cell), "A cell without a name");
    }
}
