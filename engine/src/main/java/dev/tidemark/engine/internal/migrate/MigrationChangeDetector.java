package dev.tidemark.engine.internal.migrate;

import dev.tidemark.engine.internal.schema.Catalog;
import dev.tidemark.engine.internal.schema.SyncedTable;
import dev.tidemark.engine.internal.sql.Statements;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * Detects which tables a step may have written to, so that steps such as ADD COLUMN need no comparison of all rows.
 * {@code total_changes()} counts the rows that statements write. It does not count dropping, renaming and copying whole
 * tables, but these change the table's root page, or whether it is empty.
 */
final class MigrationChangeDetector {
    private record TableLocation(int rootPage, boolean empty) {}

    private final Statements statements;
    private final long before;
    private long after;
    private final Map<String, TableLocation> locations = new HashMap<>();

    /** Records the state before the step. */
    MigrationChangeDetector(Statements statements, Catalog tables) throws SQLException {
        this.statements = statements;
        for (SyncedTable table : tables.tables()) {
            locations.put(table.name(), location(table));
        }
        this.before = changes();
        this.after = before;
    }

    /** Records the state after the step. Later writes of the engine do not count. */
    void afterStep() throws SQLException {
        after = changes();
    }

    /** Returns whether the step may have changed rows of this table. */
    boolean mayDiffer(SyncedTable table) throws SQLException {
        return after != before || !location(table).equals(locations.get(table.name()));
    }

    private long changes() throws SQLException {
        Long count = statements.first("SELECT total_changes()", row -> row.getLong(1));
        return count == null ? 0 : count;
    }

    private TableLocation location(SyncedTable table) throws SQLException {
        Integer page = statements.first(
                "SELECT rootpage FROM main.sqlite_schema WHERE type = 'table' AND name = ?",
                row -> row.getInt(1),
                table.name());
        boolean empty = statements.first("SELECT 1 FROM main." + table.quoted() + " LIMIT 1", row -> true) == null;
        return new TableLocation(page == null ? 0 : page, empty);
    }
}
