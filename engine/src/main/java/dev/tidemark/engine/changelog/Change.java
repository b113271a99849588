package dev.tidemark.engine.changelog;

import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one transaction did to one row. Immutable, except that blobs in {@code values} are not copied: leave them alone.
 *
 * @param dot who made it, and its number there
 * @param time the clock value of its stamp, see {@link Stamp#time}
 * @param wallMillis milliseconds since 1970 on the writer's own clock: shown to people, never ordered by
 * @param context what the writer had seen
 * @param kind what was done
 * @param table the table's name
 * @param row the row's id
 * @param values the columns written and their values: {@code null}, {@link Long}, {@link Double}, {@link String} or
 *     {@code byte[]}; empty for a delete
 */
public record Change(
        Dot dot,
        long time,
        long wallMillis,
        Context context,
        Kind kind,
        String table,
        UUID row,
        Map<String, @Nullable Object> values) {

    /** What a change did to its row. */
    public enum Kind {
        /** The row came into being, came back, or was confirmed to exist: its existence is written, and columns. */
        INSERT(0),
        /** Some columns were written. */
        UPDATE(1),
        /** The row was deleted. */
        DELETE(2);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        /** The number that stands for it in files; never changes. */
        public int code() {
            return code;
        }

        /**
         * The kind with this number.
         *
         * @throws IllegalArgumentException if there is none
         */
        public static Kind of(int code) {
            return switch (code) {
                case 0 -> INSERT;
                case 1 -> UPDATE;
                case 2 -> DELETE;
                default -> throw new IllegalArgumentException("A change's kind is 0 to 2, but found " + code);
            };
        }
    }

    /** @throws IllegalArgumentException if a delete carries values or the time is out of range */
    public Change {
        Objects.requireNonNull(dot);
        if (!Stamp.isWellFormed(time)) {
            throw new IllegalArgumentException("Change " + dot + " has a malformed clock value: " + time);
        }
        if (kind == Kind.DELETE && !values.isEmpty()) {
            throw new IllegalArgumentException("Change " + dot + " is a delete, but carries values");
        }
    }

    /** The stamp that decides which write wins. */
    public Stamp stamp() {
        return new Stamp(time, dot.replica());
    }

    /** Whether the writer of this change had seen the change named by the dot. */
    public boolean hasSeen(Dot other) {
        return context.covers(dot.replica(), dot.sequence(), other);
    }
}
