package dev.tidemark.engine;

import dev.tidemark.engine.history.Conflict;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A write transaction: reads see its own writes, and every write to a synced table is tracked at commit.
 *
 * <p>Not thread-safe; valid only inside the call that handed it out.
 */
public interface Transaction extends Reader {
    /**
     * Runs one SQL statement that changes data. Tables, indexes and the like are changed by migrations only.
     *
     * @param parameters bound in order: {@code null}, numbers, {@link Boolean} (0 or 1), {@link String}, {@code byte[]},
     *     {@link UUID} (text if all synced tables have text ids, else 16 bytes), {@link java.time.Instant} (milliseconds), {@link java.time.LocalDate} and
     *     {@link java.time.LocalDateTime} and {@link java.time.Duration} (ISO text), {@link java.math.BigDecimal} (text), enums
     *     (their name), what a {@link Converter} stores, and collections of these, as a list for
     *     {@code IN (?)}
     * @return how many rows the statement itself changed
     * @throws QueryException if SQLite refuses it; the transaction can go on
     */
    int execute(String sql, @Nullable Object... parameters);

    /**
     * Runs one SQL statement with named parameters: {@code :title} takes the value of {@code title}.
     *
     * @param parameters a value for each name, as in {@link #execute(String, Object...)}
     * @return how many rows the statement itself changed
     * @throws QueryException if SQLite refuses it, a name has no value, or a value no place; the transaction can go on
     */
    int execute(String sql, Map<String, ? extends @Nullable Object> parameters);

    /**
     * Inserts the record, or updates the row that has its id. Components without a column of that name (camelCase is
     * snake_case there) are ignored, columns without a component keep their value.
     *
     * @param table the table's name
     * @param record a record with a component {@code id} of type {@link UUID}; {@code null} there means a new id
     * @return the row's id
     */
    UUID save(String table, Record record);

    /**
     * Deletes the row with this id; also one that is hidden ({@link Database#hiddenRows}), which SQL cannot reach.
     *
     * @return whether there was one
     */
    boolean delete(String table, UUID id);

    /**
     * Brings a deleted row back with the values it last had, edits that lost against the delete included, as long as they
     * are kept: until every device has heard of the delete. It ends the conflict of edit against delete in favour of the edit;
     * edits that stand against each other within the row go on doing so, since nobody has seen them.
     *
     * @return whether there was a deleted row; one that is shown or hidden stays as it is
     * @throws TransactionException if the table is not synced
     * @throws QueryException if SQLite refuses the row: its parent is gone, say, or another has its unique value
     */
    boolean restore(String table, UUID id);

    /**
     * Brings back the rows that were deleted with this one, by {@code ON DELETE CASCADE} or in the same transaction, and refer to
     * it: for a row that came back after its delete. They come with the values they last had, as long as they are kept. A row that
     * was deleted before or since stays deleted, as does one that SQLite refuses.
     *
     * @param id a row that is shown
     * @return how many came back, those that refer to them included
     * @throws TransactionException if the table is not synced
     */
    long restoreDeletedWith(String table, UUID id);

    /**
     * Writes the cell's present value once more, knowing all there is: it ends a conflict in favour of the winner, and
     * counts as a write although the value stays.
     *
     * @param column a column, or {@link Conflict#ROW} to keep the row as it is (shown or deleted)
     * @throws TransactionException if the table is not synced, or the row or column is not known
     */
    void resolve(String table, UUID id, String column);

    /**
     * What this transaction has done to rows of synced tables so far, cascades and triggers included; rows that are as they
     * were are left out. Asked for at the end and kept, it is what {@link #revert} takes back. Costs nothing unless it
     * is asked for.
     *
     * @return by table, within one in the order in which rows were first touched
     */
    List<RowEdit> edits();

    /**
     * Takes back what an earlier transaction did, as new writes that know all there is. A value that somebody has written over
     * since, here or on another device, stays; so does a row that was made and has been edited, a row that was edited and has been
     * deleted, and what SQLite refuses (the parent is gone, another row has the unique value). A row that was deleted comes back as it was,
     * with what another device wrote to it since. {@link #edits} of the transaction that does this is what redoes it.
     *
     * @param edits of one transaction, as {@link #edits} gave them
     * @return those that were not taken back, or only in part
     * @throws TransactionException if a table is not synced
     */
    List<RowEdit> revert(List<RowEdit> edits);

    /**
     * Work of a transaction that has no result.
     *
     * @param <X> the checked exception that it throws; inferred as {@link RuntimeException} if there is none
     */
    @FunctionalInterface
    interface Action<X extends Exception> {
        /** Does the work. */
        void run(Transaction transaction) throws X;
    }

    /**
     * Work of a transaction with a result. It is an {@link Action}, too, so that a lambda which could be either is this one.
     *
     * @param <T> what it returns
     * @param <X> the checked exception that it throws; inferred as {@link RuntimeException} if there is none
     */
    @FunctionalInterface
    interface Work<T extends @Nullable Object, X extends Exception> extends Action<X> {
        /** Does the work and returns its result. */
        T apply(Transaction transaction) throws X;

        @Override
        default void run(Transaction transaction) throws X {
            apply(transaction);
        }
    }

    /**
     * What a transaction did to one row of a synced table: what undo and redo are made of. Values are as SQLite holds them
     * ({@code null}, {@link Long}, {@link Double}, {@link String}, {@code byte[]}). Immutable as long as nobody writes into a
     * {@code byte[]}.
     *
     * @param table the table's name
     * @param row the row's id
     * @param before by column what was there before: the columns that differ, all of them if the row was deleted;
     *     {@code null} if there was no row
     * @param after by column what the transaction left: the columns that differ, all of them if the row was made;
     *     {@code null} if it left no row
     */
    record RowEdit(
            String table,
            UUID row,
            @Nullable Map<String, @Nullable Object> before,
            @Nullable Map<String, @Nullable Object> after) {
        /** @throws IllegalArgumentException if there was no row before and none after */
        // Not a compact one: for that, javac leaves out of the class file that values may be null.
        public RowEdit(
                String table,
                UUID row,
                @Nullable Map<String, @Nullable Object> before,
                @Nullable Map<String, @Nullable Object> after) {
            if (before == null && after == null) {
                throw new IllegalArgumentException("A row that was not there and is not there was not edited.");
            }
            this.table = table;
            this.row = row;
            this.before = copy(before);
            this.after = copy(after);
        }

        private static @Nullable Map<String, @Nullable Object> copy(@Nullable Map<String, @Nullable Object> values) {
            return values == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }

        /** Whether the transaction made the row. */
        public boolean isInsert() {
            return before == null;
        }

        /** Whether the transaction deleted the row. */
        public boolean isDelete() {
            return after == null;
        }
    }
}
