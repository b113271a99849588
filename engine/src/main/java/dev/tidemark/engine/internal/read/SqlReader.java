package dev.tidemark.engine.internal.read;

import dev.tidemark.engine.Query;
import dev.tidemark.engine.Reader;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.problem.ErrorText;
import dev.tidemark.engine.internal.sql.ResultColumns;
import dev.tidemark.engine.internal.sql.SqlErrors;
import dev.tidemark.engine.internal.sql.SqlText;
import dev.tidemark.engine.internal.sql.Values;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.QueryException;
import dev.tidemark.engine.problem.TidemarkException;
import java.sql.Connection;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads through one connection, whose transaction the caller manages. Not thread-safe. */
public final class SqlReader implements Reader {
    private static final String HEADS = "SELECT id, head FROM tm_replica WHERE head > 0";
    private static final String SCHEMA_VERSION = "PRAGMA schema_version";

    private static final Set<String> QUERIES =
            Set.of("SELECT", "VALUES", "WITH", "INSERT", "UPDATE", "DELETE", "REPLACE", "EXPLAIN");

    private final Connection connection;
    private final StatementCache statements;
    private final BooleanSupplier textIds;

    public SqlReader(Connection connection, StatementCache statements) {
        this(connection, statements, () -> false);
    }

    /** @param textIds whether ids in parameters are bound as text, because all tables store ids as text */
    public SqlReader(Connection connection, StatementCache statements, BooleanSupplier textIds) {
        this.connection = connection;
        this.statements = statements;
        this.textIds = textIds;
    }

    /** Returns the parameters with ids in the form in which the tables store them. */
    public List<@Nullable Object> idsAsStored(List<? extends @Nullable Object> parameters) {
        List<@Nullable Object> stored = new ArrayList<@Nullable Object>(parameters);
        stored.replaceAll(each -> each instanceof UUID id && textIds.getAsBoolean() ? id.toString() : each);
        return stored;
    }

    /**
     * Refuses a statement that is not a query, because JDBC would also run {@code COMMIT} or {@code PRAGMA}, which
     * change the connection. The connection decides whether the query may write: a read connection of the pool refuses
     * writes, and a write transaction tracks {@code DELETE … RETURNING} like any other write.
     */
    private static void requireQuery(String sql) {
        if (!QUERIES.contains(SqlText.firstWord(sql))) {
            throw new QueryException(Problem.QUERY_NO_ROWS, SqlErrors.excerpt(sql));
        }
    }

    public Connection connection() {
        return connection;
    }

    public StatementCache statements() {
        return statements;
    }

    @Override
    public <T> List<T> list(Query<T> query) {
        List<ResultRow> rows = rows(query.sql(), query.parameters());
        List<T> mapped = new ArrayList<>(rows.size());
        for (ResultRow row : rows) {
            mapped.add(map(query, row));
        }
        return java.util.Collections.unmodifiableList(mapped);
    }

    @Override
    public <T, R extends @Nullable Object> R stream(Query<T> query, Function<Stream<T>, R> work) {
        String sql = query.sql();
        requireQuery(sql);
        // A cached statement would not do, because the work may run the same query, which would restart the statement.
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, sql, idsAsStored(query.parameters()));
            try (ResultSet result = statement.executeQuery()) {
                ResultRows rows = new ResultRows(result, sql);
                return work.apply(StreamSupport.stream(rows, false).map(row -> map(query, row)));
            }
        } catch (SQLException exception) {
            throw refused(sql, exception);
        }
    }

    /** Maps the row with the mapping of the query. */
    public static <T> T map(Query<T> query, ResultRow row) {
        try {
            return query.mapping().apply(row);
        } catch (TidemarkException exception) {
            throw exception;
        } catch (RuntimeException exception) {
            throw new QueryException(exception, Problem.QUERY_NOT_MAPPED, exception, SqlErrors.excerpt(query.sql()));
        }
    }

    /** Reads all rows of the query into memory. */
    public List<ResultRow> rows(String sql, List<? extends @Nullable Object> parameters) {
        return rows(sql, parameters, false);
    }

    /**
     * Like {@link #rows(String, List)}, for callers that hold the rows for long: repeated texts and blobs of a column
     * become one object. This takes a little more time, but several times less memory.
     *
     * @throws QueryException as {@link #rows(String, List)}
     */
    public List<ResultRow> internedRows(String sql, List<? extends @Nullable Object> parameters) {
        return rows(sql, parameters, true);
    }

    private List<ResultRow> rows(String sql, List<? extends @Nullable Object> parameters, boolean kept) {
        try {
            requireQuery(sql);
            PreparedStatement statement = statements.prepared(sql);
            bind(statement, sql, idsAsStored(parameters));
            List<ResultRow> rows;
            try (ResultSet result = statement.executeQuery()) {
                rows = rows(result, kept);
            }
            // Otherwise the cache would retain large parameters. In a finally block, an exception could hide a failure.
            statement.clearParameters();
            return rows;
        } catch (SQLException exception) {
            statements.discard(sql, exception);
            throw refused(sql, exception);
        }
    }

    /** Returns SQLite's error as an exception that names the query. */
    public static QueryException refused(String sql, SQLException exception) {
        return new QueryException(exception, Problem.QUERY_REFUSED, ErrorText.of(exception), SqlErrors.excerpt(sql));
    }

    public static void bind(PreparedStatement statement, String sql, List<? extends @Nullable Object> parameters)
            throws SQLException {
        ParameterMetaData places = statement.getParameterMetaData();
        if (places.getParameterCount() != parameters.size()) {
            throw new QueryException(
                    Problem.QUERY_PARAMETERS, places.getParameterCount(), parameters.size(), SqlErrors.excerpt(sql));
        }
        for (int index = 0; index < parameters.size(); index++) {
            Values.bind(statement, index + 1, parameters.get(index));
        }
    }

    /** Returns the version vector of the database, as the connection's transaction sees it. */
    public VersionVector vector() {
        try (ResultSet result = statements.prepared(HEADS).executeQuery()) {
            Map<ReplicaId, Long> heads = new HashMap<>();
            while (result.next()) {
                heads.put(new ReplicaId(result.getLong(1)), result.getLong(2));
            }
            return VersionVector.of(heads);
        } catch (SQLException exception) {
            statements.discard(HEADS, exception);
            throw refused(HEADS, exception);
        }
    }

    /** Returns a number that changes with the schema, and when a VACUUM moves the root pages of tables. */
    public int schemaVersion() throws SQLException {
        try (ResultSet result = statements.prepared(SCHEMA_VERSION).executeQuery()) {
            result.next();
            return result.getInt(1);
        }
    }

    private static List<ResultRow> rows(ResultSet result, boolean kept) throws SQLException {
        ResultColumns columns = ResultColumns.of(result);
        int width = columns.names().size();
        ValueInterner recurring = kept ? new ValueInterner(width) : null;
        List<ResultRow> rows = new ArrayList<>();
        while (result.next()) {
            @Nullable Object[] values = values(result, width);
            if (recurring != null) {
                recurring.intern(values);
            }
            rows.add(new ResultRow(columns, values));
        }
        return rows;
    }

    static @Nullable Object[] values(ResultSet result, int width) throws SQLException {
        @Nullable Object[] values = new Object[width];
        for (int index = 0; index < width; index++) {
            values[index] = Values.get(result, index + 1);
        }
        return values;
    }

    /** The rows of an open result, each read on demand. Not thread-safe. */
    private static final class ResultRows extends Spliterators.AbstractSpliterator<ResultRow> {
        private final ResultSet result;
        private final String sql;
        private final ResultColumns columns;

        ResultRows(ResultSet result, String sql) throws SQLException {
            super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
            this.result = result;
            this.sql = sql;
            this.columns = ResultColumns.of(result);
        }

        @Override
        public boolean tryAdvance(Consumer<? super ResultRow> action) {
            @Nullable Object[] values;
            try {
                if (!result.next()) {
                    return false;
                }
                values = SqlReader.values(result, columns.names().size());
            } catch (SQLException exception) {
                throw SqlReader.refused(sql, exception);
            }
            action.accept(new ResultRow(columns, values));
            return true;
        }
    }
}
