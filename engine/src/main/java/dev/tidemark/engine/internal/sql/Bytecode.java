package dev.tidemark.engine.internal.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * SQLite's bytecode of a statement, which {@code EXPLAIN} lists without running it: the program of the statement, then
 * the programs of the triggers and foreign key actions that it may start. Bytecode opens a table or index by its root
 * page, and a virtual table by its address in memory.
 */
public record Bytecode(List<Instruction> instructions, int parameters) {
    private static final int MAIN = 0;

    /** An instruction with its operands. */
    public record Instruction(
            int address,
            String code,
            int first,
            int second,
            int third,
            @Nullable String fourth) {
        /** Returns the root page in the main database that the instruction opens, to read or to write; 0 if none. */
        public int opened() {
            return code.equals("OpenRead") && third == MAIN ? second : code.equals("OpenWrite") ? written() : 0;
        }

        /** Returns the root page in the main database that the instruction writes to; 0 if none. */
        public int written() {
            return switch (code) {
                case "OpenWrite" -> third == MAIN ? second : 0;
                case "Clear" -> second == MAIN ? first : 0;
                case "Destroy" -> third == MAIN ? first : 0;
                default -> 0;
            };
        }

        /** Returns the address of the virtual table that the instruction writes to; {@code null} if none. */
        public @Nullable String virtualWritten() {
            return code.equals("VUpdate") ? fourth : null;
        }

        /**
         * Returns the address of the virtual table that the instruction opens, to read or to write; {@code null} if
         * none.
         */
        public @Nullable String virtualOpened() {
            return code.equals("VOpen") ? fourth : virtualWritten();
        }
    }

    /** @throws SQLException if SQLite refuses the statement */
    public static Bytecode of(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("EXPLAIN " + sql);
                ResultSet row = statement.executeQuery()) {
            List<Instruction> instructions = new ArrayList<>();
            while (row.next()) {
                instructions.add(new Instruction(
                        row.getInt(1),
                        row.getString(2),
                        row.getInt(3),
                        row.getInt(4),
                        row.getInt(5),
                        row.getString(6)));
            }
            return new Bytecode(instructions, statement.getParameterMetaData().getParameterCount());
        }
    }

    /**
     * Returns the bytecode of an insert, an update of all columns and a delete, which together show every effect of
     * writes to the table.
     */
    public static List<Bytecode> ofWrites(Connection connection, String table) throws SQLException {
        String name = "main." + SqlText.quote(table);
        String assignments = Statements.rows(
                        connection,
                        "SELECT name FROM pragma_table_info(?)",
                        row -> SqlText.quote(row.getString(1)),
                        table)
                .stream()
                .map(column -> column + " = " + column)
                .collect(Collectors.joining(", "));
        return List.of(
                of(connection, "INSERT INTO " + name + " DEFAULT VALUES"),
                of(connection, "UPDATE " + name + " SET " + assignments),
                of(connection, "DELETE FROM " + name));
    }

    /**
     * Returns the table of each root page of the main database. The root page of an index belongs to the index's table.
     */
    public static Map<Integer, String> tablesByRootPage(Connection connection) throws SQLException {
        Map<Integer, String> tables = new HashMap<>();
        Statements.rows(
                connection,
                "SELECT rootpage, tbl_name FROM main.sqlite_schema WHERE rootpage > 0",
                row -> tables.put(row.getInt(1), row.getString(2)));
        return tables;
    }

    /** Returns the virtual tables with these addresses in this connection's bytecode, and their shadow tables. */
    public static Set<String> virtualTables(Connection connection, Set<String> addresses) throws SQLException {
        Set<String> found = new HashSet<>();
        if (addresses.isEmpty()) {
            return found;
        }
        List<String> shadows = tables(connection, "shadow");
        for (String table : tables(connection, "virtual")) {
            for (Instruction each :
                    of(connection, "SELECT 1 FROM main." + SqlText.quote(table)).instructions()) {
                if (each.code().equals("VOpen") && addresses.contains(each.fourth())) {
                    found.add(table);
                    shadows.stream()
                            .filter(name -> name.startsWith(table + "_"))
                            .forEach(found::add);
                }
            }
        }
        return found;
    }

    private static List<String> tables(Connection connection, String type) throws SQLException {
        return Statements.rows(
                connection,
                "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = ?",
                row -> row.getString(1),
                type);
    }
}
