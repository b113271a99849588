package dev.tidemark.engine.internal.cells;

import dev.tidemark.engine.internal.cells.TrackedRow.Visibility;
import dev.tidemark.engine.internal.codec.ChangeCodec;
import dev.tidemark.engine.internal.codec.FormatException;
import dev.tidemark.engine.internal.codec.ValueCodec;
import dev.tidemark.engine.internal.schema.Catalog;
import dev.tidemark.engine.internal.schema.NameDictionary;
import dev.tidemark.engine.internal.schema.SyncedTable;
import dev.tidemark.engine.internal.sql.SqlErrors;
import dev.tidemark.engine.internal.sql.Statements;
import dev.tidemark.engine.internal.sql.Values;
import dev.tidemark.engine.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePackException;
import org.msgpack.core.MessageUnpacker;

/** Reads and writes cell state through one connection, inside its transaction. Not thread-safe. */
public final class CellStore {
    private static final int AT_ONCE = 50;
    private static final String SELECT_MANY =
            "SELECT id, status, cells FROM tm_row WHERE table_no = ? AND id IN (?" + ", ?".repeat(AT_ONCE - 1) + ")";
    private static final String INSERT_NEW = insertNew(1);
    private static final String INSERT_MANY_NEW = insertNew(AT_ONCE);

    private final Statements statements;
    private final NameDictionary names;
    private final Catalog catalog;
    private final Comparator<Write> byStamp;

    public CellStore(Statements statements, NameDictionary names, Catalog catalog) {
        this.statements = statements;
        this.names = names;
        this.catalog = catalog;
        this.byStamp = Comparator.<Write>comparingLong(Write::hlcTime)
                .thenComparing(write -> names.replicaId(write.replica()));
    }

    boolean isNewer(Write one, Write other) {
        return compareStamps(one, other) > 0;
    }

    public int compareStamps(Write one, Write other) {
        return byStamp.compare(one, other);
    }

    /** Returns the row as stored, or an empty one if the row is unknown. */
    public TrackedRow load(int table, UUID id) throws SQLException {
        String select = "SELECT id, status, cells FROM tm_row WHERE table_no = ? AND id = ?";
        TrackedRow row = statements.first(select, found -> known(table, found), table, ChangeCodec.bytesOf(id));
        return row != null ? row : unknown(table, id);
    }

    /** Loads many rows of one table with few statements. */
    public Map<UUID, TrackedRow> loadAll(int table, List<byte[]> keys) throws SQLException {
        Map<UUID, TrackedRow> rows = HashMap.newHashMap(keys.size());
        int start = 0;
        for (; start + AT_ONCE <= keys.size(); start += AT_ONCE) {
            @Nullable Object[] values = new @Nullable Object[1 + AT_ONCE];
            values[0] = table;
            for (int index = 0; index < AT_ONCE; index++) {
                values[1 + index] = keys.get(start + index);
            }
            for (TrackedRow row : statements.list(SELECT_MANY, found -> known(table, found), values)) {
                rows.put(row.id(), row);
            }
        }
        for (byte[] key : keys.subList(start, keys.size())) {
            UUID id = ChangeCodec.idOf(key);
            rows.put(id, load(table, id));
        }
        for (byte[] key : keys) {
            rows.computeIfAbsent(ChangeCodec.idOf(key), id -> unknown(table, id));
        }
        return rows;
    }

    /**
     * Loads the rows that satisfy the condition and are neither plainly shown nor plainly deleted, in one statement.
     */
    public List<TrackedRow> loadExceptional(String condition, @Nullable Object... values) throws SQLException {
        return statements.list(
                "SELECT id, status, cells, table_no FROM tm_row INDEXED BY tm_row_exceptional WHERE status NOT IN (0,"
                        + " 2) AND "
                        + condition,
                found -> known(found.getInt(4), found),
                values);
    }

    private TrackedRow known(int table, ResultSet found) throws SQLException {
        UUID id = ChangeCodec.idOf(found.getBytes(1));
        return new TrackedRow(table, id, this, true, RowState.unpack(found.getBytes(3)), found.getInt(2));
    }

    private TrackedRow unknown(int table, UUID id) {
        return new TrackedRow(table, id, this, false, new RowState(), 0);
    }

    public void save(TrackedRow row) throws SQLException {
        String insert = "INSERT OR REPLACE INTO tm_row(table_no, id, status, cells) VALUES (?, ?, ?, ?)";
        statements.update(
                insert, row.table(), row.key(), row.status(), row.state().pack());
    }

    /** A shown row without flags that was unknown before. */
    @SuppressWarnings("ArrayRecordComponent") // built for one statement, never compared
    public record NewRow(byte[] key, byte[] cells) {
        /** Returns a new row in which one write wins all cells. */
        public static NewRow of(byte[] key, Write write) {
            return new NewRow(key, RowState.packed(List.of(write)));
        }
    }

    /**
     * Stores new rows of one table with few statements. Rows that are already known stay unchanged.
     *
     * @return how many rows were stored
     */
    public int saveNew(int table, List<NewRow> rows) throws SQLException {
        int saved = 0;
        for (int start = 0; start < rows.size(); ) {
            int count = rows.size() - start >= AT_ONCE ? AT_ONCE : 1;
            @Nullable Object[] values = new @Nullable Object[1 + 2 * count];
            values[0] = table;
            for (int index = 0; index < count; index++) {
                NewRow row = rows.get(start + index);
                values[1 + 2 * index] = row.key();
                values[2 + 2 * index] = row.cells();
            }
            saved += statements.update(count == 1 ? INSERT_NEW : INSERT_MANY_NEW, values);
            start += count;
        }
        return saved;
    }

    private static String insertNew(int count) {
        StringBuilder sql = new StringBuilder("INSERT OR IGNORE INTO tm_row(table_no, id, status, cells) VALUES ");
        for (int index = 0; index < count; index++) {
            sql.append(index == 0 ? "" : ", ");
            sql.append("(?1, ?")
                    .append(2 + 2 * index)
                    .append(", 0, ?")
                    .append(3 + 2 * index)
                    .append(")");
        }
        return sql.toString();
    }

    List<Sibling> siblings(TrackedRow row) {
        try {
            return statements.list("""
                SELECT cell, replica_no, sequence, time, clock_offset, context, value FROM tm_sibling
                WHERE table_no = ? AND id = ?\
                """, CellStore::readSibling, row.table(), row.key());
        } catch (SQLException e) {
            throw SqlErrors.unexpected(Problem.DATABASE_NOT_READ, e);
        }
    }

    private static Sibling readSibling(ResultSet found) throws SQLException {
        byte[] value = found.getBytes(7);
        return new Sibling(
                found.getInt(1),
                found.getInt(2),
                found.getLong(3),
                found.getLong(4),
                found.getLong(5),
                found.getBytes(6),
                value == null ? null : unpackValue(value));
    }

    void add(TrackedRow row, Sibling sibling) throws SQLException {
        row.siblings().add(sibling);
        statements.update(
                "INSERT OR REPLACE INTO tm_sibling VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                row.table(),
                row.key(),
                sibling.cell(),
                sibling.replica(),
                sibling.sequence(),
                sibling.hlcTime(),
                sibling.clockOffset(),
                sibling.context(),
                packValue(sibling.value()));
    }

    void remove(TrackedRow row, Sibling sibling) throws SQLException {
        row.siblings().remove(sibling);
        statements.update("""
            DELETE FROM tm_sibling
            WHERE table_no = ? AND id = ? AND cell = ? AND replica_no = ? AND sequence = ?\
            """, row.table(), row.key(), sibling.cell(), sibling.replica(), sibling.sequence());
    }

    /** Adds an index entry from the row to a change that no longer wins a cell. */
    void addSuperseded(TrackedRow row, Write write) throws SQLException {
        addSuperseded(row.table(), row.id(), write.replica(), write.sequence());
    }

    /** Adds an index entry from the row to a change that wins no cell. */
    public void addSuperseded(int table, UUID row, int replica, long sequence) throws SQLException {
        String insert = "INSERT OR REPLACE INTO tm_superseded VALUES (?, ?, ?, ?)";
        statements.update(insert, table, ChangeCodec.bytesOf(row), replica, sequence);
    }

    /** Removes the index entry of a change, because the change wins a cell again. */
    void removeSuperseded(TrackedRow row, Write write) throws SQLException {
        String delete = "DELETE FROM tm_superseded WHERE table_no = ? AND id = ? AND replica_no = ? AND sequence = ?";
        statements.update(delete, row.table(), row.key(), write.replica(), write.sequence());
    }

    /** Deletes all state of a row. The application's table must not contain the row. */
    public void purge(TrackedRow row) throws SQLException {
        purge(row.table(), row.key());
    }

    /** Deletes all state of the row with this key. The application's table stays unchanged. */
    public void purge(int table, byte[] key) throws SQLException {
        for (String name : List.of("tm_row", "tm_retained", "tm_sibling", "tm_hidden")) {
            statements.update("DELETE FROM " + name + " WHERE table_no = ? AND id = ?", table, key);
        }
    }

    /** Lists the superseded changes of a row for erasure of their values, here and in all storages. */
    public void recordErased(TrackedRow row) throws SQLException {
        statements.update("""
            INSERT OR IGNORE INTO tm_erased(location, replica_no, sequence)
            SELECT l.location, s.replica_no, s.sequence
            FROM (SELECT '' AS location UNION ALL SELECT location FROM tm_remote) l JOIN tm_superseded s
            WHERE s.table_no = ? AND s.id = ?\
            """, row.table(), row.key());
    }

    /** Records that snapshots made before this time, in milliseconds since 1970, may contain values of dropped rows. */
    void recordOldSnapshots(long millis) throws SQLException {
        statements.update("UPDATE tm_remote SET replace_snapshots = ?1 WHERE replace_snapshots < ?1", millis);
    }

    /** Removes the cells of a deleted row, with their values. */
    void retainDeleteOnly(TrackedRow row) throws SQLException {
        row.state().removeCells();
        save(row);
        retain(row, Map.of());
    }

    /**
     * Returns the row with its values and visibility but without any writes, so that the caller can write it anew.
     * Deletes the row's siblings.
     */
    public TrackedRow withoutWrites(TrackedRow row) throws SQLException {
        statements.update("DELETE FROM tm_sibling WHERE table_no = ? AND id = ?", row.table(), row.key());
        int status = row.status() & ~(TrackedRow.SIBLINGS | TrackedRow.EDIT_DELETE_CONFLICT);
        TrackedRow created = new TrackedRow(row.table(), row.id(), this, true, new RowState(), status);
        created.setValues(row.values());
        return created;
    }

    Map<Integer, @Nullable Object> values(TrackedRow row) {
        try {
            Map<Integer, @Nullable Object> values = retained(row.table(), row.key());
            SyncedTable table = catalog.numbered(row.table());
            if (row.wasShown() && table != null) {
                readShown(table, row, values);
            }
            return values;
        } catch (SQLException e) {
            throw SqlErrors.unexpected(Problem.DATABASE_NOT_READ, e);
        }
    }

    private void readShown(SyncedTable table, TrackedRow row, Map<Integer, @Nullable Object> values)
            throws SQLException {
        statements.first(
                "SELECT 1" + table.selected("") + " FROM main." + table.quoted() + " WHERE id = ?",
                found -> {
                    int position = 2;
                    for (SyncedTable.Column column : table.columns()) {
                        // A retained value belongs to a waiting cell. It has another type, or the last upgrade added
                        // its column.
                        if (row.state().winner(column.cell()) != null && !values.containsKey(column.cell())) {
                            values.put(column.cell(), Values.get(found, position));
                        }
                        position++;
                    }
                    return values;
                },
                idValue(table, row.id()));
    }

    /**
     * Returns how many values the shown rows with waiting cells retain. A shown row retains only the values of waiting
     * cells.
     */
    public long retainedByShownRows() throws SQLException {
        return statements
                .list(
                        "SELECT t.cells FROM tm_row r INDEXED BY tm_row_exceptional"
                                + " JOIN tm_retained t ON t.table_no = r.table_no AND t.id = r.id"
                                + " WHERE r.status NOT IN (0, 2) AND r.status & ? <> 0 AND r.status & ? = ?",
                        found -> numberOfCells(found.getBytes(1)),
                        TrackedRow.WAITING,
                        TrackedRow.VISIBILITY_MASK,
                        TrackedRow.Visibility.SHOWN.code())
                .stream()
                .mapToLong(Integer::longValue)
                .sum();
    }

    /** Returns the id as the table's id column stores it: as text or as 16 bytes. */
    public static Object idValue(SyncedTable table, UUID id) {
        return table.textIds() ? id.toString() : ChangeCodec.bytesOf(id);
    }

    /** Returns the values stored outside of the application's table, by cell. */
    public Map<Integer, @Nullable Object> retained(int table, byte[] key) throws SQLException {
        byte[] packed = statements.first(
                "SELECT cells FROM tm_retained WHERE table_no = ? AND id = ?", found -> found.getBytes(1), table, key);
        return packed == null ? new HashMap<>() : unpackCells(packed);
    }

    /**
     * Stores the values that the application's table does not contain. These are all values of a row that is not shown,
     * or the values of the waiting cells of a shown row.
     */
    public void retainValuesNotShown(TrackedRow row) throws SQLException {
        BitSet waiting = row.waitingCells(catalog.numbered(row.table()));
        row.setWaiting(!waiting.isEmpty());
        Map<Integer, @Nullable Object> retained = new HashMap<>();
        if (row.visibility() != Visibility.SHOWN) {
            row.state().valueCells().stream()
                    .forEach(cell -> retained.put(cell, row.values().get(cell)));
        } else {
            waiting.stream().forEach(cell -> retained.put(cell, row.values().get(cell)));
        }
        if (!retained.isEmpty() || row.visibilityBefore() != Visibility.SHOWN || row.wasWaiting()) {
            retain(row, retained);
        }
    }

    /** Deletes the reason why the row was hidden. */
    public void removeHidden(TrackedRow row) throws SQLException {
        statements.update("DELETE FROM tm_hidden WHERE table_no = ? AND id = ?", row.table(), row.key());
    }

    /** Replaces the values stored outside of the application's table. An empty map deletes them. */
    private void retain(TrackedRow row, Map<Integer, @Nullable Object> cells) throws SQLException {
        if (cells.isEmpty()) {
            if (row.isKnown()) {
                statements.update("DELETE FROM tm_retained WHERE table_no = ? AND id = ?", row.table(), row.key());
            }
        } else {
            statements.update(
                    "INSERT OR REPLACE INTO tm_retained VALUES (?, ?, ?)", row.table(), row.key(), packCells(cells));
        }
    }

    public NameDictionary names() {
        return names;
    }

    public Catalog catalog() {
        return catalog;
    }

    public Statements statements() {
        return statements;
    }

    /** Encodes values by cell, as {@code tm_retained} stores them. */
    public static byte[] packCells(Map<Integer, @Nullable Object> cells) {
        try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
            packer.packMapHeader(cells.size());
            for (Map.Entry<Integer, @Nullable Object> cell : new java.util.TreeMap<>(cells).entrySet()) {
                packer.packInt(cell.getKey());
                ValueCodec.write(packer, cell.getValue());
            }
            return packer.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Map<Integer, @Nullable Object> unpackCells(byte[] packed) {
        try (MessageUnpacker unpacker = MessagePack.newDefaultUnpacker(packed)) {
            Map<Integer, @Nullable Object> cells = new HashMap<>();
            for (int left = unpacker.unpackMapHeader(); left > 0; left--) {
                cells.put(unpacker.unpackInt(), ValueCodec.read(unpacker));
            }
            return cells;
        } catch (MessagePackException e) {
            throw new FormatException("a value cannot be read", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int numberOfCells(byte[] packed) {
        try (MessageUnpacker unpacker = MessagePack.newDefaultUnpacker(packed)) {
            return unpacker.unpackMapHeader();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] packValue(@Nullable Object value) {
        try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
            ValueCodec.write(packer, value);
            return packer.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Decodes a value as {@code tm_sibling} stores it. */
    public static @Nullable Object unpackValue(byte[] packed) {
        try (MessageUnpacker unpacker = MessagePack.newDefaultUnpacker(packed)) {
            return ValueCodec.read(unpacker);
        } catch (MessagePackException e) {
            throw new FormatException("a value cannot be read", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
