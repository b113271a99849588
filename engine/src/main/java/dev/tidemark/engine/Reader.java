package dev.tidemark.engine;

import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.QueryException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads one consistent state of a database. Not thread-safe; valid only until the work that receives it returns. */
public interface Reader {
    /**
     * The rows in the order of the query.
     *
     * @throws QueryException if SQLite refuses the query or a row cannot be mapped
     */
    <T> List<T> list(Query<T> query);

    /** The first row of the query, if there is one. */
    default <T> Optional<T> first(Query<T> query) {
        List<T> rows = list(query);
        return rows.isEmpty() ? Optional.empty() : Optional.of(rows.getFirst());
    }

    /**
     * The only row of the query.
     *
     * @throws QueryException if there is no row, or more than one
     */
    default <T> T one(Query<T> query) {
        return optional(query).orElseThrow(() -> new QueryException(Problem.QUERY_NO_ROW, query.excerpt()));
    }

    /**
     * The only row of the query, if there is one.
     *
     * @throws QueryException if there is more than one
     */
    default <T> Optional<T> optional(Query<T> query) {
        List<T> rows = list(query);
        if (rows.size() > 1) {
            throw new QueryException(Problem.QUERY_SEVERAL_ROWS, query.excerpt());
        }
        return rows.stream().findFirst();
    }

    /**
     * Reads the rows one after the other, for results that do not fit into memory.
     *
     * @param work consumes the rows. When the work returns, the stream is closed
     * @return the result of the work
     * @throws QueryException if SQLite refuses the query or a row cannot be mapped
     */
    <T, R extends @Nullable Object> R stream(Query<T> query, Function<Stream<T>, R> work);

    /**
     * Work that reads.
     *
     * @param <T> the result's class
     * @param <X> the checked exception that the work throws; inferred as {@link RuntimeException} if there is none
     */
    @FunctionalInterface
    interface Work<T extends @Nullable Object, X extends Exception> {
        /** Does the work and returns its result. */
        T apply(Reader reader) throws X;
    }
}
