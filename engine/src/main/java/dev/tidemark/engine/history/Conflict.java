package dev.tidemark.engine.history;

import dev.tidemark.engine.changelog.Dot;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Two concurrent and different writes: neither writer had seen the other's. A conflict is the same on every replica and
 * stays open until a write covers both versions. Immutable.
 *
 * @param table the table
 * @param row the row's id
 * @param column the column, or {@link #ROW} for an edit against a delete
 * @param winner the winning version
 * @param loser a losing version that no other write has seen
 */
public record Conflict(String table, UUID row, String column, Version winner, Version loser) {
    /** The name of the row itself, in place of a column. */
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
