package dev.tidemark.engine.internal.cells;

import dev.tidemark.engine.internal.codec.ChangeCodec;
import dev.tidemark.engine.internal.schema.SyncedTable;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One row with its cell state while a transaction works on it. Mutable, not thread-safe. */
public final class TrackedRow {
    /** Whether the application's table contains a row, or the reason why not. The codes are stored. */
    public enum Visibility {
        SHOWN(0),
        HIDDEN(1),
        DELETED(2),
        /** Edits are known but the insert is not, because this replica has dropped the tombstone. */
        COLLECTED(3),
        /** This version of the program does not know the table. */
        UNKNOWN(4);

        private final int code;

        Visibility(int code) {
            this.code = code;
        }

        public int code() {
            return code;
        }

        public static Visibility of(int status) {
            return values()[status & VISIBILITY_MASK];
        }
    }

    /** Status flag: an open edit and an open delete are concurrent. */
    public static final int EDIT_DELETE_CONFLICT = 8;
    /** Status flag: some cells belong to unknown columns, or their values do not have the declared type. */
    public static final int WAITING = 16;
    /** Status flag: {@code tm_sibling} has entries for the row. */
    public static final int SIBLINGS = 32;

    static final int VISIBILITY_MASK = 7;

    private final int table;
    private final UUID id;
    private final RowKey name;
    private final byte[] key;
    private final CellStore store;
    private final boolean known;
    private final RowState state;
    private final int statusBefore;
    private Visibility visibility;
    private boolean waiting;
    private @Nullable List<Sibling> siblings;
    private @Nullable Map<Integer, @Nullable Object> values;

    TrackedRow(int table, UUID id, CellStore store, boolean known, RowState state, int status) {
        this.table = table;
        this.id = id;
        this.name = new RowKey(table, id);
        this.key = ChangeCodec.bytesOf(id);
        this.store = store;
        this.known = known;
        this.state = state;
        this.statusBefore = status;
        this.visibility = Visibility.of(status);
        this.waiting = (status & WAITING) != 0;
    }

    public int table() {
        return table;
    }

    public UUID id() {
        return id;
    }

    public RowKey name() {
        return name;
    }

    /** Returns the id as 16 bytes. */
    public byte[] key() {
        return key;
    }

    public RowState state() {
        return state;
    }

    /** Returns whether the row was tracked before this transaction. */
    public boolean isKnown() {
        return known;
    }

    /** Returns the visibility before this transaction; {@code DELETED} for an unknown row. */
    public Visibility visibilityBefore() {
        return known ? Visibility.of(statusBefore) : Visibility.DELETED;
    }

    public boolean wasShown() {
        return visibilityBefore() == Visibility.SHOWN;
    }

    public Visibility visibility() {
        return visibility;
    }

    public void setVisibility(Visibility visibility) {
        this.visibility = visibility;
    }

    /** Returns whether the row had waiting cells before this transaction. */
    public boolean wasWaiting() {
        return (statusBefore & WAITING) != 0;
    }

    public void setWaiting(boolean waiting) {
        this.waiting = waiting;
    }

    /** Returns the siblings. Only {@link CellStore} changes the list. */
    public List<Sibling> siblings() {
        if (siblings == null) {
            siblings = (statusBefore & SIBLINGS) != 0 ? store.siblings(this) : new java.util.ArrayList<>(0);
        }
        return siblings;
    }

    /** Returns the values by cell, loading them on first use. Callers change the map together with the cells. */
    public Map<Integer, @Nullable Object> values() {
        if (values == null) {
            values = known ? store.values(this) : new HashMap<>();
        }
        return values;
    }

    /** Sets values that the caller has already read, which saves a query. */
    public void setValues(Map<Integer, @Nullable Object> values) {
        this.values = values;
    }

    /** Returns whether there is no delete, or some cell is newer than the delete. */
    public boolean isUndeleted() {
        Write delete = state.delete();
        if (delete == null) {
            return true;
        }
        return state.writes().stream().anyMatch(write -> !write.isDelete() && store.isNewer(write, delete));
    }

    /** Returns whether the insert is known and no delete is newer than all cells. */
    public boolean isLive() {
        return state.winner(RowState.EXISTS) != null && isUndeleted();
    }

    public boolean hasEditDeleteConflict() {
        boolean openDelete = false;
        boolean openEdit = false;
        for (Write write : state.writes()) {
            openDelete |= write.isDelete() && !write.isSeen();
            openEdit |= !write.isDelete() && !write.isSeen();
        }
        for (Sibling sibling : siblings()) {
            openDelete |= sibling.cell() == Sibling.DELETE;
            openEdit |= sibling.cell() != Sibling.DELETE;
        }
        return openDelete && openEdit;
    }

    /** Returns whether the row is shown and has no flags. */
    public boolean isPlain() {
        return status() == Visibility.SHOWN.code();
    }

    int status() {
        return visibility.code()
                | (hasEditDeleteConflict() ? EDIT_DELETE_CONFLICT : 0)
                | (waiting ? WAITING : 0)
                | (siblings().isEmpty() ? 0 : SIBLINGS);
    }

    /** Returns the cells whose columns the table lacks; all cells if the table is unknown. */
    public BitSet unknownCells(@Nullable SyncedTable synced) {
        BitSet cells = state.valueCells();
        if (synced != null) {
            synced.columns().forEach(column -> cells.clear(column.cell()));
        }
        return cells;
    }

    /**
     * Returns the cells that the table cannot store: those of unknown columns, and those whose value does not have the
     * declared type. A deleted row has only the first kind, because it shows no values.
     */
    public BitSet waitingCells(@Nullable SyncedTable synced) {
        BitSet waiting = unknownCells(synced);
        if (synced != null && visibility != Visibility.DELETED) {
            BitSet cells = state.valueCells();
            for (SyncedTable.Column column : synced.columns()) {
                boolean isTyped = column.type() != Object.class && cells.get(column.cell());
                if (isTyped && !column.accepts(values().get(column.cell()))) {
                    waiting.set(column.cell());
                }
            }
        }
        return waiting;
    }
}
