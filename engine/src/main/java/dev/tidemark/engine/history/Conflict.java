package dev.tidemark.engine.history;

import dev.tidemark.engine.changelog.Dot;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Two concurrent and different writes. Neither writer had seen the other write. A conflict is the same on every replica
 * and stays open until a write covers both versions. Immutable.
 *
 * @param table the table
 * @param row the row's id
 * @param column the column, or {@link #ROW} for an edit that is concurrent with a delete
 * @param winner the winning version
 * @param loser a losing version that no other write has seen
 */
public record Conflict(String table, UUID row, String column, Version winner, Version loser) {
    /** Stands for the row itself in place of a column's name. */
    public static final String ROW = "*";

    /**
     * One of the two writes.
     *
     * @param dot the change
     * @param value the value written; {@code null} for {@link #ROW}
     * @param delete whether the write is the delete of the row
     * @param wallMillis milliseconds since 1970 on the writer's clock
     */
    public record Version(Dot dot, @Nullable Object value, boolean delete, long wallMillis) {
        /** Two versions are equal if the same change wrote an equal value. Blobs are compared by their bytes. */
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Version version
                    && dot.equals(version.dot)
                    && Objects.deepEquals(value, version.value)
                    && delete == version.delete
                    && wallMillis == version.wallMillis;
        }

        @Override
        public int hashCode() {
            return dot.hashCode();
        }
    }
}
