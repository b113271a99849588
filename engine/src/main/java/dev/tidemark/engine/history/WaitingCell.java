package dev.tidemark.engine.history;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A value that a newer version of the program wrote into a table or column that this one does not know. It is kept, passed on,
 * and shown after the upgrade. Immutable.
 *
 * @param table the table
 * @param row the row's id
 * @param column the column
 * @param value the value: {@code null}, {@link Long}, {@link Double}, {@link String} or {@code byte[]}, which is not copied
 */
public record WaitingCell(
        String table, UUID row, String column, @Nullable Object value) {}
