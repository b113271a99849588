package dev.tidemark.engine.internal.schema;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.internal.schema.SyncedTable.Column;
import dev.tidemark.engine.internal.schema.SyncedTable.Parent;
import dev.tidemark.engine.internal.schema.SyncedTable.UniqueKey;
import dev.tidemark.engine.internal.sql.SqlText;
import dev.tidemark.engine.internal.sql.Statements;
import dev.tidemark.engine.internal.sql.Values;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.TransactionException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The synced tables of a database. Parents come before children. Immutable. */
public final class Catalog {
    private static final Pattern CONSTANT = Pattern.compile(
            "[+-]?[0-9.]+(e[+-]?[0-9]+)?|'([^']|'')*'|x'[0-9a-f]*'|null|true|false", Pattern.CASE_INSENSITIVE);
    private static final Set<String> COLLATIONS = Set.of("BINARY", "NOCASE", "RTRIM");

    private final Map<String, SyncedTable> byName = new LinkedHashMap<>();
    private final Map<Integer, SyncedTable> byNumber = new LinkedHashMap<>();
    private final Map<String, List<Reference>> referencesTo = new LinkedHashMap<>();

    /**
     * A foreign key as seen from its parent table: the child table, and the child's column. Two children can have equal
     * columns.
     */
    public record Reference(SyncedTable child, Column column) {}

    private Catalog(Collection<SyncedTable> tables) {
        for (SyncedTable table : parentsFirst(tables)) {
            byName.put(table.name(), table);
            byNumber.put(table.number(), table);
            for (Parent parent : table.parents()) {
                referencesTo
                        .computeIfAbsent(parent.table(), name -> new ArrayList<>())
                        .add(new Reference(table, parent.column()));
            }
        }
    }

    /** Returns whether the ids of all synced tables are text. */
    public boolean hasTextIds() {
        return !byName.isEmpty() && byName.values().stream().allMatch(SyncedTable::textIds);
    }

    /** Reads the synced tables from SQLite's schema. */
    public static Catalog read(Connection connection, Set<String> synced, NameDictionary names) throws SQLException {
        List<SyncedTable> tables = new ArrayList<>();
        for (String name : synced) {
            tables.add(new TableReader(connection, name, synced, names).read());
        }
        new TriggerCheck(connection, synced).run();
        return new Catalog(tables);
    }

    /**
     * Reads the tables during an upgrade, without foreign keys and unique keys, because these may refer to tables or
     * columns that a later step creates.
     */
    public static Catalog readShapes(Connection connection, Set<String> tables, NameDictionary names)
            throws SQLException {
        List<SyncedTable> shapes = new ArrayList<>();
        for (String name : tables) {
            shapes.add(new TableReader(connection, name, tables, names).readShape());
        }
        return new Catalog(shapes);
    }

    private static List<SyncedTable> parentsFirst(Collection<SyncedTable> tables) {
        Map<String, SyncedTable> open = new LinkedHashMap<>();
        tables.forEach(table -> open.put(table.name(), table));
        List<SyncedTable> ordered = new ArrayList<>();
        Set<String> visited = new HashSet<>();
        open.values().forEach(table -> visit(table, open, visited, ordered));
        return ordered;
    }

    private static void visit(
            SyncedTable table, Map<String, SyncedTable> all, Set<String> visited, List<SyncedTable> ordered) {
        if (!visited.add(table.name())) {
            return;
        }
        for (Parent parent : table.parents()) {
            SyncedTable target = all.get(parent.table());
            if (target != null) {
                visit(target, all, visited, ordered);
            }
        }
        ordered.add(table);
    }

    /** Returns all synced tables. Parents come before children. */
    public Collection<SyncedTable> tables() {
        return byName.values();
    }

    /** @throws TransactionException if the table is not synced in this database */
    public SyncedTable required(String name) {
        SyncedTable table = byName.get(name);
        if (table == null) {
            throw new TransactionException(Problem.TRANSACTION_TABLE_NOT_SYNCED, name);
        }
        return table;
    }

    /** Returns the table of this name; {@code null} if it is not synced in this database. */
    public @Nullable SyncedTable named(String name) {
        return byName.get(name);
    }

    public @Nullable SyncedTable numbered(int number) {
        return byNumber.get(number);
    }

    public List<Reference> referencesTo(SyncedTable table) {
        return referencesTo.getOrDefault(table.name(), List.of());
    }

    private record TableReader(Connection connection, String name, Set<String> synced, NameDictionary names) {
        SyncedTable read() throws SQLException {
            SyncedTable shape = readShape();
            List<Column> columns = shape.columns();
            return new SyncedTable(
                    shape.number(),
                    name,
                    shape.textIds(),
                    columns,
                    List.copyOf(parents(columns)),
                    List.copyOf(uniqueKeys(columns)));
        }

        SyncedTable readShape() throws SQLException {
            // From here on, the engine compares table names exactly, whereas SQLite ignores case.
            check(exists(), Problem.SCHEMA_TABLE_MISSING);
            int number = names.table(name);
            List<Column> columns = new ArrayList<>();
            String idType = null;
            boolean strict = isStrict();
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("PRAGMA main.table_xinfo(" + quoted() + ")")) {
                while (rows.next()) {
                    boolean key = rows.getInt("pk") > 0;
                    boolean notNull = rows.getInt("notnull") != 0;
                    String column = rows.getString("name");
                    if (key) {
                        check(column.equals("id") && idType == null, Problem.SCHEMA_KEY_NOT_ID);
                        check(notNull, Problem.SCHEMA_ID_NULLABLE);
                        idType = rows.getString("type").toUpperCase(Locale.ROOT);
                    } else if (rows.getInt("hidden") == 0) {
                        String expression = rows.getString("dflt_value");
                        boolean constant = expression == null
                                || CONSTANT.matcher(expression).matches();
                        columns.add(new Column(
                                names.columnOf(number, column).cell(),
                                column,
                                strict ? classOf(rows.getString("type")) : Object.class,
                                notNull,
                                constant && !(notNull && expression == null),
                                expression == null || !constant ? null : evaluate(expression)));
                    }
                }
            }
            check(idType != null, Problem.SCHEMA_KEY_MISSING);
            check("BLOB".equals(idType) || "TEXT".equals(idType), Problem.SCHEMA_ID_TYPE);
            return new SyncedTable(number, name, "TEXT".equals(idType), List.copyOf(columns), List.of(), List.of());
        }

        private boolean isStrict() throws SQLException {
            return Statements.rows(
                            connection,
                            "SELECT strict FROM pragma_table_list(?) WHERE schema = 'main'",
                            row -> row.getBoolean(1),
                            name)
                    .contains(true);
        }

        private static Class<?> classOf(String strictType) {
            return switch (strictType.toUpperCase(Locale.ROOT)) {
                case "INT", "INTEGER" -> Long.class;
                case "REAL" -> Double.class;
                case "TEXT" -> String.class;
                case "BLOB" -> byte[].class;
                default -> Object.class;
            };
        }

        private boolean exists() throws SQLException {
            String sql = "SELECT 1 FROM main.sqlite_schema WHERE type = 'table' AND name = ?";
            return !Statements.rows(connection, sql, row -> true, name).isEmpty();
        }

        private @Nullable Object evaluate(String expression) throws SQLException {
            return Statements.<@Nullable Object>rows(connection, "SELECT " + expression, row -> Values.get(row, 1))
                    .getFirst();
        }

        private List<Parent> parents(List<Column> columns) throws SQLException {
            return Statements.rows(connection, "PRAGMA main.foreign_key_list(" + quoted() + ")", row -> {
                String parent = row.getString("table");
                String target = row.getString("to");
                check(row.getInt("seq") == 0, Problem.SCHEMA_FOREIGN_KEY_COMPOSITE);
                check(synced.contains(parent), Problem.SCHEMA_FOREIGN_KEY_LOCAL, parent);
                check(target == null || target.equals("id"), Problem.SCHEMA_FOREIGN_KEY_NOT_ID, parent);
                return new Parent(column(columns, row.getString("from")), parent);
            });
        }

        private List<UniqueKey> uniqueKeys(List<Column> columns) throws SQLException {
            List<UniqueKey> keys = new ArrayList<>();
            for (String index : Statements.rows(
                    connection,
                    "SELECT name, partial FROM pragma_index_list(?) WHERE \"unique\" <> 0 AND origin <> 'pk' ORDER BY"
                            + " seq",
                    row -> {
                        check(row.getInt(2) == 0, Problem.SCHEMA_INDEX_PARTIAL);
                        return row.getString(1);
                    },
                    name)) {
                keys.add(uniqueKey(index, columns));
            }
            // SQLite lists indexes in creation order, which differs between a new database and a migrated one.
            keys.sort(Comparator.comparing(UniqueKey::toString));
            return keys;
        }

        private UniqueKey uniqueKey(String index, List<Column> columns) throws SQLException {
            List<Column> parts = new ArrayList<>();
            List<String> collations = new ArrayList<>();
            Statements.rows(
                    connection,
                    "SELECT name, coll FROM pragma_index_xinfo(?) WHERE key <> 0 ORDER BY seqno",
                    row -> {
                        String column = row.getString(1);
                        check(column != null, Problem.SCHEMA_INDEX_EXPRESSION);
                        String collation = row.getString(2).toUpperCase(Locale.ROOT);
                        check(COLLATIONS.contains(collation), Problem.SCHEMA_INDEX_COLLATION, collation);
                        collations.add(collation);
                        return parts.add(column(columns, String.valueOf(column)));
                    },
                    index);
            return new UniqueKey(List.copyOf(parts), List.copyOf(collations));
        }

        private Column column(List<Column> columns, String wanted) {
            return columns.stream()
                    .filter(column -> column.name().equalsIgnoreCase(wanted))
                    .findFirst()
                    .orElseThrow(() -> refusal(Problem.SCHEMA_KEY_COLUMN, wanted));
        }

        private String quoted() {
            return SqlText.quote(name);
        }

        private void check(boolean holds, Problem otherwise, Object... more) {
            if (!holds) {
                throw refusal(otherwise, more);
            }
        }

        /** @param more the arguments of the message after the table's name */
        private Database.OpenException refusal(Problem reason, Object... more) {
            Object[] arguments = new Object[more.length + 1];
            arguments[0] = name;
            System.arraycopy(more, 0, arguments, 1, more.length);
            return new Database.OpenException(reason, arguments);
        }
    }
}
