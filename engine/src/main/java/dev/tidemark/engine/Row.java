package dev.tidemark.engine;

import dev.tidemark.engine.problem.QueryException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One row of a result. Immutable and thread-safe. Rows are equal if they have the same columns and values; blobs are
 * compared by their bytes. Column names ignore ASCII case, as in SQLite.
 *
 * <p>All getters throw {@link QueryException} if there is no such column or its value is of another type.
 */
public interface Row {
    /** The column names in order. */
    List<String> columns();

    /** The value as SQLite stores it: {@code null}, {@link Long}, {@link Double}, {@link String} or {@code byte[]}. */
    @Nullable
    Object value(String column);

    /** The value of the column at this position, from 0. */
    @Nullable
    Object value(int index);

    /** A text, or {@code null}. */
    @Nullable
    String text(String column);

    /** An integer. Throws for {@code NULL}. */
    long integer(String column);

    /** Whether an integer is not 0. Throws for {@code NULL}. */
    boolean bool(String column);

    /** A floating point number, or an integer converted to one. Throws for {@code NULL}. */
    double real(String column);

    /** The bytes, or {@code null}. Do not change the array: it is not a copy. */
    byte @Nullable [] blob(String column);

    /**
     * A value of any type that record components may have, or {@code null}: {@code row.get("due", LocalDate.class)}.
     *
     * @throws QueryException also if the type is not supported
     */
    <T> @Nullable T get(String column, Class<T> type);

    /** An id from 16 bytes or from its text form, or {@code null}. */
    @Nullable
    UUID uuid(String column);
}
