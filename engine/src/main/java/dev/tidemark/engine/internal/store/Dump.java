package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.history.Conflict;
import dev.tidemark.engine.history.HiddenRow;
import dev.tidemark.engine.internal.cells.CellStore;
import dev.tidemark.engine.internal.cells.TrackedRow;
import dev.tidemark.engine.internal.codec.ChangeCodec;
import dev.tidemark.engine.internal.schema.NameDictionary;
import dev.tidemark.engine.internal.schema.SyncedTable;
import dev.tidemark.engine.internal.schema.SyncedTable.Column;
import dev.tidemark.engine.internal.sql.SqlText;
import dev.tidemark.engine.internal.sql.Values;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes synced state as text: sections in a fixed order, rows sorted by id, columns by name, values as SQL literals.
 */
final class Dump {
    /**
     * Control characters. A dump escapes them, because terminals print dumps, and because each row must be one line.
     */
    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1f\\x7f-\\x9f]");

    private final CellStore store;
    private final NameDictionary names;
    private final StringBuilder out = new StringBuilder();

    Dump(CellStore store) {
        this.store = store;
        this.names = store.names();
    }

    String write(
            List<HiddenRow> hidden,
            List<TrackedRow> waiting,
            Function<TrackedRow, BitSet> waitingCells,
            List<Conflict> conflicts)
            throws SQLException {
        List<SyncedTable> tables = new ArrayList<>(store.catalog().tables());
        tables.sort(Comparator.comparing(SyncedTable::name));
        for (SyncedTable table : tables) {
            writeTable(table);
        }
        out.append("hidden\n");
        for (HiddenRow row : hidden) {
            out.append("  ").append(row.table()).append(' ').append(row.row());
            out.append(' ').append(row.reason()).append(' ');
            values(Objects.requireNonNull(load(row.table(), row.row())));
        }
        out.append("waiting\n");
        waiting.stream()
                .sorted(Comparator.comparing((TrackedRow row) -> names.tableName(row.table()))
                        .thenComparing(row -> row.id().toString()))
                .forEach(row -> writeWaiting(row, waitingCells.apply(row)));
        out.append("conflicts\n");
        for (Conflict conflict : conflicts) {
            out.append("  ").append(conflict.table()).append(' ').append(conflict.row());
            out.append(' ').append(conflict.column());
            version(conflict.winner());
            version(conflict.loser());
            out.append('\n');
        }
        return out.toString();
    }

    private @Nullable TrackedRow load(String table, UUID id) throws SQLException {
        return store.load(names.table(table), id);
    }

    private void writeTable(SyncedTable table) throws SQLException {
        out.append("table ").append(table.name()).append('\n');
        List<Column> columns = new ArrayList<>(table.columns());
        columns.sort(Comparator.comparing(Column::name));
        StringBuilder sql = new StringBuilder("SELECT id");
        columns.forEach(column -> sql.append(", ").append(SqlText.quote(column.name())));
        sql.append(" FROM main.").append(table.quoted()).append(" ORDER BY id");
        store.statements().list(sql.toString(), row -> {
            out.append("  ").append(id(Values.get(row, 1))).append(" {");
            for (int index = 0; index < columns.size(); index++) {
                out.append(index == 0 ? "" : ", ")
                        .append(columns.get(index).name())
                        .append('=');
                value(Values.get(row, index + 2));
            }
            out.append("}\n");
            return table;
        });
    }

    private static String id(@Nullable Object value) {
        return value instanceof byte[] bytes ? ChangeCodec.idOf(bytes).toString() : String.valueOf(value);
    }

    private void writeWaiting(TrackedRow row, BitSet cells) {
        out.append("  ")
                .append(names.tableName(row.table()))
                .append(' ')
                .append(row.id())
                .append(' ');
        Map<String, @Nullable Object> named = new TreeMap<>();
        cells.stream()
                .forEach(cell -> named.put(cellName(row, cell), row.values().get(cell)));
        values(named);
    }

    private void values(TrackedRow row) {
        Map<String, @Nullable Object> named = new TreeMap<>();
        row.state().valueCells().stream()
                .forEach(cell -> named.put(cellName(row, cell), row.values().get(cell)));
        values(named);
    }

    private void values(Map<String, @Nullable Object> named) {
        out.append('{');
        String separator = "";
        for (Map.Entry<String, @Nullable Object> cell : named.entrySet()) {
            out.append(separator).append(cell.getKey()).append('=');
            value(cell.getValue());
            separator = ", ";
        }
        out.append("}\n");
    }

    private String cellName(TrackedRow row, int cell) {
        return Objects.requireNonNull(names.cellName(row.table(), cell), "A cell without a name");
    }

    private void version(Conflict.Version version) {
        out.append(' ').append(version.dot()).append(version.delete() ? " delete" : "=");
        if (!version.delete()) {
            value(version.value());
        }
    }

    private void value(@Nullable Object value) {
        switch (value) {
            case null -> out.append("NULL");
            case String text ->
                out.append('\'')
                        .append(CONTROL.matcher(text.replace("'", "''").replace("\\", "\\\\"))
                                .replaceAll(found -> String.format(
                                        "\\\\u%04x", (int) found.group().charAt(0))))
                        .append('\'');
            case byte[] bytes ->
                out.append("x'").append(HexFormat.of().formatHex(bytes)).append('\'');
            default -> out.append(value);
        }
    }
}
