package dev.tidemark.engine.internal.migrate;

import dev.tidemark.engine.internal.schema.Catalog;
import dev.tidemark.engine.internal.schema.SyncedTable;
import dev.tidemark.engine.internal.sql.Statements;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells the steps that cannot have changed a row from those that may have, so that adding a column does not cost a look at
 * every row: SQLite counts rows that statements change; only dropping, renaming and copying whole tables goes past that
 * count, and shows in where the table lies or in its being empty.
 */
final class MigrationChangeDetector {
    private record TableLocation(int rootPage, boolean empty) {}

    private final Statements statements;
    private final long before;
    private long after;
    private final Map<String, TableLocation> places = new HashMap<>();

    /** Taken before the step. */
    MigrationChangeDetector(Statements statements, Catalog tables) throws SQLException {
        this.statements = statements;
        for (SyncedTable table : tables.tables()) {
            places.put(table.name(), place(table));
        }
        this.before = changes();
        this.after = before;
    }

    /** The step has run; what the engine itself writes from now on does not count. */
    void afterStep() throws SQLException {
        after = changes();
    }

    /** Whether the step may have changed rows of this table. */
    boolean mayDiffer(SyncedTable table) throws SQLException {
        return after != before || !place(table).equals(places.get(table.name()));
    }

    private long changes() throws SQLException {
        Long count = statements.first("SELECT total_changes()", row -> row.getLong(1));
        return count == null ? 0 : count;
    }

    private TableLocation place(SyncedTable table) throws SQLException {
        Integer page = statements.first(
                "SELECT rootpage FROM main.sqlite_schema WHERE type = 'table' AND name = ?",
                row -> row.getInt(1),
                table.name());
        boolean empty = statements.first("SELECT 1 FROM main." + table.quoted() + " LIMIT 1", row -> true) == null;
        return new TableLocation(page == null ? 0 : page, empty);
    }
}
