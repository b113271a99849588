package dev.tidemark.engine.internal.salvage;

import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.internal.sql.Statements;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The numbers of tables, columns and replicas in a damaged database, from its own tables as far as table and index
 * agree, and from a backup of it for the rest. Numbers are only ever added, so a backup has the same ones. Immutable.
 *
 * @param replicas by number
 * @param tables the names by number
 * @param columns by number
 * @param isComplete whether every replica of the damaged database was read from it
 */
record SalvagedNames(
        Map<Integer, Replica> replicas, Map<Integer, String> tables, Map<Integer, Column> columns, boolean isComplete) {
    private static final Logger LOG = LoggerFactory.getLogger(SalvagedNames.class);

    /**
     * A row of {@code tm_replica}.
     *
     * @param head the last change; 0 if only a backup has the row
     * @param exported see {@code exported_up_to}; 0 if only a backup has the row
     */
    record Replica(ReplicaId id, String name, long head, long exported) {}

    /** A row of {@code tm_column}. */
    record Column(int table, int cell, String name) {}

    private interface NameQuery<T> {
        T run() throws SQLException;
    }

    /**
     * Reads the numbers.
     *
     * @param damaged a copy of the damaged database; {@code null} if SQLite cannot open it
     * @param backup a sound backup of it; {@code null} for none
     */
    static SalvagedNames read(@Nullable Statements damaged, @Nullable Statements backup) throws SQLException {
        SalvagedNames own =
                damaged == null ? new SalvagedNames(Map.of(), Map.of(), Map.of(), false) : ofDamaged(damaged);
        if (backup == null) {
            return own;
        }
        SalvagedNames other = new SalvagedNames(replicas(backup), tables(backup), columns(backup), true);
        return new SalvagedNames(
                filled(
                        own.replicas,
                        other.replicas,
                        (mine, theirs) -> mine.id().equals(theirs.id()),
                        each -> new Replica(each.id(), each.name(), 0, 0)),
                filled(own.tables, other.tables, Objects::equals, each -> each),
                filled(own.columns, other.columns, Objects::equals, each -> each),
                own.isComplete);
    }

    private interface Agreement<T> {
        boolean of(T mine, T theirs);
    }

    /** Adds what only the backup has, unless the two disagree: then the backup is of other numbers. */
    private static <T> Map<Integer, T> filled(
            Map<Integer, T> own,
            Map<Integer, T> backup,
            Agreement<T> agreement,
            java.util.function.UnaryOperator<T> withoutState) {
        Map<Integer, T> all = new TreeMap<>();
        for (Map.Entry<Integer, T> each : backup.entrySet()) {
            T mine = own.get(each.getKey());
            if (mine != null && !agreement.of(mine, each.getValue())) {
                return own;
            }
            all.put(each.getKey(), withoutState.apply(each.getValue()));
        }
        all.putAll(own);
        return all;
    }

    private static SalvagedNames ofDamaged(Statements damaged) {
        Map<Integer, Replica> replicas = orEmpty(() -> replicas(damaged));
        Map<Integer, String> tables = orEmpty(() -> tables(damaged));
        Map<Integer, Column> columns = orEmpty(() -> columns(damaged));
        int read = replicas.size();
        replicas.entrySet()
                .removeIf(each -> !isNumber(
                        damaged,
                        each.getKey(),
                        "SELECT no FROM tm_replica WHERE id = ?",
                        each.getValue().id().value()));
        tables.entrySet()
                .removeIf(each ->
                        !isNumber(damaged, each.getKey(), "SELECT no FROM tm_table WHERE name = ?", each.getValue()));
        columns.entrySet()
                .removeIf(each -> !isNumber(
                        damaged,
                        each.getKey(),
                        "SELECT no FROM tm_column WHERE table_no = ? AND name = ?",
                        each.getValue().table(),
                        each.getValue().name()));
        return new SalvagedNames(replicas, tables, columns, read > 0 && read == replicas.size());
    }

    private static <T> Map<Integer, T> orEmpty(NameQuery<Map<Integer, T>> question) {
        try {
            return question.run();
        } catch (SQLException e) {
            LOG.debug("A table of names cannot be read", e);
            return new HashMap<>();
        }
    }

    /** Whether the index of the names leads to the number, too. */
    private static boolean isNumber(Statements damaged, int number, String sql, Object... name) {
        try {
            List<Integer> found = damaged.list(sql, row -> row.getInt(1), name);
            return found.equals(List.of(number));
        } catch (SQLException e) {
            LOG.debug("An index of names cannot be read", e);
            return false;
        }
    }

    private static Map<Integer, Replica> replicas(Statements statements) throws SQLException {
        Map<Integer, Replica> found = new HashMap<>();
        statements.list(
                "SELECT no, id, name, head, exported_up_to FROM tm_replica",
                row -> found.put(
                        row.getInt(1),
                        new Replica(
                                new ReplicaId(row.getLong(2)),
                                Objects.requireNonNullElse(row.getString(3), ""),
                                row.getLong(4),
                                row.getLong(5))));
        return found;
    }

    private static Map<Integer, String> tables(Statements statements) throws SQLException {
        Map<Integer, String> found = new HashMap<>();
        statements.list(
                "SELECT no, name FROM tm_table WHERE typeof(name) = 'text'",
                row -> found.put(row.getInt(1), row.getString(2)));
        return found;
    }

    private static Map<Integer, Column> columns(Statements statements) throws SQLException {
        Map<Integer, Column> found = new HashMap<>();
        statements.list(
                "SELECT no, table_no, cell, name FROM tm_column WHERE typeof(name) = 'text'",
                row -> found.put(row.getInt(1), new Column(row.getInt(2), row.getInt(3), row.getString(4))));
        return found;
    }

    /** Writes the names where {@link dev.tidemark.engine.internal.schema.NameDictionary} reads them. */
    void writeTo(Statements memory) throws SQLException {
        memory.update("CREATE TABLE tm_table(no INTEGER PRIMARY KEY, name TEXT)");
        memory.update("CREATE TABLE tm_column(no INTEGER PRIMARY KEY, table_no INTEGER, cell INTEGER, name TEXT)");
        memory.update("CREATE TABLE tm_replica(no INTEGER PRIMARY KEY, id INTEGER)");
        for (Map.Entry<Integer, String> table : tables.entrySet()) {
            memory.update("INSERT INTO tm_table VALUES (?, ?)", table.getKey(), table.getValue());
        }
        for (Map.Entry<Integer, Column> column : columns.entrySet()) {
            Column value = column.getValue();
            memory.update(
                    "INSERT INTO tm_column VALUES (?, ?, ?, ?)",
                    column.getKey(),
                    value.table(),
                    value.cell(),
                    value.name());
        }
        for (Map.Entry<Integer, Replica> replica : replicas.entrySet()) {
            memory.update(
                    "INSERT INTO tm_replica VALUES (?, ?)",
                    replica.getKey(),
                    replica.getValue().id().value());
        }
    }
}
