package dev.tidemark.engine;

import dev.tidemark.engine.internal.records.RecordMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A SELECT with its parameters and what becomes of each row. Immutable and thread-safe if the mapping is.
 *
 * <pre>{@code
 * Query<Note> open = Query.of("SELECT id, title FROM note WHERE done = ? ORDER BY title", false).as(Note.class);
 * }</pre>
 *
 * @param <T> what a row becomes; must have a useful {@code equals}, by which changes are found
 */
public final class Query<T> {
    private final String sql;
    private final List<@Nullable Object> parameters;
    private final Set<String> alsoReads;
    private final Function<Row, T> mapping;

    private Query(String sql, List<@Nullable Object> parameters, Set<String> alsoReads, Function<Row, T> mapping) {
        this.sql = sql;
        this.parameters = parameters;
        this.alsoReads = alsoReads;
        this.mapping = mapping;
    }

    /** A query whose rows are read by name; see {@link Transaction#execute} for the parameters. */
    public static Query<Row> of(String sql, @Nullable Object... parameters) {
        List<@Nullable Object> copy = new ArrayList<@Nullable Object>(parameters.length);
        for (Object parameter : parameters) {
            copy.add(parameter);
        }
        return new Query<>(sql, Collections.unmodifiableList(copy), Set.of(), Function.identity());
    }

    /** Rows become records: each component from the column of its name (camelCase is snake_case there). */
    public <R extends Record> Query<R> as(Class<R> type) {
        return new Query<>(sql, parameters, alsoReads, RecordMapper.of(type)::read);
    }

    /** Rows become what the function makes of them. */
    public <R> Query<R> map(Function<? super T, ? extends R> function) {
        Function<Row, T> first = mapping;
        return new Query<>(sql, parameters, alsoReads, row -> function.apply(first.apply(row)));
    }

    /**
     * Names tables that subscriptions must watch beside those that SQLite reports: the content table of a full-text
     * index, for instance.
     */
    public Query<T> alsoReading(String... tables) {
        Set<String> all = new TreeSet<>(alsoReads);
        all.addAll(Arrays.asList(tables));
        return new Query<>(sql, parameters, Collections.unmodifiableSet(all), mapping);
    }

    /** The text of the SELECT. */
    public String sql() {
        return sql;
    }

    /** The parameters in order; unmodifiable. */
    public List<@Nullable Object> parameters() {
        return parameters;
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
