package dev.tidemark.engine.history;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row whose cells are known but which cannot be shown yet, on every replica alike. Immutable.
 *
 * @param table the table
 * @param row the row's id
 * @param reason the reason why it cannot be shown
 * @param blockerTable the table of the row it waits for, if there is one
 * @param blocker the id of the row it waits for: its parent, or the row with the same unique value
 */
public record HiddenRow(
        String table,
        UUID row,
        Reason reason,
        @Nullable String blockerTable,
        @Nullable UUID blocker) {
    /** Why a row is hidden. */
    public enum Reason {
        /** A row that it refers to by a foreign key is not shown. */
        PARENT,
        /** An older row has the same value of a unique key. */
        UNIQUE_CONFLICT,
        /** A NOT NULL column without a constant default has no value yet. */
        INCOMPLETE,
        /** The row was deleted and its tombstone garbage-collected here; later edits of it arrived. */
        TOMBSTONE_COLLECTED,
        /** SQLite refuses the row: a value does not fit its column. */
        REFUSED
    }
}
