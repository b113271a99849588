package dev.tidemark.engine.internal.merge;

import dev.tidemark.engine.internal.cells.CellStore;
import dev.tidemark.engine.internal.cells.TrackedRow;
import dev.tidemark.engine.internal.schema.SyncedTable;
import dev.tidemark.engine.internal.schema.SyncedTable.Column;
import dev.tidemark.engine.internal.schema.SyncedTable.UniqueKey;
import dev.tidemark.engine.internal.sql.SqlText;
import dev.tidemark.engine.internal.sql.Statements;
import dev.tidemark.engine.internal.sql.Values;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Deletes and inserts rows in the application's tables. Not thread-safe. */
final class TableWriter {
    /**
     * The maximal number of rows of one INSERT statement. It is less for tables with so many columns that the values
     * would exceed {@link #MAX_PARAMETERS}.
     */
    private static final int AT_ONCE = 50;

    private static final int MAX_PARAMETERS = 32_000;

    private final Statements statements;
    private final Map<Integer, String> inserts = new HashMap<>();
    private final Map<Integer, String> insertsOfMany = new HashMap<>();

    TableWriter(CellStore store) {
        this.statements = store.statements();
    }

    boolean isShown(SyncedTable table, UUID id) throws SQLException {
        return statements.exists(
                "SELECT 1 FROM main." + table.quoted() + " WHERE id = ?", CellStore.idValue(table, id));
    }

    List<UUID> shownReferring(SyncedTable table, Column column, Object value) throws SQLException {
        String select = "SELECT id FROM main." + table.quoted() + " WHERE " + SqlText.quote(column.name()) + " = ?";
        return statements.list(select, row -> required(Values.get(row, 1)), value);
    }

    List<UUID> rowsWithKey(SyncedTable table, UniqueKey unique, List<@Nullable Object> values) throws SQLException {
        StringBuilder where = new StringBuilder();
        for (int index = 0; index < values.size(); index++) {
            where.append(index == 0 ? "" : " AND ")
                    .append(SqlText.quote(unique.columns().get(index).name()))
                    .append(" = ? COLLATE ")
                    .append(unique.collations().get(index));
        }
        String select = "SELECT id FROM main." + table.quoted() + " WHERE " + where;
        return statements.list(select, row -> required(Values.get(row, 1)), values.toArray());
    }

    private static UUID required(@Nullable Object id) {
        return Objects.requireNonNull(idFrom(id), "A synced table holds a row whose id is no UUID");
    }

    static @Nullable UUID idFrom(@Nullable Object value) {
        return value == null ? null : Values.uuid(value);
    }

    void deleteRow(SyncedTable table, TrackedRow row) throws SQLException {
        statements.update("DELETE FROM main." + table.quoted() + " WHERE id = ?", CellStore.idValue(table, row.id()));
    }

    /** Inserts rows of one table with few statements. Returns the rows that SQLite refuses because of a constraint. */
    List<TrackedRow> insertRows(SyncedTable table, List<TrackedRow> rows) throws SQLException {
        List<TrackedRow> refused = new ArrayList<>();
        int most = Math.clamp(MAX_PARAMETERS / (table.columns().size() + 1), 1, AT_ONCE);
        for (int start = 0; start < rows.size(); ) {
            int count = rows.size() - start >= most ? most : 1;
            List<TrackedRow> some = rows.subList(start, start + count);
            if (!insert(table, some)) {
                if (count == 1) {
                    refused.addAll(some);
                } else {
                    // SQLite undid the whole statement. Inserting the rows one by one finds those that it refuses.
                    for (TrackedRow row : some) {
                        if (!insert(table, List.of(row))) {
                            refused.add(row);
                        }
                    }
                }
            }
            start += count;
        }
        return refused;
    }

    private boolean insert(SyncedTable table, List<TrackedRow> rows) throws SQLException {
        Map<Integer, String> known = rows.size() == 1 ? inserts : insertsOfMany;
        PreparedStatement insert =
                statements.bound(known.computeIfAbsent(table.number(), number -> insertInto(table, rows.size())));
        int position = 1;
        for (TrackedRow row : rows) {
            Values.bindStored(insert, position++, table.textIds() ? row.id().toString() : row.key());
            for (Column column : table.columns()) {
                Values.bindStored(insert, position++, AffectedRows.valueOf(row, column));
            }
        }
        try {
            insert.executeUpdate();
            return true;
        } catch (SQLiteException e) {
            if ((e.getResultCode().code & 0xff) == SQLiteErrorCode.SQLITE_CONSTRAINT.code
                    && statements.isInTransaction()) {
                return false;
            }
            throw e;
        }
    }

    private static String insertInto(SyncedTable table, int rows) {

        // OR ABORT overrides conflict clauses of the table, such as REPLACE, which would decide between conflicting
        // rows.
        String row = "(?" + ", ?".repeat(table.columns().size()) + ")";
        return "INSERT OR ABORT INTO main." + table.quoted() + "(id" + table.selected("") + ") VALUES " + row
                + (", " + row).repeat(rows - 1);
    }
}
