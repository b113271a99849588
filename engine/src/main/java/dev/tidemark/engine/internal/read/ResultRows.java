package dev.tidemark.engine.internal.read;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The rows of an open result, each read when it is asked for. Not thread-safe. */
final class ResultRows extends Spliterators.AbstractSpliterator<ResultRow> {
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
