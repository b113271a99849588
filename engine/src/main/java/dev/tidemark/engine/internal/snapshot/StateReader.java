package dev.tidemark.engine.internal.snapshot;

import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.internal.cells.CellStore;
import dev.tidemark.engine.internal.cells.RowState;
import dev.tidemark.engine.internal.cells.Sibling;
import dev.tidemark.engine.internal.cells.TrackedRow;
import dev.tidemark.engine.internal.cells.TrackedRow.Visibility;
import dev.tidemark.engine.internal.cells.Write;
import dev.tidemark.engine.internal.codec.ChangeCodec;
import dev.tidemark.engine.internal.codec.ContextCodec;
import dev.tidemark.engine.internal.codec.FormatException;
import dev.tidemark.engine.internal.schema.Catalog;
import dev.tidemark.engine.internal.schema.NameDictionary;
import dev.tidemark.engine.internal.schema.SyncedTable;
import dev.tidemark.engine.internal.snapshot.SnapshotRow.Register;
import dev.tidemark.engine.internal.snapshot.SnapshotRow.SiblingWrite;
import dev.tidemark.engine.internal.snapshot.SnapshotRow.WinningWrite;
import dev.tidemark.engine.internal.sql.Statements;
import dev.tidemark.engine.internal.sql.Values;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads all tracked rows of a database one at a time. Parents come before children. Used in one read transaction. Not
 * thread-safe.
 */
final class StateReader implements AutoCloseable {
    private static final int FIRST_COLUMN = 5;

    private final Statements statements;
    private final NameDictionary names;
    private final Catalog catalog;
    private final Deque<Integer> tables = new ArrayDeque<>();
    private int table;
    private @Nullable SyncedTable synced;
    private @Nullable ResultSet rows;

    StateReader(Statements statements, NameDictionary names, Catalog catalog) throws SQLException {
        this.statements = statements;
        this.names = names;
        this.catalog = catalog;
        Set<Integer> ordered = new LinkedHashSet<>();
        catalog.tables().forEach(known -> ordered.add(known.number()));
        ordered.addAll(statements.list("SELECT DISTINCT table_no FROM tm_row", row -> row.getInt(1)));
        tables.addAll(ordered);
    }

    /** Returns the next row; {@code null} after the last. */
    @Nullable
    SnapshotRow next() throws SQLException {
        while (true) {
            ResultSet current = rows;
            if (current != null && current.next()) {
                return row(current);
            }
            close();
            if (tables.isEmpty()) {
                return null;
            }
            table = tables.remove();
            synced = catalog.numbered(table);
            rows = statements.bound(sql(), table).executeQuery();
        }
    }

    private String sql() {
        String shown = "";
        String join = "";
        SyncedTable known = synced;
        if (known != null) {
            shown = known.selected("t.");
            join = " LEFT JOIN main." + known.quoted() + " t ON t.id = " + known.idOfKey("r.id");
        }
        return "SELECT r.id, r.status, r.cells, k.cells" + shown
                + " FROM tm_row r LEFT JOIN tm_retained k ON k.table_no = r.table_no AND k.id = r.id" + join
                + " WHERE r.table_no = ? ORDER BY r.id";
    }

    private SnapshotRow row(ResultSet row) throws SQLException {
        byte[] key = row.getBytes(1);
        int status = row.getInt(2);
        RowState state = RowState.unpack(row.getBytes(3));
        byte[] kept = row.getBytes(4);
        Map<Integer, @Nullable Object> values = kept == null ? new HashMap<>() : CellStore.unpackCells(kept);
        SyncedTable known = synced;
        if (known != null && Visibility.of(status) == Visibility.SHOWN) {
            int position = FIRST_COLUMN;
            for (SyncedTable.Column column : known.columns()) {
                // Of a shown row, only waiting cells have retained values: values of another type, or of a column that
                // the last upgrade added.
                if (!values.containsKey(column.cell())) {
                    values.put(column.cell(), Values.get(row, position));
                }
                position++;
            }
        }
        Map<String, @Nullable Object> named = new HashMap<>();
        List<WinningWrite> writes = new ArrayList<>();
        for (Write write : state.writes()) {
            List<String> columns = new ArrayList<>();
            for (int cell = write.next(RowState.EXISTS + 1); cell >= 0; cell = write.next(cell + 1)) {
                String column = nameOf(cell);
                columns.add(column);
                named.put(column, values.get(cell));
            }
            writes.add(new WinningWrite(
                    dot(write.replica(), write.sequence()),
                    write.hlcTime(),
                    write.clockOffset(),
                    write.isDelete(),
                    write.isSeen(),
                    write.wins(RowState.EXISTS),
                    columns));
        }
        List<SiblingWrite> siblings = (status & TrackedRow.SIBLINGS) != 0 ? siblings(key) : List.of();
        UUID id = ChangeCodec.idOf(key);
        return new SnapshotRow(names.tableName(table), id, writes, siblings, named);
    }

    private List<SiblingWrite> siblings(byte[] key) throws SQLException {
        return statements.list("""
            SELECT cell, replica_no, sequence, time, clock_offset, context, value FROM tm_sibling
            WHERE table_no = ? AND id = ? ORDER BY cell, replica_no, sequence\
            """, this::sibling, table, key);
    }

    private SiblingWrite sibling(ResultSet row) throws SQLException {
        int cell = row.getInt(1);
        byte[] context = row.getBytes(6);
        byte[] value = row.getBytes(7);
        return new SiblingWrite(
                cell == Sibling.DELETE
                        ? Register.DELETE
                        : cell == RowState.EXISTS ? Register.EXISTENCE : Register.COLUMN,
                cell > RowState.EXISTS ? nameOf(cell) : "",
                dot(row.getInt(2), row.getLong(3)),
                row.getLong(4),
                row.getLong(5),
                context == null ? null : ContextCodec.unpack(context, names),
                value == null ? null : CellStore.unpackValue(value));
    }

    private Dot dot(int replica, long sequence) {
        return new Dot(names.replicaId(replica), sequence);
    }

    private String nameOf(int cell) {
        String name = names.cellName(table, cell);
        if (name == null) {
            throw new FormatException("the dictionary has no cell " + cell + " of table " + table);
        }
        return name;
    }

    @Override
    public void close() throws SQLException {
        ResultSet current = rows;
        rows = null;
        if (current != null) {
            current.close();
        }
    }
}
