package dev.tidemark.engine.history;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A value that a table on this device cannot store. Either a newer version of the program wrote it into a table or
 * column that this version does not know, or another program wrote it with another type than the column of a STRICT
 * table declares. The engine retains and syncs the value. Meanwhile the column shows its default. A value of an unknown
 * table or column is shown after the program is upgraded. A value of another type waits until the column is written
 * again. Immutable.
 *
 * @param table the table
 * @param row the row's id
 * @param column the column
 * @param value the value: {@code null}, {@link Long}, {@link Double}, {@link String} or {@code byte[]}. An array is not
 *     copied
 */
public record WaitingCell(
        String table, UUID row, String column, @Nullable Object value) {}
