package dev.tidemark.engine.history;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction did to one row of a synced table: what undo and redo are made of. Values are as SQLite holds them
 * ({@code null}, {@link Long}, {@link Double}, {@link String}, {@code byte[]}). Immutable as long as nobody writes into a
 * {@code byte[]}.
 *
 * @param table the table's name
 * @param row the row's id
 * @param before by column what was there before: the columns that differ, all of them if the row was deleted;
 *     {@code null} if there was no row
 * @param after by column what the transaction left: the columns that differ, all of them if the row was made;
 *     {@code null} if it left no row
 */
public record RowEdit(
        String table,
        UUID row,
        @Nullable Map<String, @Nullable Object> before,
        @Nullable Map<String, @Nullable Object> after) {
    /** @throws IllegalArgumentException if there was no row before and none after */
    // Not a compact one: for that, javac leaves out of the class file that values may be null.
    public RowEdit(
            String table,
            UUID row,
            @Nullable Map<String, @Nullable Object> before,
            @Nullable Map<String, @Nullable Object> after) {
        if (before == null && after == null) {
            throw new IllegalArgumentException("A row that was not there and is not there was not edited.");
        }
        this.table = table;
        this.row = row;
        this.before = copy(before);
        this.after = copy(after);
    }

    private static @Nullable Map<String, @Nullable Object> copy(@Nullable Map<String, @Nullable Object> values) {
        return values == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Whether the transaction made the row. */
    public boolean isInsert() {
        return before == null;
    }

    /** Whether the transaction deleted the row. */
    public boolean isDelete() {
        return after == null;
    }
}
