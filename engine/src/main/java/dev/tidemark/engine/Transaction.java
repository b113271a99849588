package dev.tidemark.engine;

import dev.tidemark.engine.history.Conflict;
import dev.tidemark.engine.problem.QueryException;
import dev.tidemark.engine.problem.TransactionException;
import dev.tidemark.engine.spi.Converter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A write transaction. Its reads see its own writes. At commit, every write to a synced table becomes a change.
 *
 * <p>Not thread-safe; valid only until the work that receives it returns.
 */
public interface Transaction extends Reader {
    /**
     * Runs one SQL statement that changes data. Only migrations may change tables, indexes and the like.
     *
     * @param parameters bound in order: {@code null}, numbers, {@link Boolean} (0 or 1), {@link String}, {@code
     *     byte[]}, {@link UUID} (text if all synced tables have text ids, else 16 bytes), {@link java.time.Instant}
     *     (milliseconds), {@link java.time.LocalDate}, {@link java.time.LocalDateTime} and {@link java.time.Duration}
     *     (ISO text), {@link java.math.BigDecimal} (text), enums (their name), classes with a {@link Converter}, and
     *     collections of these, as a list for {@code IN (?)}
     * @return how many rows the statement changed, without the rows that triggers and cascades changed
     * @throws QueryException if SQLite refuses the statement. The transaction can continue
     */
    int execute(String sql, @Nullable Object... parameters);

    /**
     * Runs one SQL statement with named parameters: {@code :title} takes the value of {@code title}.
     *
     * @param parameters a value for each name, as in {@link #execute(String, Object...)}
     * @return how many rows the statement changed, without the rows that triggers and cascades changed
     * @throws QueryException if SQLite refuses the statement, if a name has no value, or if a value has no parameter.
     *     The transaction can continue
     */
    int execute(String sql, Map<String, ? extends @Nullable Object> parameters);

    /**
     * Inserts the record, or updates the row that has the record's id. Components without a column of their name
     * (camelCase matches snake_case) are ignored; columns without a component keep their value.
     *
     * @param table the table's name
     * @param record a record with a component {@code id} of type {@link UUID}. If the id is {@code null}, the row gets
     *     a new id
     * @return the row's id
     */
    UUID save(String table, Record record);

    /**
     * Deletes the row with this id, even a {@linkplain Database#hiddenRows hidden} row, which SQL cannot reach.
     *
     * @return whether there was such a row
     */
    boolean delete(String table, UUID id);

    /**
     * Restores a deleted row with its last values, including edits that lost against the delete. The engine retains
     * these values until every active device has acknowledged the delete. Restoring ends a conflict between an edit and
     * the delete in favour of the edit. Conflicts between values within the row stay open, because the user has not
     * seen them.
     *
     * <p>A row that was edited after its tombstone was garbage-collected gets the values of these edits. Its other
     * columns get their defaults.
     *
     * @return whether the row was restored. A row that is shown, or hidden for another reason, stays as it is
     * @throws TransactionException if the table is not synced
     * @throws QueryException if SQLite refuses the row, because its parent is gone, another row has its unique value,
     *     or a column without a default has no known value
     */
    boolean restore(String table, UUID id);

    /**
     * Restores the rows that refer to this row and were deleted together with it, by {@code ON DELETE CASCADE} or in
     * the same transaction. Call it after {@link #restore}. The rows get their last values, if these are still
     * retained. Rows that were deleted earlier or later stay deleted, as do rows that SQLite refuses.
     *
     * @param id the id of a shown row
     * @return how many rows were restored, including rows that refer to restored rows
     * @throws TransactionException if the table is not synced
     */
    long restoreDeletedWith(String table, UUID id);

    /**
     * Writes the column's winning value again, with a causal context that covers all siblings. This ends a conflict in
     * favour of the winner, and counts as a write although the value stays.
     *
     * @param column a column; or {@link Conflict#ROW} to end a conflict between an edit and a delete, so that the row
     *     stays shown or deleted as it is
     * @throws TransactionException if the table is not synced, or the row or column is not known
     */
    void resolve(String table, UUID id, String column);

    /**
     * Returns the edits that this transaction has made to rows of synced tables so far, including those by cascades and
     * triggers. Rows that have the same values as before the transaction are left out. Call this method last, and
     * retain the result to {@linkplain #revert revert} the transaction later. A transaction that does not call this
     * method has no extra cost.
     *
     * @return the edits, ordered by table, then by the time at which the transaction first touched the row
     */
    List<RowEdit> edits();

    /**
     * Reverts the edits of an earlier transaction by new writes. An edit is not reverted if its value was overwritten
     * since, here or on another device; if it inserted a row that was edited since; if its row was deleted since; or if
     * SQLite refuses the write, for example because another row has the unique value. A deleted row is restored with
     * its old values; a column that another device wrote last gets that device's value. To redo, revert the {@link
     * #edits} of the reverting transaction.
     *
     * @param edits the edits of one transaction, as {@link #edits} returned them
     * @return the edits that were not reverted, or only in part
     * @throws TransactionException if a table is not synced
     */
    List<RowEdit> revert(List<RowEdit> edits);

    /**
     * Work of a transaction that has no result.
     *
     * @param <X> the checked exception that the work throws; inferred as {@link RuntimeException} if there is none
     */
    @FunctionalInterface
    interface Action<X extends Exception> {
        /** Does the work. */
        void run(Transaction transaction) throws X;
    }

    /**
     * Work of a transaction with a result. Extends {@link Action} so that lambdas that fit both become this type.
     *
     * @param <T> the result's class
     * @param <X> the checked exception that the work throws; inferred as {@link RuntimeException} if there is none
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
     * The edit of one row of a synced table by a transaction, for undo and redo. Values are as SQLite stores them
     * ({@code null}, {@link Long}, {@link Double}, {@link String}, {@code byte[]}). Immutable as long as no
     * {@code byte[]} is changed.
     *
     * @param table the table's name
     * @param row the row's id
     * @param before the old values by column: of the columns that differ, or of all columns if the row was deleted;
     *     {@code null} if there was no row
     * @param after the new values by column: of the columns that differ, or of all columns if the row was inserted;
     *     {@code null} if the row is gone
     */
    record RowEdit(
            String table,
            UUID row,
            @Nullable Map<String, @Nullable Object> before,
            @Nullable Map<String, @Nullable Object> after) {
        /** @throws IllegalArgumentException if there was no row before and none after */
        // This is not a compact constructor, because javac would omit the @Nullable of the values from the class file.
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

        /** Whether the transaction inserted the row. */
        public boolean isInsert() {
            return before == null;
        }

        /** Whether the transaction deleted the row. */
        public boolean isDelete() {
            return after == null;
        }
    }
}
