package dev.tidemark.engine;

import dev.tidemark.engine.history.Conflict;
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
     *     {@link UUID} (16 bytes), {@link java.time.Instant} (milliseconds), {@link java.time.LocalDate} and
     *     {@link java.time.LocalDateTime} (ISO text), enums (their name)
     * @return how many rows the statement itself changed
     * @throws QueryException if SQLite refuses it; the transaction can go on
     */
    int execute(String sql, @Nullable Object... parameters);

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
     * are kept: until every device has heard of the delete. It knows all there is, so it ends a conflict of edit against
     * delete in favour of the edit.
     *
     * @return whether there was a deleted row; one that is shown or hidden stays as it is
     * @throws TransactionException if the table is not synced
     * @throws QueryException if SQLite refuses the row: its parent is gone, say, or another has its unique value
     */
    boolean restore(String table, UUID id);

    /**
     * Writes the cell's present value once more, knowing all there is: it ends a conflict in favour of the winner, and
     * counts as a write although the value stays.
     *
     * @param column a column, or {@link Conflict#ROW} to keep the row as it is (shown or deleted)
     * @throws TransactionException if the table is not synced, or the row or column is not known
     */
    void resolve(String table, UUID id, String column);
}
