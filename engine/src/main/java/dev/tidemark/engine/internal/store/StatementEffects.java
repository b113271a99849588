package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.Problem;
import dev.tidemark.engine.QueryException;
import dev.tidemark.engine.internal.read.SqlReader;
import dev.tidemark.engine.internal.sql.Statements;
import dev.tidemark.engine.internal.subscribe.TableFinder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a statement of the application may do: change data, and in which tables, its triggers included. The tables are the
 * root pages that {@code EXPLAIN} opens for writing, looked up in the schema. Not thread-safe.
 */
final class StatementEffects {
    /**
     * What is known of one statement.
     *
     * @param parameters how many it takes
     * @param tables the tables it may write to
     */
    record Effect(int parameters, Set<String> tables) {}

    private static final int MAX_REMEMBERED = 1000;
    private static final Pattern FIRST_WORD = Pattern.compile("(?s)(?:\\s|--[^\\n]*(?:\\n|$)|/\\*.*?\\*/)*([A-Za-z]+)");
    private static final Pattern NOT_CODE =
            Pattern.compile("(?s)'[^']*'|\"[^\"]*\"|`[^`]*`|\\[[^]]*]|--[^\\n]*|/\\*.*?(?:\\*/|$)");
    private static final Set<String> ALLOWED = Set.of("INSERT", "UPDATE", "DELETE", "REPLACE", "WITH");

    private final Statements statements;
    private final Connection connection;
    private final Map<Integer, String> byRootPage = new HashMap<>();
    private final Map<String, Effect> known = new HashMap<>();
    private int schemaVersion = -1;

    StatementEffects(Statements statements) {
        this.statements = statements;
        this.connection = statements.connection();
    }

    /**
     * Root pages move when somebody runs VACUUM, in any process. What is known of a statement are names, so only a
     * statement that is new needs them, and the writes that are repeated pay nothing for this.
     */
    private void refreshIfSchemaChanged() throws SQLException {
        Integer current = statements.first("PRAGMA schema_version", row -> row.getInt(1));
        if (current != null && current == schemaVersion) {
            return;
        }
        byRootPage.clear();
        statements.list(
                "SELECT rootpage, tbl_name FROM main.sqlite_schema WHERE rootpage > 0",
                row -> byRootPage.put(row.getInt(1), row.getString(2)));
        schemaVersion = current == null ? -1 : current;
    }

    /** @throws QueryException if it is no single statement that changes data, or writes to the engine's tables */
    Effect of(String sql) throws SQLException {
        Effect effect = known.get(sql);
        if (effect == null) {
            Matcher word = FIRST_WORD.matcher(sql);
            if (!word.lookingAt() || !ALLOWED.contains(word.group(1).toUpperCase(Locale.ROOT))) {
                throw new QueryException(Problem.STATEMENT_READS_ONLY, SqlReader.excerpt(sql));
            }
            effect = remember(sql);
        }
        return effect;
    }

    /** The tables that a query writes to, which it can do with a RETURNING clause. */
    Set<String> tables(String sql) throws SQLException {
        Effect effect = known.get(sql);
        return (effect == null ? remember(sql) : effect).tables();
    }

    private Effect remember(String sql) throws SQLException {
        if (hasSecondStatement(sql)) {
            throw new QueryException(Problem.STATEMENT_NOT_ONE, SqlReader.excerpt(sql));
        }
        if (known.size() >= MAX_REMEMBERED) {
            known.clear();
        }
        Effect effect = explain(sql);
        known.put(sql, effect);
        return effect;
    }

    /** Whether something follows the first semicolon outside of literals and comments; SQLite would ignore it. */
    private static boolean hasSecondStatement(String sql) {
        if (sql.indexOf(';') < 0) {
            return false;
        }
        String bare = NOT_CODE.matcher(sql).replaceAll(" ").strip();
        int end = bare.indexOf(';');
        return end >= 0 && !bare.substring(end).replace(";", "").isBlank();
    }

    private Effect explain(String sql) throws SQLException {
        refreshIfSchemaChanged();
        Set<String> tables = new HashSet<>();
        Set<String> virtual = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement("EXPLAIN " + sql)) {
            int parameters = statement.getParameterMetaData().getParameterCount();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    String operation = rows.getString("opcode");
                    int database = rows.getInt(operation.equals("Clear") ? "p2" : "p3");
                    int page = rows.getInt(operation.equals("Clear") ? "p1" : "p2");
                    boolean writes = operation.equals("OpenWrite") || operation.equals("Clear");
                    String table = byRootPage.get(page);
                    if (writes && database == 0 && table != null) {
                        if (table.startsWith("tm_")) {
                            throw new QueryException(Problem.STATEMENT_ENGINE_TABLE, SqlReader.excerpt(sql));
                        }
                        tables.add(table);
                    }
                    if (operation.equals("VUpdate")) {
                        virtual.add(rows.getString("p4"));
                    }
                }
            }
            tables.addAll(TableFinder.virtualTables(connection, virtual));
            return new Effect(parameters, tables);
        }
    }
}
