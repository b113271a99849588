package dev.tidemark.engine.internal.migrate;

import dev.tidemark.engine.Problem;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.QueryException;
import dev.tidemark.engine.Schema;
import dev.tidemark.engine.internal.read.SqlReader;
import dev.tidemark.engine.internal.read.StatementCache;
import dev.tidemark.engine.internal.sql.Statements;
import dev.tidemark.engine.internal.sql.Values;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a step of the schema works on: the connection's open transaction, until {@link #end}. Not thread-safe. */
final class StepTables implements Schema.Tables {
    private final Statements statements;
    private final SqlReader reader;
    private boolean ended;

    StepTables(Statements statements) {
        this.statements = statements;
        this.reader = new SqlReader(statements.connection(), new StatementCache(statements.connection()));
    }

    @Override
    public int execute(String sql, @Nullable Object... parameters) {
        requireOpen();
        List<String> script = SqlScript.statements(sql);
        if (parameters.length > 0 && script.size() != 1) {
            throw new QueryException(Problem.STATEMENT_NOT_ONE, sql);
        }
        // All of them first: what had run could not be undone any more.
        for (String statement : script) {
            if (SqlScript.isOfTransactions(statement)) {
                throw new QueryException(Problem.SCHEMA_STEP_TRANSACTION_STATEMENT, statement);
            }
        }
        int changed = 0;
        for (String statement : script) {
            changed = run(statement, parameters);
        }
        return changed;
    }

    private int run(String sql, @Nullable Object[] parameters) {
        try (PreparedStatement statement = statements.connection().prepareStatement(sql)) {
            int places = statement.getParameterMetaData().getParameterCount();
            if (places != parameters.length) {
                throw new QueryException(Problem.QUERY_PARAMETERS, places, parameters.length, sql);
            }
            for (int index = 0; index < parameters.length; index++) {
                Values.bind(statement, index + 1, parameters[index]);
            }
            return statement.execute() ? 0 : Math.max(0, statement.getUpdateCount());
        } catch (SQLException e) {
            throw refused(sql, e);
        }
    }

    private QueryException refused(String sql, SQLException failure) {
        try {
            // SQLite ends the transaction by itself after some errors; whatever came then would stay for good.
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

    private void requireOpen() {
        if (ended) {
            throw new QueryException(Problem.SCHEMA_STEP_OVER);
        }
    }

    /** The step is over. */
    void end() throws SQLException {
        ended = true;
        reader.statements().close();
    }
}
