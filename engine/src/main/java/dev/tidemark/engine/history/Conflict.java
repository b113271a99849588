package dev.tidemark.engine.history;

import dev.tidemark.engine.changelog.Dot;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Two concurrent and different writes: neither writer had seen the other's. It stays until someone writes over both,
 * and is found alike on every replica. Immutable.
 *
 * @param table the table
 * @param row the row's id
 * @param column the column, or {@link #ROW} for an edit against a delete
 * @param winner the write that holds
 * @param loser a write that does not hold, but that nobody has overwritten knowingly
 */
public record Conflict(String table, UUID row, String column, Version winner, Version loser) {
    /** Stands for the row itself, where a column is asked for. */
    public static final String ROW = "*";

    /**
     * One of the two writes.
     *
     * @param dot the change
     * @param value the value written; for {@link #ROW} {@code null}
     * @param delete whether it is the delete of the row
     * @param wallMillis milliseconds since 1970 on the writer's clock
     */
    public record Version(Dot dot, @Nullable Object value, boolean delete, long wallMillis) {
        /** Equal if the same change wrote an equal value; blobs are compared by their bytes. */
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Version side
                    && dot.equals(side.dot)
                    && Objects.deepEquals(value, side.value)
                    && delete == side.delete
                    && wallMillis == side.wallMillis;
        }

        @Override
        public int hashCode() {
            return dot.hashCode();
        }
    }
}
