package dev.tidemark.engine.internal.capture;

import dev.tidemark.engine.internal.codec.ChangeCodec;
import dev.tidemark.engine.internal.schema.SyncedTable;
import dev.tidemark.engine.internal.sql.Statements;
import dev.tidemark.engine.internal.sql.Values;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Collects the rows that the triggers of one connection report for its current transaction. Not thread-safe.
 *
 * <p>SQLite undoes the row changes of a failed statement without firing triggers. The recorded values from before the
 * transaction stay correct, but the current values must be read again: see {@link #invalidate}.
 */
public final class TouchedRows {
    private final Map<Integer, Map<Object, TouchedRow>> byTable = new HashMap<>();
    private boolean stale;

    /** Returns the row with this id, adding it on first touch. */
    TouchedRow touch(SyncedTable table, Object storedId) {
        UUID id = idOf(table, storedId);
        Object key = id != null ? id : storedId instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : storedId;
        return byTable.computeIfAbsent(table.number(), none -> new LinkedHashMap<>())
                .computeIfAbsent(key, none -> new TouchedRow(table, storedId, id));
    }

    private static @Nullable UUID idOf(SyncedTable table, Object value) {
        if (!table.textIds() && value instanceof byte[] bytes && bytes.length == 16) {
            return ChangeCodec.idOf(bytes);
        }
        return table.textIds() && value instanceof String text ? canonical(text) : null;
    }

    private static @Nullable UUID canonical(String text) {
        try {
            UUID id = UUID.fromString(text);
            return id.toString().equals(text) ? id : null;
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    /** Marks the recorded current values as outdated, after a failed statement. */
    public void invalidate() {
        stale = true;
    }

    /** Discards all rows. Called after a rollback, or if the writes must not become changes. */
    public void clear() {
        byTable.clear();
        stale = false;
    }

    /** Returns the touched rows of one table in the order of their first touch, with their current values. */
    Collection<TouchedRow> of(SyncedTable table, Statements statements) throws SQLException {
        Map<Object, TouchedRow> touched = byTable.get(table.number());
        if (touched == null) {
            return List.of();
        }
        if (stale) {
            for (TouchedRow row : touched.values()) {
                row.setAfter(current(table, row.storedId(), statements));
            }
        }
        return new ArrayList<>(touched.values());
    }

    static @Nullable Object @Nullable [] current(SyncedTable table, Object storedId, Statements statements)
            throws SQLException {

        String select = "SELECT id" + table.selected("") + " FROM main." + table.quoted() + " WHERE id = ?";
        return statements.first(select, row -> values(table, row), storedId);
    }

    /** Returns the tracked columns of a result whose first column is the id. */
    static @Nullable Object[] values(SyncedTable table, ResultSet row) throws SQLException {
        @Nullable Object[] values = new @Nullable Object[table.columns().size()];
        for (int index = 0; index < values.length; index++) {
            values[index] = Values.get(row, index + 2);
        }
        return values;
    }
}
