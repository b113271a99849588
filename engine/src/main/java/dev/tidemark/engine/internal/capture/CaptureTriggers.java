package dev.tidemark.engine.internal.capture;

import dev.tidemark.engine.internal.schema.SyncedTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Temporary triggers of one connection that note, on the first touch of a row in a transaction, what it was before.
 *
 * <p>A row per touched row in {@code temp.tm_before_N}: its id, whether it was there, and its old values. No conflict
 * clause is used, because an outer {@code OR REPLACE} would override it (rule R12).
 */
public final class CaptureTriggers {
    private CaptureTriggers() {}

    /** The temporary table for this table. */
    static String before(SyncedTable table) {
        return "tm_before_" + table.number();
    }

    /** Creates table and triggers; the connection must have {@code recursive_triggers} on. */
    public static void install(Connection connection, SyncedTable table) throws SQLException {
        String note = before(table);
        String slots =
                table.columns().stream().map(column -> ", c" + column.cell()).collect(Collectors.joining());
        String old = table.columns().stream()
                .map(column -> ", OLD." + SyncedTable.quote(column.name()))
                .collect(Collectors.joining());
        String oldRow = "INSERT INTO " + note + "(id, was" + slots + ") SELECT OLD.id, 1" + old
                + " WHERE NOT EXISTS (SELECT 1 FROM " + note + " WHERE id = OLD.id);";
        String newRow = "INSERT INTO " + note + "(id, was) SELECT NEW.id, 0" + " WHERE NOT EXISTS (SELECT 1 FROM "
                + note + " WHERE id = NEW.id)";
        List<String> statements = List.of(
                "CREATE TEMP TABLE " + note + "(id PRIMARY KEY NOT NULL, was" + slots + ") WITHOUT ROWID",
                trigger(table, "INSERT", newRow + ";"),
                trigger(table, "UPDATE", oldRow + " " + newRow + " AND NEW.id IS NOT OLD.id;"),
                trigger(table, "DELETE", oldRow));
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static String trigger(SyncedTable table, String event, String body) {
        return "CREATE TEMP TRIGGER tm_on_" + event.toLowerCase(java.util.Locale.ROOT) + "_" + table.number()
                + " AFTER " + event + " ON main." + table.quoted() + " BEGIN " + body + " END";
    }
}
