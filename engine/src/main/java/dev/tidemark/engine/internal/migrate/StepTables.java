package dev.tidemark.engine.internal.migrate;

import dev.tidemark.engine.Query;
import dev.tidemark.engine.Schema;
import dev.tidemark.engine.internal.read.SqlReader;
import dev.tidemark.engine.internal.read.StatementCache;
import dev.tidemark.engine.internal.sql.BoundSql;
import dev.tidemark.engine.internal.sql.Bytecode;
import dev.tidemark.engine.internal.sql.SqlErrors;
import dev.tidemark.engine.internal.sql.Statements;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.QueryException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs the SQL of a schema step in the connection's open transaction, until {@link #end}. Not thread-safe. */
final class StepTables implements Schema.Tables {
    private static final String OF_ENGINE = "(name LIKE 'tm\\_%' ESCAPE '\\' OR tbl_name LIKE 'tm\\_%' ESCAPE '\\')";
    private static final String TEXT_IDS = "SELECT min(upper(i.type) = 'TEXT') FROM main.sqlite_schema s"
            + " JOIN pragma_table_info(s.name) i WHERE s.type = 'table' AND i.name = 'id' AND s.name IN (?)";
    private static final int MAX_REMEMBERED = 1000;

    /** The maximal number of characters of a step's SQL that the changelog stores. */
    private static final int MAX_SQL = 64 << 10;

    private final Statements statements;
    private final SqlReader reader;
    private final Set<String> harmless = new HashSet<>();
    private final List<String> engineSchema;
    private final BoundSql ids;

    /**
     * Whether all synced tables store ids as text; null if this must be read, as after a statement that may change
     * tables.
     */
    private @Nullable Boolean textIds;

    private final Set<String> ran = new LinkedHashSet<>();
    private int ranLength;
    private boolean ended;

    /** @param synced the names of the synced tables, which need not exist yet */
    StepTables(Statements statements, Set<String> synced) throws SQLException {
        this.statements = statements;
        this.reader =
                new SqlReader(statements.connection(), new StatementCache(statements.connection()), this::hasTextIds);
        this.ids = BoundSql.of(TEXT_IDS, List.of(List.copyOf(synced)), Map.of());
        this.engineSchema = engineSchema();
    }

    private List<String> engineSchema() throws SQLException {
        return statements.list(
                "SELECT name || ' ' || tbl_name || ' ' || coalesce(sql, '') FROM main.sqlite_schema WHERE " + OF_ENGINE
                        + " ORDER BY name",
                row -> row.getString(1));
    }

    private boolean hasTextIds() {
        try {
            Boolean known = textIds;
            if (known == null) {
                known = Integer.valueOf(1)
                        .equals(statements.first(
                                ids.sql(),
                                row -> row.getInt(1),
                                ids.parameters().toArray()));
                textIds = known;
            }
            return known;
        } catch (SQLException e) {
            throw refused(ids.sql(), e);
        }
    }

    @Override
    public int execute(String sql, @Nullable Object... parameters) {
        return execute(sql, BoundSql.of(sql, Arrays.asList(parameters), Map.of()), parameters.length == 0);
    }

    @Override
    public int execute(String sql, Map<String, ? extends @Nullable Object> parameters) {
        return execute(sql, BoundSql.of(sql, List.of(), parameters), parameters.isEmpty());
    }

    private int execute(String sql, BoundSql bound, boolean isScript) {
        requireOpen();
        List<String> script = SqlScript.statements(bound.sql());
        if (!isScript && script.size() != 1) {
            throw new QueryException(Problem.STATEMENT_NOT_ONE, sql);
        }
        // All statements are checked before the first runs, because a COMMIT could not be undone.
        for (String statement : script) {
            if (SqlScript.isOfTransactions(statement)) {
                throw new QueryException(Problem.SCHEMA_STEP_TRANSACTION_STATEMENT, statement);
            }
        }
        int changed = 0;
        for (String statement : script) {
            changed = run(statement, bound.parameters());
        }
        return changed;
    }

    /** Refuses a statement whose bytecode writes to a root page of the engine's own tables. */
    private void requireHarmless(String sql) throws SQLException {
        if (harmless.contains(sql)) {
            return;
        }
        Set<Integer> pages = new HashSet<>(statements.list(
                "SELECT rootpage FROM main.sqlite_schema WHERE rootpage > 0 AND " + OF_ENGINE, row -> row.getInt(1)));
        for (Bytecode.Instruction each :
                Bytecode.of(statements.connection(), sql).instructions()) {
            if (pages.contains(each.written())) {
                throw new QueryException(Problem.STATEMENT_ENGINE_TABLE, SqlErrors.excerpt(sql));
            }
        }
        if (harmless.size() >= MAX_REMEMBERED) {
            harmless.clear();
        }
        harmless.add(sql);
    }

    private void requireEngineSchema(String sql) throws SQLException {
        if (SqlScript.isOfRows(sql)) {
            return;
        }
        textIds = null;
        if (!engineSchema().equals(engineSchema)) {
            throw new QueryException(Problem.STATEMENT_ENGINE_TABLE, SqlErrors.excerpt(sql));
        }
    }

    private int run(String sql, List<@Nullable Object> parameters) {
        try {
            if (!SqlScript.isExplaining(sql)) {
                requireHarmless(sql);
            }
            int changed = runAllowed(sql, parameters);
            remember(sql);
            requireEngineSchema(sql);
            return changed;
        } catch (SQLException e) {
            throw refused(sql, e);
        }
    }

    private void remember(String sql) {
        if (ranLength <= MAX_SQL && ran.add(sql)) {
            ranLength += sql.length() + 2;
        }
    }

    /**
     * Returns the statements that ran, in order and each once. The text is cut off after {@value #MAX_SQL} characters.
     */
    String sql() {
        String sql = String.join(";\n", ran);
        if (sql.length() <= MAX_SQL) {
            return sql;
        }
        int end = MAX_SQL - 1;
        return sql.substring(0, Character.isHighSurrogate(sql.charAt(end - 1)) ? end - 1 : end) + "…";
    }

    private int runAllowed(String sql, List<@Nullable Object> parameters) throws SQLException {
        try (PreparedStatement statement = statements.connection().prepareStatement(sql)) {
            SqlReader.bind(statement, sql, reader.idsAsStored(parameters));
            return statement.execute() ? 0 : Math.max(0, statement.getUpdateCount());
        }
    }

    private QueryException refused(String sql, SQLException failure) {
        try {
            // SQLite rolls back the transaction after some errors. Later statements would then commit on their own.
            ended |= !statements.isInTransaction();
        } catch (SQLException e) {
            ended = true;
            failure.addSuppressed(e);
        }
        return new QueryException(failure, Problem.QUERY_REFUSED, String.valueOf(failure.getMessage()), sql);
    }

    @Override
    public <T> List<T> list(Query<T> query) {
        requireOpen();
        return reader.list(query);
    }

    @Override
    public <T, R extends @Nullable Object> R stream(Query<T> query, Function<Stream<T>, R> work) {
        requireOpen();
        return reader.stream(query, work);
    }

    private void requireOpen() {
        if (ended) {
            throw new QueryException(Problem.SCHEMA_STEP_OVER);
        }
    }

    void end() throws SQLException {
        ended = true;
        reader.statements().close();
    }
}
