package dev.tidemark.engine.internal.schema;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Problem;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Refuses triggers of the application that write to synced tables: they would fire on merges too, where nothing is tracked,
 * and replicas would differ (docs/correctness.md#r1). What triggers do is seen in the programs that {@code EXPLAIN}
 * shows behind that of the statement; each begins at address 0. Triggers on views are free: only applications write to
 * views.
 */
final class TriggerCheck {
    private final Connection connection;
    private final Set<String> synced;
    private final Map<Integer, String> tableByRootPage = new HashMap<>();

    /** @param connection one with foreign keys off, else actions of foreign keys would count */
    TriggerCheck(Connection connection, Set<String> synced) {
        this.connection = connection;
        this.synced = synced;
    }

    /** @throws Database.OpenException if there is such a trigger */
    void run() throws SQLException {
        List<String> tables = names("""
            SELECT DISTINCT t.name FROM main.sqlite_schema t JOIN main.sqlite_schema g ON g.tbl_name = t.name
            WHERE t.type = 'table' AND g.type = 'trigger'\
            """);
        if (tables.isEmpty()) {
            return;
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT rootpage, tbl_name FROM main.sqlite_schema WHERE type = 'table' AND rootpage > 0")) {
            while (rows.next()) {
                tableByRootPage.put(rows.getInt(1), rows.getString(2));
            }
        }
        for (String table : tables) {
            check(table);
        }
    }

    private void check(String table) throws SQLException {
        String quoted = "main." + SyncedTable.quote(table);
        List<String> columns =
                names("SELECT name FROM pragma_table_xinfo('" + table.replace("'", "''") + "') WHERE hidden = 0");
        String assignments = columns.stream()
                .map(column -> SyncedTable.quote(column) + " = " + SyncedTable.quote(column))
                .collect(Collectors.joining(", "));
        for (String sql : List.of(
                "INSERT INTO " + quoted + " DEFAULT VALUES",
                "UPDATE " + quoted + " SET " + assignments,
                "DELETE FROM " + quoted)) {
            for (String written : writtenByTriggers(sql)) {
                if (synced.contains(written)) {
                    throw new Database.OpenException(Problem.SCHEMA_TRIGGER_WRITES_SYNCED, table, written);
                }
            }
        }
    }

    private List<String> writtenByTriggers(String sql) throws SQLException {
        List<String> written = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("EXPLAIN " + sql)) {
            int programs = 0;
            while (rows.next()) {
                programs += rows.getInt("addr") == 0 ? 1 : 0;
                String operation = rows.getString("opcode");
                boolean clear = operation.equals("Clear");
                String table = tableByRootPage.get(rows.getInt(clear ? "p1" : "p2"));
                boolean writes = clear || operation.equals("OpenWrite");
                if (programs > 1 && writes && rows.getInt(clear ? "p2" : "p3") == 0 && table != null) {
                    written.add(table);
                }
            }
        }
        return written;
    }

    private List<String> names(String sql) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }
}
