package dev.tidemark.engine.internal.capture;

import dev.tidemark.engine.internal.codec.ChangeCodec;
import dev.tidemark.engine.internal.schema.SyncedTable;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row that a transaction touched, before its first touch and after its last. Mutable, not thread-safe. */
final class TouchedRow {
    private final SyncedTable table;
    private final Object storedId;
    private final @Nullable UUID id;
    private boolean isNew = true;
    private @Nullable Object @Nullable [] before;
    private @Nullable Object @Nullable [] after;

    /**
     * A row that nothing is known of.
     *
     * @param storedId the value of its id column
     * @param id the id that this is; {@code null} if it is none
     */
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

    /** The id; {@code null} if what is stored is none. */
    @Nullable
    UUID id() {
        return id;
    }

    /** The id's 16 bytes. */
    byte[] key() {
        return storedId instanceof byte[] bytes ? bytes : ChangeCodec.bytesOf(java.util.Objects.requireNonNull(id));
    }

    /** Whether nothing was noted of it so far. */
    boolean isNew() {
        return isNew;
    }

    /** Its values in the order of the table's columns, {@code null} if it was not there. */
    @Nullable
    Object @Nullable [] before() {
        return before;
    }

    /** Its values in the order of the table's columns, {@code null} if it is not there. */
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
}
