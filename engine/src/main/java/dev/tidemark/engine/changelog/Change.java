package dev.tidemark.engine.changelog;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one transaction did to one row, or news of a step of the schema. Immutable, except that blobs in {@code values}
 * are not copied: leave them alone.
 *
 * @param dot who made it, and its number there
 * @param hlcTime the clock value of its stamp, see {@link HlcTimestamp#time}
 * @param wallMillis milliseconds since 1970 on the writer's own clock: shown to people, never ordered by
 * @param context what the writer had seen
 * @param kind what was done
 * @param table the table's name; empty for {@link Kind#SCHEMA}
 * @param row the row's id; 16 zero bytes for {@link Kind#SCHEMA}
 * @param values the columns written and their values: {@code null}, {@link Long}, {@link Double}, {@link String} or
 *     {@code byte[]}; empty for a delete
 */
public record Change(
        Dot dot,
        long hlcTime,
        long wallMillis,
        CausalContext context,
        Kind kind,
        String table,
        UUID row,
        Map<String, @Nullable Object> values) {

    /** What a change did. */
    public enum Kind {
        /** The row came into being, came back, or was confirmed to exist: its existence is written, and columns. */
        INSERT(0),
        /** Some columns were written. */
        UPDATE(1),
        /** The row was deleted. */
        DELETE(2),
        /**
         * A step of the application's schema was run on the writer's database. It informs and is never executed by others
         * (docs/correctness.md#r11); it belongs to no table and no row, and its values are {@code version} and {@code
         * name}.
         */
        SCHEMA(3);

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
                case 3 -> SCHEMA;
                default -> throw new IllegalArgumentException("A change's kind is 0 to 3, but found " + code);
            };
        }
    }

    private static final UUID NO_ROW = new UUID(0, 0);

    /** @throws IllegalArgumentException if the values do not fit the kind or the time is out of range */
    public Change {
        Objects.requireNonNull(dot);
        if (!HlcTimestamp.isWellFormed(hlcTime)) {
            throw new IllegalArgumentException("Change " + dot + " has a malformed clock value: " + hlcTime);
        }
        if (kind == Kind.DELETE && !values.isEmpty()) {
            throw new IllegalArgumentException("Change " + dot + " is a delete, but carries values");
        }
        if (kind == Kind.SCHEMA && !isSchemaChange(table, row, values)) {
            throw new IllegalArgumentException("Change " + dot + " is a step of the schema, but does not say which");
        }
        if (kind != Kind.SCHEMA && table.isEmpty()) {
            throw new IllegalArgumentException("Change " + dot + " is of a row, but names no table");
        }
    }

    private static boolean isSchemaChange(String table, UUID row, Map<String, @Nullable Object> values) {
        return table.isEmpty()
                && row.equals(NO_ROW)
                && values.size() == 2
                && values.get("version") instanceof Long
                && values.get("name") instanceof String;
    }

    /**
     * News that a step of the schema was run.
     *
     * @param version the step's number, from 1
     * @param name what it does, as the schema says
     */
    public static Change schemaChange(
            Dot dot, long time, long wallMillis, CausalContext context, int version, String name) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("version", (long) version);
        values.put("name", name);
        return new Change(dot, time, wallMillis, context, Kind.SCHEMA, "", NO_ROW, values);
    }

    /** Whether a migration made it, not a person: its stamp lies below every person's. */
    public boolean isFromMigration() {
        return HlcTimestamp.isFromMigration(hlcTime);
    }

    /** The stamp that decides which write wins. */
    public HlcTimestamp timestamp() {
        return new HlcTimestamp(hlcTime, dot.replica());
    }

    /** Whether the writer of this change had seen the change named by the dot. */
    public boolean hasSeen(Dot other) {
        return context.covers(dot.replica(), dot.sequence(), other);
    }
}
