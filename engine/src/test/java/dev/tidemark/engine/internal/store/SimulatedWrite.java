package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.HlcTimestamp;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The content of a change without its number and its context: a replica that changes its id re-issues the change under
 * another number with the same timestamp.
 */
record SimulatedWrite(
        long time, long wallMillis, Change.Kind kind, String table, UUID row, Map<String, Object> values) {
    static SimulatedWrite of(Change change) {
        Map<String, Object> values = new TreeMap<>();
        change.values().forEach((column, value) -> values.put(column, comparable(value)));
        return new SimulatedWrite(
                change.hlcTime(), change.wallMillis(), change.kind(), change.table(), change.row(), values);
    }

    /** A value that equals another one with the same bytes. */
    static Object comparable(Object value) {
        return value instanceof byte[] bytes ? bytes.length + " bytes, hash " + Arrays.hashCode(bytes) : value;
    }

    boolean isDelete() {
        return kind == Change.Kind.DELETE;
    }

    /** Whether a user made it: nothing is owed to what a migration or the engine notes. */
    boolean isUsers() {
        return kind != Change.Kind.SCHEMA && !HlcTimestamp.isFromMigration(time);
    }

    boolean isOfRow(String otherTable, UUID otherRow) {
        return table.equals(otherTable) && row.equals(otherRow);
    }
}
