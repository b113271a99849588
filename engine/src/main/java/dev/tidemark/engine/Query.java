package dev.tidemark.engine;

import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.records.RecordMapper;
import dev.tidemark.engine.internal.sql.BoundSql;
import dev.tidemark.engine.internal.sql.SqlErrors;
import dev.tidemark.engine.problem.QueryException;
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
 * A SELECT with its parameters and the mapping of its rows. Immutable and thread-safe if the mapping is.
 *
 * <pre>{@code
 * Query<Note> open = Query.of("SELECT id, title FROM note WHERE done = :done ORDER BY title")
 *         .bind("done", false)
 *         .as(Note.class);
 * }</pre>
 *
 * @param <T> the class of mapped rows; its {@code equals} decides whether a row has changed
 */
public final class Query<T> {
    private final String text;
    private final List<@Nullable Object> inOrder;
    private final Map<String, @Nullable Object> named;
    private final Set<String> alsoReads;
    private final Function<Row, T> mapping;

    /** Computed at the first use, when all names are bound. */
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
     * Returns a query without a mapping. Its rows are read by column name.
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
     * Binds the named parameter {@code :name} everywhere in the query. A collection, which may be empty, becomes a list
     * for {@code IN (:name)}.
     *
     * @param name the name without the colon
     * @param value as in {@link Transaction#execute(String, Object...)}
     */
    public Query<T> bind(String name, @Nullable Object value) {
        Map<String, @Nullable Object> all = new HashMap<>(named);
        all.put(name, value);
        return new Query<>(text, inOrder, Collections.unmodifiableMap(all), alsoReads, mapping);
    }

    /** Maps rows to records: each component gets the column of its name (camelCase matches snake_case). */
    public <R extends Record> Query<R> as(Class<R> type) {
        RecordMapper<R> mapper = RecordMapper.of(type);
        return new Query<>(text, inOrder, named, alsoReads, row -> mapper.read(row.columns(), row::value));
    }

    /** Maps rows with the function. */
    public <R> Query<R> map(Function<? super T, ? extends R> function) {
        Function<Row, T> first = mapping;
        return new Query<>(text, inOrder, named, alsoReads, row -> function.apply(first.apply(row)));
    }

    /**
     * Adds tables that subscriptions must watch in addition to those that SQLite reports, for example the content table
     * of a full-text index.
     */
    public Query<T> alsoReading(String... tables) {
        Set<String> all = new TreeSet<>(alsoReads);
        all.addAll(Arrays.asList(tables));
        return new Query<>(text, inOrder, named, Collections.unmodifiableSet(all), mapping);
    }

    /**
     * The text of the SELECT, with a {@code ?} for each named parameter and each element of a collection.
     *
     * @throws QueryException if a named parameter has no value, or a value has no parameter
     */
    public String sql() {
        return bound().sql();
    }

    /**
     * The parameters in their order in {@link #sql}; unmodifiable.
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

    /** The mapping of a row. */
    public Function<Row, T> mapping() {
        return mapping;
    }

    /**
     * A result that a subscription delivers: all rows, and the difference from the previous result. Immutable.
     *
     * @param rows the rows in the query's order; unmodifiable
     * @param difference the difference from the rows delivered before; in the first result, from no rows
     * @param vector the version vector of the database when the query ran; see {@link Database#writeBasedOn}
     */
    public record Result<T>(List<T> rows, Difference<T> difference, VersionVector vector) {
        /**
         * The difference between two lists of rows. Rows with the same value in the first column count as the same row.
         * Immutable.
         *
         * <p>To apply the difference to a list, remove the rows at the positions {@code removed} and at the {@code
         * from} of each {@code moved}; these are positions in the old list. Then insert the rows at the positions
         * {@code added} and at the {@code to} of each {@code moved}, in ascending order of position in the new list.
         * Then replace the rows at the positions {@code changed} of the new list.
         *
         * @param removed positions, in the old list, of the rows that the new list lacks, in ascending order
         * @param added positions, in the new list, of the rows that the old list lacks, in ascending order
         * @param moved the rows whose order among the remaining rows changed, in ascending order of {@code to}; as few
         *     rows as possible
         * @param changed positions, in the new list, of the remaining rows whose values changed, in ascending order. A
         *     changed row may also be a moved one
         * @param rows the new list
         */
        public record Difference<T>(
                List<Integer> removed, List<Integer> added, List<Move> moved, List<Integer> changed, List<T> rows) {

            /**
             * A row with another position.
             *
             * @param from its position in the old list
             * @param to its position in the new list
             */
            public record Move(int from, int to) {}

            /** Whether the lists are equal. */
            public boolean isEmpty() {
                return removed.isEmpty() && added.isEmpty() && moved.isEmpty() && changed.isEmpty();
            }

            /**
             * Returns the new list. Computes it from the old list, in time proportional to the length of both. To
             * change a list in place, use the order of steps described above.
             */
            public List<T> applyTo(List<T> old) {
                boolean[] leaves = new boolean[old.size()];
                removed.forEach(index -> leaves[index] = true);
                moved.forEach(move -> leaves[move.from()] = true);
                boolean[] arrives = new boolean[rows.size()];
                added.forEach(index -> arrives[index] = true);
                moved.forEach(move -> arrives[move.to()] = true);
                boolean[] differs = new boolean[rows.size()];
                changed.forEach(index -> differs[index] = true);
                List<T> result = new ArrayList<>(rows.size());
                int next = 0;
                for (int index = 0; index < rows.size(); index++) {
                    if (arrives[index]) {
                        result.add(rows.get(index));
                        continue;
                    }
                    while (leaves[next]) {
                        next++;
                    }
                    result.add(differs[index] ? rows.get(index) : old.get(next));
                    next++;
                }
                return result;
            }
        }
    }
}
