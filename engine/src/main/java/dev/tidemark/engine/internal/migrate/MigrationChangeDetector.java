package dev.tidemark.engine.internal.migrate;

import dev.tidemark.engine.internal.schema.Catalog;
import dev.tidemark.engine.internal.schema.SyncedTable;
import dev.tidemark.engine.internal.sql.Statements;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * Detects which tables a step may have written to, so that steps such as ADD COLUMN need no comparison of all rows.
 * {@code total_changes()} counts the rows that statements write. It does not count whole tables that are dropped,
 * renamed or copied. These are detected because the table's root page changes, or the table becomes empty or is no
 * longer empty.
 */
final class MigrationChangeDetector {
    private record TableLocation(long rootPage, boolean empty) {}

    private final Statements statements;
    private final long before;
    private long after;
    private final Map<String, TableLocation> locations = new HashMap<>();

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

    boolean mayDiffer(SyncedTable table) throws SQLException {
        return after != before || !location(table).equals(locations.get(table.name()));
    }

    private long changes() throws SQLException {
        return statements.number("SELECT total_changes()");
    }

    private TableLocation location(SyncedTable table) throws SQLException {
        long page = statements.number(
                "SELECT rootpage FROM main.sqlite_schema WHERE type = 'table' AND name = ?", table.name());
        boolean empty = !statements.exists("SELECT 1 FROM main." + table.quoted() + " LIMIT 1");
        return new TableLocation(page, empty);
    }
}
