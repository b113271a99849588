package dev.tidemark.engine.history;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row whose cells are known, but that cannot be shown yet. It is hidden on every replica. Immutable.
 *
 * @param table the table
 * @param row the row's id
 * @param reason the reason why it cannot be shown
 * @param blockerTable the table of {@code blocker}; {@code null} if the row waits for no other row
 * @param blocker the id of the row that this row waits for: its parent, or the row with the same unique value; {@code
 *     null} if none
 */
public record HiddenRow(
        String table,
        UUID row,
        Reason reason,
        @Nullable String blockerTable,
        @Nullable UUID blocker) {
    /** Why a row is hidden. */
    public enum Reason {
        /** The row has a foreign key to a row that is not shown. */
        PARENT,
        /** An older row has the same value of a unique key. */
        UNIQUE_CONFLICT,
        /** A NOT NULL column without a constant default has no value yet. */
        INCOMPLETE,
        /**
         * The row was deleted, its tombstone was garbage-collected on this device, and edits of the row arrived later.
         */
        TOMBSTONE_COLLECTED,
        /** SQLite refuses the row, because a value does not fit its column. */
        REFUSED
    }
}
