package dev.tidemark.engine.internal.migrate;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.internal.schema.Catalog;
import dev.tidemark.engine.internal.schema.NameDictionary;
import dev.tidemark.engine.internal.schema.SyncedTable;
import dev.tidemark.engine.internal.schema.SyncedTable.Column;
import dev.tidemark.engine.internal.sql.Statements;
import dev.tidemark.engine.problem.Problem;
import java.sql.SQLException;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Enforces that migrations only add tables and columns to synced tables (docs/correctness.md#r11), because devices with
 * older versions still write the existing ones.
 */
record AdditiveRule(Statements statements, MigratedRows.Step step) {
    /** Returns the tables after the step. */
    Catalog check(Catalog before, NameDictionary names) throws SQLException {
        for (SyncedTable table : before.tables()) {
            if (!exists(table.name())) {
                throw new Database.OpenException(
                        Problem.SCHEMA_TABLE_TAKEN_AWAY, step.number(), step.name(), table.name());
            }
        }
        Set<String> tracked = before.tables().stream().map(SyncedTable::name).collect(Collectors.toSet());
        Catalog after = Catalog.readShapes(statements.connection(), tracked, names);
        for (SyncedTable was : before.tables()) {
            SyncedTable is = java.util.Objects.requireNonNull(after.named(was.name()));
            if (is.textIds() != was.textIds()) {
                throw new Database.OpenException(
                        Problem.SCHEMA_ID_TYPE_CHANGED, step.number(), step.name(), was.name());
            }
            for (Column column : was.columns()) {
                if (!is.byCell().containsKey(column.cell())) {
                    throw new Database.OpenException(
                            Problem.SCHEMA_COLUMN_TAKEN_AWAY, step.number(), step.name(), was.name(), column.name());
                }
            }
        }
        return after;
    }

    private boolean exists(String table) throws SQLException {
        return statements.exists("SELECT 1 FROM main.sqlite_schema WHERE type = 'table' AND name = ?", table);
    }
}
