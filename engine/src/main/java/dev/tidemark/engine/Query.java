package dev.tidemark.engine;

import dev.tidemark.engine.internal.records.RecordMapper;
import dev.tidemark.engine.internal.sql.BoundSql;
import dev.tidemark.engine.internal.sql.SqlErrors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A SELECT with its parameters and what becomes of each row. Immutable and thread-safe if the mapping is.
 *
 * <pre>{@code
 * Query<Note> open = Query.of("SELECT id, title FROM note WHERE done = :done ORDER BY title")
 *         .bind("done", false)
 *         .as(Note.class);
 * }</pre>
 *
 * @param <T> what a row becomes; must have a useful {@code equals}, by which changes are found
 */
public final class Query<T> {
    private final String text;
    private final List<@Nullable Object> inOrder;
    private final Map<String, @Nullable Object> named;
    private final Set<String> alsoReads;
    private final Function<Row, T> mapping;

    /** Made at the first use, when all names are bound. */
    private @Nullable BoundSql bound;

    private Query(
            String text,
            List<@Nullable Object> inOrder,
            Map<String, @Nullable Object> named,
            Set<String> alsoReads,
            Function<Row, T> mapping) {
        this.text = text;
        this.inOrder = inOrder;
        this.named = named;
        this.alsoReads = alsoReads;
        this.mapping = mapping;
    }

    /**
     * A query whose rows are read by name.
     *
     * @param parameters as in {@link Transaction#execute(String, Object...)}
     */
    public static Query<Row> of(String sql, @Nullable Object... parameters) {
        List<@Nullable Object> copy = new ArrayList<@Nullable Object>(parameters.length);
        for (Object parameter : parameters) {
            copy.add(parameter);
        }
        return new Query<>(sql, Collections.unmodifiableList(copy), Map.of(), Set.of(), Function.identity());
    }

    /**
     * Gives the named parameter {@code :name} a value, wherever it stands in the query. A collection becomes a list, for
     * {@code IN (:name)}; it may be empty.
     *
     * @param name without the colon
     * @param value as in {@link Transaction#execute(String, Object...)}
     */
    public Query<T> bind(String name, @Nullable Object value) {
        Map<String, @Nullable Object> all = new HashMap<>(named);
        all.put(name, value);
        return new Query<>(text, inOrder, Collections.unmodifiableMap(all), alsoReads, mapping);
    }

    /** Rows become records: each component from the column of its name (camelCase is snake_case there). */
    public <R extends Record> Query<R> as(Class<R> type) {
        return new Query<>(text, inOrder, named, alsoReads, RecordMapper.of(type)::read);
    }

    /** Rows become what the function makes of them. */
    public <R> Query<R> map(Function<? super T, ? extends R> function) {
        Function<Row, T> first = mapping;
        return new Query<>(text, inOrder, named, alsoReads, row -> function.apply(first.apply(row)));
    }

    /**
     * Names tables that subscriptions must watch beside those that SQLite reports: the content table of a full-text
     * index, for instance.
     */
    public Query<T> alsoReading(String... tables) {
        Set<String> all = new TreeSet<>(alsoReads);
        all.addAll(Arrays.asList(tables));
        return new Query<>(text, inOrder, named, Collections.unmodifiableSet(all), mapping);
    }

    /**
     * The text of the SELECT, with a {@code ?} for each named parameter and each element of a collection.
     *
     * @throws QueryException if a named parameter has no value, or a value no place
     */
    public String sql() {
        return bound().sql();
    }

    /**
     * The parameters in the order of their places in {@link #sql}; unmodifiable.
     *
     * @throws QueryException as {@link #sql}
     */
    public List<@Nullable Object> parameters() {
        return bound().parameters();
    }

    private BoundSql bound() {
        BoundSql known = bound;
        if (known == null) {
            known = BoundSql.of(text, inOrder, named);
            bound = known;
        }
        return known;
    }

    /** The beginning of the query on one line, for messages. */
    String excerpt() {
        return SqlErrors.excerpt(text);
    }

    /** The tables named by {@link #alsoReading}; unmodifiable. */
    public Set<String> alsoReads() {
        return alsoReads;
    }

    /** What becomes of a row. */
    public Function<Row, T> mapping() {
        return mapping;
    }
}
