package dev.tidemark.engine.internal.schema;

import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.internal.codec.Dictionary;
import dev.tidemark.engine.internal.codec.FormatException;
import dev.tidemark.engine.internal.sql.SqlErrors;
import dev.tidemark.engine.internal.sql.Statements;
import dev.tidemark.engine.problem.Problem;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads and assigns the numbers of tables, columns and replicas in one database, through one connection. Not
 * thread-safe.
 *
 * <p>Caches all numbers in memory. The owner of the connection must {@link #reload} them after a rollback, which takes
 * back newly assigned numbers, and after the replica id has changed. A change of the id can mean that the library was
 * reset, and only a reset removes numbers.
 */
public final class NameDictionary implements Dictionary {
    /**
     * A column with its number among the columns of all tables, the number of its table, and its number in that table.
     */
    public record ColumnName(int number, int table, int cell, String name) {}

    private final Connection connection;
    private final Map<String, Integer> tables = new HashMap<>();
    private final Map<Integer, String> tableNames = new HashMap<>();
    private final Map<Integer, Map<String, ColumnName>> columns = new HashMap<>();
    private final Map<Integer, ColumnName> columnNames = new HashMap<>();
    private final Map<ReplicaId, Integer> replicas = new HashMap<>();
    private final Map<Integer, ReplicaId> replicaIds = new HashMap<>();

    public NameDictionary(Connection connection) throws SQLException {
        this.connection = connection;
        reload();
    }

    /** Reloads the cache, because numbers assigned in a transaction that was rolled back must not be used again. */
    public void reload() throws SQLException {
        tables.clear();
        tableNames.clear();
        columns.clear();
        columnNames.clear();
        replicas.clear();
        replicaIds.clear();
        try (Statements statements = new Statements(connection)) {
            statements.list("SELECT no, name FROM tm_table", row -> cache(row.getInt(1), row.getString(2)));
            statements.list(
                    "SELECT no, table_no, cell, name FROM tm_column",
                    row -> cache(new ColumnName(row.getInt(1), row.getInt(2), row.getInt(3), row.getString(4))));
            statements.list(
                    "SELECT no, id FROM tm_replica", row -> cache(row.getInt(1), new ReplicaId(row.getLong(2))));
        }
    }

    private int cache(int number, String table) {
        tables.put(table, number);
        tableNames.put(number, table);
        return number;
    }

    private ColumnName cache(ColumnName column) {
        columns.computeIfAbsent(column.table(), table -> new HashMap<>()).put(column.name(), column);
        columnNames.put(column.number(), column);
        return column;
    }

    private int cache(int number, ReplicaId id) {
        replicas.put(id, number);
        replicaIds.put(number, id);
        return number;
    }

    @Override
    public int table(String name) {
        Integer known = lookupOrReload(() -> tables.get(name));
        if (known != null) {
            return known;
        }
        return cache(insert("INSERT INTO tm_table(name) VALUES (?)", name), name);
    }

    /** Returns the number of the table, or {@code null} if it has none. Never assigns a number. */
    public @Nullable Integer knownTable(String name) {
        return lookupOrReload(() -> tables.get(name));
    }

    @Override
    public int column(int table, String name) {
        return columnOf(table, name).number();
    }

    /** Returns the column with its numbers, assigning them on first use. */
    public ColumnName columnOf(int table, String name) {
        Map<String, ColumnName> named = columns.get(table);
        ColumnName cached = named == null ? null : named.get(name);
        if (cached != null) {
            return cached;
        }
        ColumnName known =
                lookupOrReload(() -> columns.getOrDefault(table, Map.of()).get(name));
        if (known != null) {
            return known;
        }
        int cell = columns.getOrDefault(table, Map.of()).size() + 1;
        int number = insert("INSERT INTO tm_column(table_no, cell, name) VALUES (?, ?, ?)", table, cell, name);
        return cache(new ColumnName(number, table, cell, name));
    }

    /** Returns the name of a cell of this table; {@code null} if the cell has none. */
    public @Nullable String cellName(int table, int cell) {
        // Another connection or process may have assigned the number in a merge.
        return lookupOrReload(() -> columns.getOrDefault(table, Map.of()).values().stream()
                .filter(column -> column.cell() == cell)
                .map(ColumnName::name)
                .findFirst()
                .orElse(null));
    }

    @Override
    public int replica(ReplicaId id) {
        Integer known = lookupOrReload(() -> replicas.get(id));
        if (known != null) {
            return known;
        }
        return cache(
                insert(
                        "INSERT INTO tm_replica(id, collected_before) SELECT ?, collected_up_to FROM tm_state",
                        id.value()),
                id);
    }

    @Override
    public String tableName(int table) {
        return required(lookupOrReload(() -> tableNames.get(table)), "table", table);
    }

    @Override
    public String columnName(int table, int column) {
        ColumnName name = required(lookupOrReload(() -> columnNames.get(column)), "column", column);
        if (name.table() != table) {
            throw new FormatException("column " + column + " is not one of table " + table);
        }
        return name.name();
    }

    @Override
    public ReplicaId replicaId(int replica) {
        return required(lookupOrReload(() -> replicaIds.get(replica)), "replica", replica);
    }

    private static <T> T required(@Nullable T found, String kind, int number) {
        if (found == null) {
            throw new FormatException("the dictionary has no " + kind + " with number " + number);
        }
        return found;
    }

    private <T> @Nullable T lookupOrReload(Supplier<@Nullable T> lookup) {
        T known = lookup.get();
        if (known != null) {
            return known;
        }
        try {
            reload();
        } catch (SQLException e) {
            throw SqlErrors.unexpected(Problem.DATABASE_NOT_READ, e);
        }
        return lookup.get();
    }

    private int insert(String sql, Object... values) {
        try {
            return Statements.rows(connection, sql + " RETURNING no", row -> row.getInt(1), values)
                    .getFirst();
        } catch (SQLException e) {
            throw SqlErrors.unexpected(Problem.TRANSACTION_NOT_SAVED, e);
        }
    }
}
