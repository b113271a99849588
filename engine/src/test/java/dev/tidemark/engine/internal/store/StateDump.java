package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.internal.cells.CellStore;
import dev.tidemark.engine.internal.cells.RowKey;
import dev.tidemark.engine.internal.cells.RowState;
import dev.tidemark.engine.internal.cells.Sibling;
import dev.tidemark.engine.internal.cells.TrackedRow;
import dev.tidemark.engine.internal.cells.Write;
import dev.tidemark.engine.internal.schema.NameDictionary;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Formats every tracked row with its timestamps, dots, tombstones and siblings: equal on replicas that agree. */
public final class StateDump {
    private final CellStore store;
    private final NameDictionary names;
    private final StringBuilder out = new StringBuilder();

    private StateDump(CellStore store) {
        this.store = store;
        this.names = store.names();
    }

    public static String of(Database database) {
        SqliteDatabase own = (SqliteDatabase) database;
        return own.query(statements -> new StateDump(own.cells(statements)).write());
    }

    private String write() throws SQLException {
        List<TrackedRow> rows = new ArrayList<>();
        for (RowKey key : store.statements().list("SELECT table_no, id FROM tm_row", RowKey::read)) {
            rows.add(store.load(key.table(), key.id()));
        }
        rows.sort(Comparator.comparing((TrackedRow row) -> names.tableName(row.table()))
                .thenComparing(row -> row.id().toString()));
        for (TrackedRow row : rows) {
            out.append(names.tableName(row.table())).append(' ').append(row.id());
            out.append(' ').append(row.visibilityBefore()).append('\n');
            Map<String, String> lines = new TreeMap<>();
            for (Write write : row.state().writes()) {
                if (write.isDelete()) {
                    lines.put("delete", dot(write) + (write.isSeen() ? " seen" : ""));
                }
            }
            addCells(row, lines);
            lines.forEach((name, line) ->
                    out.append("  ").append(name).append(' ').append(line).append('\n'));
        }
        return out.toString();
    }

    private void addCells(TrackedRow row, Map<String, String> lines) {
        BitSet cells = row.state().valueCells();
        cells.set(RowState.EXISTS);
        cells.stream().forEach(cell -> {
            Write write = row.state().winner(cell);
            if (write != null) {
                lines.put(
                        cell == RowState.EXISTS ? "exists" : "cell " + cellName(row, cell),
                        dot(write)
                                + (write.isSeen() ? " seen " : " ")
                                + literal(row.values().get(cell)));
            }
        });
        for (Sibling sibling : row.siblings()) {
            String name = sibling.cell() <= 0 ? String.valueOf(sibling.cell()) : cellName(row, sibling.cell());
            lines.put(
                    "sibling " + name + " " + names.replicaId(sibling.replica()) + ":" + sibling.sequence(),
                    "@" + sibling.hlcTime() + " " + literal(sibling.value()));
        }
    }

    private String dot(Write write) {
        return names.replicaId(write.replica()) + ":" + write.sequence() + "@" + write.hlcTime();
    }

    private String cellName(TrackedRow row, int cell) {
        return Objects.requireNonNull(names.cellName(row.table(), cell), "A cell without a name");
    }

    private static String literal(@Nullable Object value) {
        return switch (value) {
            case null -> "NULL";
            case String text -> "'" + text.replace("'", "''") + "'";
            case byte[] bytes -> "x'" + HexFormat.of().formatHex(bytes) + "'";
            default -> value.toString();
        };
    }
}
