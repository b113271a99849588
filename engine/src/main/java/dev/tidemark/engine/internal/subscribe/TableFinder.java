package dev.tidemark.engine.internal.subscribe;

import dev.tidemark.engine.internal.read.AsciiCase;
import dev.tidemark.engine.internal.read.SqlReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds the tables that a statement reads and writes from SQLite's bytecode ({@code EXPLAIN}), without parsing SQL.
 * Names are in lower case. Thread-safe, but each connection must be used by one thread at a time.
 *
 * <p>Bytecode opens a table or index by its root page, which {@code sqlite_schema} maps to a table. It opens a virtual
 * table by its address in memory, which is found with the bytecode of a query on each virtual table.
 */
public final class TableFinder {
    private static final int MAX_QUERIES = 2_000;
    private static final int SCHEMA_ROOT = 1;
    private static final int MAIN = 0;

    private final Map<String, Set<String>> read = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Set<String>> eldest) {
            return size() > MAX_QUERIES;
        }
    };
    private final Map<String, Set<String>> written = new HashMap<>();
    private final Map<Integer, String> tablesByRoot = new HashMap<>();
    private int schemaVersion = -1;

    /**
     * Returns the tables that the query depends on: those that SQLite reports, virtual tables with their shadow tables,
     * and {@code alsoReads}.
     *
     * @throws SQLException if SQLite refuses the query
     */
    public synchronized Set<String> tablesOf(
            SqlReader reader, String sql, List<? extends @Nullable Object> parameters, Set<String> alsoReads)
            throws SQLException {
        refreshIfSchemaChanged(reader);
        Connection connection = reader.connection();
        Set<String> found = read.get(sql);
        if (found == null) {
            found = new TreeSet<>();
            Set<String> virtual = new HashSet<>();
            for (Operation operation : program(connection, sql, parameters)) {
                operation.reads(tablesByRoot, found, virtual);
            }
            found.addAll(virtualTables(connection, virtual));
            read.put(sql, found);
        }
        Set<String> all = new TreeSet<>(found);
        alsoReads.forEach(table -> all.add(AsciiCase.lower(table)));
        return all;
    }

    /**
     * Returns these tables and all that change with them: those that their triggers write and, if the connection
     * enforces foreign keys, those that deletes cascade to.
     */
    public synchronized Set<String> affectedBy(SqlReader reader, Set<String> tables) throws SQLException {
        refreshIfSchemaChanged(reader);
        Set<String> all = new TreeSet<>();
        for (String table : tables) {
            String name = AsciiCase.lower(table);
            Set<String> known = written.get(name);
            if (known == null) {
                known = writtenWith(reader.connection(), name);
                written.put(name, known);
            }
            all.addAll(known);
        }
        return all;
    }

    private Set<String> writtenWith(Connection connection, String table) throws SQLException {
        Set<String> found = new TreeSet<>(Set.of(table));
        if (!tablesByRoot.containsValue(table) || table.startsWith("sqlite_")) {
            return found;
        }
        String name = quoted(table);
        StringBuilder assignments = new StringBuilder();
        try (PreparedStatement statement = connection.prepareStatement("SELECT name FROM pragma_table_info(?)")) {
            statement.setString(1, table);
            try (ResultSet columns = statement.executeQuery()) {
                while (columns.next()) {
                    String column = quoted(columns.getString(1));
                    assignments.append(assignments.isEmpty() ? "" : ", ").append(column + " = " + column);
                }
            }
        }
        Set<String> virtual = new HashSet<>();
        for (String sql : List.of(
                "INSERT INTO " + name + " DEFAULT VALUES",
                "UPDATE " + name + " SET " + assignments,
                "DELETE FROM " + name)) {
            for (Operation operation : program(connection, sql, List.of())) {
                operation.writes(tablesByRoot, found, virtual);
            }
        }
        found.addAll(virtualTables(connection, virtual));
        return found;
    }

    private void refreshIfSchemaChanged(SqlReader reader) throws SQLException {
        int current = reader.schemaVersion();
        if (current == schemaVersion) {
            return;
        }
        read.clear();
        written.clear();
        tablesByRoot.clear();
        tablesByRoot.put(SCHEMA_ROOT, "sqlite_schema");
        try (PreparedStatement statement = reader.connection()
                        .prepareStatement("SELECT rootpage, tbl_name FROM sqlite_schema WHERE rootpage > 0");
                ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                tablesByRoot.put(result.getInt(1), AsciiCase.lower(result.getString(2)));
            }
        }
        schemaVersion = current;
    }

    /**
     * Returns the virtual tables with these addresses (operand P4 of {@code VOpen} and {@code VUpdate}) in bytecode of
     * this connection, and their shadow tables.
     */
    public static Set<String> virtualTables(Connection connection, Set<String> addresses) throws SQLException {
        Set<String> found = new TreeSet<>();
        if (addresses.isEmpty()) {
            return found;
        }
        Set<String> virtual = names(connection, "virtual");
        Set<String> shadow = names(connection, "shadow");
        for (String table : virtual) {
            for (Operation operation : program(connection, "SELECT 1 FROM " + quoted(table), List.of())) {
                if (operation.code().equals("VOpen") && addresses.contains(operation.fourth())) {
                    found.add(table);
                    shadow.stream().filter(name -> name.startsWith(table + "_")).forEach(found::add);
                }
            }
        }
        return found;
    }

    private static Set<String> names(Connection connection, String type) throws SQLException {
        Set<String> names = new TreeSet<>();
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = ?")) {
            statement.setString(1, type);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    names.add(AsciiCase.lower(result.getString(1)));
                }
            }
        }
        return names;
    }

    private static List<Operation> program(
            Connection connection, String sql, List<? extends @Nullable Object> parameters) throws SQLException {
        List<Operation> operations = new java.util.ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("EXPLAIN " + sql)) {
            SqlReader.bind(statement, sql, parameters);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    operations.add(new Operation(
                            result.getString("opcode"),
                            result.getInt("p1"),
                            result.getInt("p2"),
                            result.getInt("p3"),
                            result.getString("p4")));
                }
            }
        }
        return operations;
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /**
     * One bytecode instruction. It opens the root page {@code second} or virtual table {@code fourth} in database
     * {@code third}.
     */
    private record Operation(
            String code,
            int first,
            int second,
            int third,
            @Nullable String fourth) {
        void reads(Map<Integer, String> tablesByRoot, Set<String> found, Set<String> virtual) {
            switch (code) {
                // A statement that writes and returns rows is a query, too.
                case "OpenRead", "OpenWrite" -> add(second, third, tablesByRoot, found);
                case "VOpen", "VUpdate" -> virtual.add(String.valueOf(fourth));
                default -> {}
            }
        }

        void writes(Map<Integer, String> tablesByRoot, Set<String> found, Set<String> virtual) {
            switch (code) {
                case "OpenWrite" -> add(second, third, tablesByRoot, found);
                case "Clear" -> add(first, second, tablesByRoot, found);
                case "VUpdate" -> virtual.add(String.valueOf(fourth));
                default -> {}
            }
        }

        private static void add(int root, int database, Map<Integer, String> tablesByRoot, Set<String> found) {
            String table = tablesByRoot.get(root);
            if (database == MAIN && table != null) {
                found.add(table);
            }
        }
    }
}
