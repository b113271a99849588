package dev.tidemark.engine.changelog;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one transaction to one row, or the record of a schema step. Immutable, except that blobs in {@code
 * values} are not copied: do not change them.
 *
 * @param dot the replica that made the change, and the sequence number
 * @param transaction the sequence number of the first change of the transaction. The changes of a transaction have
 *     consecutive numbers. The changelog may have truncated the first one
 * @param hlcTime the clock value of its timestamp, see {@link HlcTimestamp#time}
 * @param wallMillis milliseconds since 1970 on the writer's own clock. Users see this time, but it does not order
 *     changes
 * @param context the changes that the writer had seen
 * @param kind insert, update, delete, schema step, or erased
 * @param table the table's name; empty for {@link Kind#SCHEMA}
 * @param row the row's id; 16 zero bytes for {@link Kind#SCHEMA}
 * @param values the columns written and their values: {@code null}, {@link Long}, {@link Double}, {@link String} or
 *     {@code byte[]}. A delete has no values. An erased change has only its digest
 */
public record Change(
        Dot dot,
        long transaction,
        long hlcTime,
        long wallMillis,
        CausalContext context,
        Kind kind,
        String table,
        UUID row,
        Map<String, @Nullable Object> values) {

    /** The kinds of changes. */
    public enum Kind {
        /** The row was inserted or restored, or its existence was written again. Has values. */
        INSERT(0),
        /** Some columns were written. */
        UPDATE(1),
        /** The row was deleted. */
        DELETE(2),
        /**
         * A step of the application's schema ran on the writer's database. The change informs other replicas, which
         * never execute the step (docs/correctness.md#r11). It has no table and no row. Its values are {@code version},
         * {@code name} and {@code sql}.
         */
        SCHEMA(3),
        /**
         * An insert or update whose values were erased, because the row was deleted and every active replica has
         * acknowledged the delete. It writes no column. Its only value is {@code digest}; see {@link Change#erased}.
         */
        ERASED(4);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        /** The kind's number in files. It never changes. */
        public int code() {
            return code;
        }

        /**
         * The kind with this number.
         *
         * @throws IllegalArgumentException if no kind has the number
         */
        public static Kind of(int code) {
            return switch (code) {
                case 0 -> INSERT;
                case 1 -> UPDATE;
                case 2 -> DELETE;
                case 3 -> SCHEMA;
                case 4 -> ERASED;
                default -> throw new IllegalArgumentException("A change's kind is 0 to 4, but found " + code);
            };
        }
    }

    private static final UUID NO_ROW = new UUID(0, 0);
    private static final String DIGEST = "digest";

    /** @throws IllegalArgumentException if the values do not fit the kind or the time is out of range */
    public Change {
        Objects.requireNonNull(dot);
        if (transaction < 1 || transaction > dot.sequence()) {
            throw new IllegalArgumentException("Change " + dot + " has a transaction that begins at " + transaction);
        }
        if (!HlcTimestamp.isWellFormed(hlcTime)) {
            throw new IllegalArgumentException("Change " + dot + " has a malformed clock value: " + hlcTime);
        }
        if (kind == Kind.DELETE && !values.isEmpty()) {
            throw new IllegalArgumentException("Change " + dot + " is a delete, but carries values");
        }
        if (kind == Kind.SCHEMA && !isSchemaChange(table, row, values)) {
            throw new IllegalArgumentException("Change " + dot + " is a step of the schema, but does not say which");
        }
        if (kind == Kind.ERASED
                && !(values.size() == 1
                        && values.get(DIGEST) instanceof byte[] digest
                        && digest.length == ChainHash.BYTES)) {
            throw new IllegalArgumentException("Change " + dot + " is erased, but has no digest");
        }
        if (kind != Kind.SCHEMA && table.isEmpty()) {
            throw new IllegalArgumentException("Change " + dot + " is of a row, but names no table");
        }
    }

    /** Creates the only change of a transaction. */
    public Change(
            Dot dot,
            long hlcTime,
            long wallMillis,
            CausalContext context,
            Kind kind,
            String table,
            UUID row,
            Map<String, @Nullable Object> values) {
        this(dot, dot.sequence(), hlcTime, wallMillis, context, kind, table, row, values);
    }

    private static boolean isSchemaChange(String table, UUID row, Map<String, @Nullable Object> values) {
        return table.isEmpty()
                && row.equals(NO_ROW)
                && values.size() == 3
                && values.get("version") instanceof Long
                && values.get("name") instanceof String
                && values.get("sql") instanceof String;
    }

    /**
     * Returns the record of a schema step.
     *
     * @param version the step's number, from 1
     * @param name the step's name in the schema
     * @param sql the statements that the step ran, in order and each once, without parameter values. A long text is cut
     *     off
     */
    public static Change schemaChange(
            Dot dot, long time, long wallMillis, CausalContext context, int version, String name, String sql) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("version", (long) version);
        values.put("name", name);
        values.put("sql", sql);
        return new Change(dot, time, wallMillis, context, Kind.SCHEMA, "", NO_ROW, values);
    }

    /**
     * Returns this change without its values.
     *
     * @param digest 16 bytes that stand for the whole change in the hash chain of its replica
     */
    public Change erased(byte[] digest) {
        return new Change(
                dot, transaction, hlcTime, wallMillis, context, Kind.ERASED, table, row, Map.of(DIGEST, digest));
    }

    /** Whether a migration made the change. The timestamp is then below those of users' changes. */
    public boolean isFromMigration() {
        return HlcTimestamp.isFromMigration(hlcTime);
    }

    /** The timestamp, which decides the winning write. */
    public HlcTimestamp timestamp() {
        return new HlcTimestamp(hlcTime, dot.replica());
    }

    /** Whether the writer of this change had seen the change named by the dot. */
    public boolean hasSeen(Dot other) {
        return context.covers(dot.replica(), dot.sequence(), other);
    }
}
