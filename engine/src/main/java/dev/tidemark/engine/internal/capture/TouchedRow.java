package dev.tidemark.engine.internal.capture;

import dev.tidemark.engine.Transaction;
import dev.tidemark.engine.internal.codec.ChangeCodec;
import dev.tidemark.engine.internal.schema.SyncedTable;
import dev.tidemark.engine.internal.sql.Values;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A row that a transaction touched, with its values before and after. Mutable, not thread-safe. */
final class TouchedRow {
    private final SyncedTable table;
    private final Object storedId;
    private final @Nullable UUID id;
    private boolean isNew = true;
    private @Nullable Object @Nullable [] before;
    private @Nullable Object @Nullable [] after;

    /** @param id the parsed id; {@code null} if the value is not a valid id */
    TouchedRow(SyncedTable table, Object storedId, @Nullable UUID id) {
        this.table = table;
        this.storedId = storedId;
        this.id = id;
    }

    SyncedTable table() {
        return table;
    }

    Object storedId() {
        return storedId;
    }

    /** Returns the id; {@code null} if the stored value is not a valid id. */
    @Nullable
    UUID id() {
        return id;
    }

    byte[] key() {
        return storedId instanceof byte[] bytes ? bytes : ChangeCodec.bytesOf(java.util.Objects.requireNonNull(id));
    }

    /** Returns whether no values have been recorded yet. */
    boolean isNew() {
        return isNew;
    }

    /**
     * Returns the values before the transaction in the order of the table's columns; {@code null} if the row did not
     * exist.
     */
    @Nullable
    Object @Nullable [] before() {
        return before;
    }

    /** Returns the current values in the order of the table's columns; {@code null} if the row does not exist. */
    @Nullable
    Object @Nullable [] after() {
        return after;
    }

    void setBefore(@Nullable Object @Nullable [] values) {
        before = values;
        isNew = false;
    }

    void setAfter(@Nullable Object @Nullable [] values) {
        after = values;
    }

    /** Returns the edit, or {@code null} if the values before and after are equal. */
    Transaction.@Nullable RowEdit edit() {
        @Nullable Object @Nullable [] old = before;
        @Nullable Object @Nullable [] now = after;
        if (old == null && now == null) {
            return null;
        }
        IntPredicate differs =
                old == null || now == null ? index -> true : index -> !Values.areIdentical(old[index], now[index]);
        if (old != null && now != null && IntStream.range(0, now.length).noneMatch(differs)) {
            return null;
        }
        return new Transaction.RowEdit(
                table.name(),
                Objects.requireNonNull(id),
                old == null ? null : byName(table, old, differs),
                now == null ? null : byName(table, now, differs));
    }

    static Map<String, @Nullable Object> byName(SyncedTable table, @Nullable Object[] values, IntPredicate wanted) {
        Map<String, @Nullable Object> named = LinkedHashMap.newLinkedHashMap(values.length);
        for (int index = 0; index < values.length; index++) {
            if (wanted.test(index)) {
                named.put(table.columns().get(index).name(), values[index]);
            }
        }
        return named;
    }
}
