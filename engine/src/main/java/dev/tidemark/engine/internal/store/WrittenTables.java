package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.internal.sql.Statements;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which tables a statement writes to, its triggers included: the root pages that {@code EXPLAIN} opens for writing, looked up
 * in the schema. Not thread-safe.
 */
final class WrittenTables {
    private static final int MOST_REMEMBERED = 1000;

    private final Connection connection;
    private final Map<Integer, String> byRootPage = new HashMap<>();
    private final Map<String, Set<String>> known = new HashMap<>();

    WrittenTables(Statements statements) throws SQLException {
        this.connection = statements.connection();
        statements.list(
                "SELECT rootpage, tbl_name FROM main.sqlite_schema WHERE rootpage > 0",
                row -> byRootPage.put(row.getInt(1), row.getString(2)));
    }

    /** The names of the tables; the engine's own are left out. */
    Set<String> of(String sql) throws SQLException {
        Set<String> tables = known.get(sql);
        if (tables == null) {
            if (known.size() >= MOST_REMEMBERED) {
                known.clear();
            }
            tables = explain(sql);
            known.put(sql, tables);
        }
        return tables;
    }

    private Set<String> explain(String sql) throws SQLException {
        Set<String> tables = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement("EXPLAIN " + sql);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                String operation = rows.getString("opcode");
                int database = rows.getInt(operation.equals("Clear") ? "p2" : "p3");
                int page = rows.getInt(operation.equals("Clear") ? "p1" : "p2");
                boolean writes = operation.equals("OpenWrite") || operation.equals("Clear");
                String table = byRootPage.get(page);
                if (writes && database == 0 && table != null && !table.startsWith("tm_")) {
                    tables.add(table);
                }
            }
        }
        return tables;
    }
}
