package dev.tidemark.engine.history;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row whose cells are known but which cannot be shown yet, on every replica alike. Immutable.
 *
 * @param table the table
 * @param row the row's id
 * @param reason why it cannot be shown
 * @param blockerTable the table of the row it waits for, where there is one
 * @param blocker the id of the row it waits for: its parent or its rival
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
        /** An older row holds the same value of a unique key. */
        UNIQUE_CONFLICT,
        /** A NOT NULL column without a constant default has no value yet. */
        INCOMPLETE,
        /** Edits are known of a row that was deleted and forgotten here. */
        TOMBSTONE_COLLECTED,
        /** SQLite does not take the row: a value does not fit its column. */
        REFUSED
    }
}
