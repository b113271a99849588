package dev.tidemark.engine.internal.subscribe;

import dev.tidemark.engine.internal.read.SqlReader;
import dev.tidemark.engine.internal.sql.AsciiCase;
import dev.tidemark.engine.internal.sql.Bytecode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds out from its {@link Bytecode} which tables a statement reads and writes, without parsing SQL. Names are in
 * lower case. Thread-safe, but each connection must be used by one thread at a time.
 */
public final class TableFinder {
    private static final int MAX_QUERIES = 2_000;
    private static final int SCHEMA_ROOT = 1;

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
     * Returns the tables that the query depends on: those that its bytecode opens, the shadow tables of its virtual
     * tables, and {@code alsoReads}.
     */
    public synchronized Set<String> tablesOf(SqlReader reader, String sql, Set<String> alsoReads) throws SQLException {
        refreshIfSchemaChanged(reader);
        Connection connection = reader.connection();
        Set<String> found = read.get(sql);
        if (found == null) {
            found = new TreeSet<>();
            Set<String> virtual = new HashSet<>();
            for (Bytecode.Instruction each : Bytecode.of(connection, sql).instructions()) {
                // A statement that writes and returns rows is a query, too.
                add(each.opened(), each.virtualOpened(), found, virtual);
            }
            addVirtual(connection, virtual, found);
            read.put(sql, found);
        }
        Set<String> all = new TreeSet<>(found);
        alsoReads.forEach(table -> all.add(AsciiCase.lower(table)));
        return all;
    }

    /**
     * Returns these tables and all that may change with them: the tables that their triggers write and, if the
     * connection enforces foreign keys, the tables that foreign key actions write.
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
        Set<String> virtual = new HashSet<>();
        for (Bytecode write : Bytecode.ofWrites(connection, table)) {
            for (Bytecode.Instruction each : write.instructions()) {
                add(each.written(), each.virtualWritten(), found, virtual);
            }
        }
        addVirtual(connection, virtual, found);
        return found;
    }

    private void add(int rootPage, @Nullable String address, Set<String> found, Set<String> virtual) {
        String table = tablesByRoot.get(rootPage);
        if (table != null) {
            found.add(table);
        }
        if (address != null) {
            virtual.add(address);
        }
    }

    private static void addVirtual(Connection connection, Set<String> addresses, Set<String> found)
            throws SQLException {
        Bytecode.virtualTables(connection, addresses).forEach(table -> found.add(AsciiCase.lower(table)));
    }

    private void refreshIfSchemaChanged(SqlReader reader) throws SQLException {
        int current = reader.schemaVersion();
        if (current == schemaVersion) {
            return;
        }
        read.clear();
        written.clear();
        tablesByRoot.clear();
        Bytecode.tablesByRootPage(reader.connection())
                .forEach((page, table) -> tablesByRoot.put(page, AsciiCase.lower(table)));
        tablesByRoot.put(SCHEMA_ROOT, "sqlite_schema");
        schemaVersion = current;
    }
}
