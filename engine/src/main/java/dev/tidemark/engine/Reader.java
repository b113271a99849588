package dev.tidemark.engine;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one consistent state of a database. Not thread-safe; valid only inside the call that handed it out. */
public interface Reader {
    /**
     * The rows of the query, in its order.
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
     * Work that reads.
     *
     * @param <T> what it returns
     * @param <X> the checked exception that it throws; inferred as {@link RuntimeException} if there is none
     */
    @FunctionalInterface
    interface Work<T extends @Nullable Object, X extends Exception> {
        /** Does the work and returns its result. */
        T apply(Reader reader) throws X;
    }
}
