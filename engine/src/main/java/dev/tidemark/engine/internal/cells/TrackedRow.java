package dev.tidemark.engine.internal.cells;

import dev.tidemark.engine.internal.codec.ChangeCodec;
import dev.tidemark.engine.internal.schema.SyncedTable;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One row with its cell state, while a transaction works on it. Mutable, not thread-safe. */
public final class TrackedRow {
    /** Where a row stands; the numbers are stored. */
    public enum Visibility {
        SHOWN(0),
        HIDDEN(1),
        DELETED(2),
        /** Edits are known, but not the insert: the row was deleted and forgotten here. */
        COLLECTED(3),
        /** Its table is not known to this version of the program. */
        UNKNOWN(4);

        private final int code;

        Visibility(int code) {
            this.code = code;
        }

        public int code() {
            return code;
        }

        /** What the status of a row says. */
        public static Visibility of(int status) {
            return values()[status & VISIBILITY_MASK];
        }
    }

    /** Flag in the status: an open edit stands against an open delete. */
    public static final int EDIT_DELETE_CONFLICT = 8;
    /** Flag in the status: some cells are of columns that this version does not know, or of another type than declared. */
    public static final int WAITING = 16;
    /** Flag in the status: there are siblings. */
    public static final int SIBLINGS = 32;

    private static final int VISIBILITY_MASK = 7;

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

    /** Its table and id as one. */
    public RowKey name() {
        return name;
    }

    /** Its id as 16 bytes. */
    public byte[] key() {
        return key;
    }

    public RowState state() {
        return state;
    }

    /** Whether the row was tracked before this transaction. */
    public boolean isKnown() {
        return known;
    }

    /** Where it stood before this transaction; a row not known stood nowhere, which counts as deleted. */
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

    /** Whether it had waiting cells before this transaction. */
    public boolean wasWaiting() {
        return (statusBefore & WAITING) != 0;
    }

    public void setWaiting(boolean waiting) {
        this.waiting = waiting;
    }

    /** The open writes beside the winners; changed through {@link CellStore} only. */
    public List<Sibling> siblings() {
        if (siblings == null) {
            siblings = (statusBefore & SIBLINGS) != 0 ? store.siblings(this) : new java.util.ArrayList<>(0);
        }
        return siblings;
    }

    /** The value of each cell that has one; the map is the row's own, to be changed with its cells. */
    public Map<Integer, @Nullable Object> values() {
        if (values == null) {
            values = known ? store.values(this) : new HashMap<>();
        }
        return values;
    }

    /** Hands in the values, where they are known already. */
    public void setValues(Map<Integer, @Nullable Object> values) {
        this.values = values;
    }

    /** Whether some cell is newer than the delete, or there was no delete. */
    public boolean isUndeleted() {
        Write delete = state.delete();
        if (delete == null) {
            return true;
        }
        return state.writes().stream().anyMatch(write -> !write.isDelete() && store.isNewer(write, delete));
    }

    /** Whether its insert is known, and no delete is newer than all its cells. */
    public boolean isLive() {
        return state.winner(RowState.EXISTS) != null && isUndeleted();
    }

    /** Whether an open edit stands against an open delete. */
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

    /** Whether it is shown, and nothing is special about it. */
    public boolean isPlain() {
        return status() == Visibility.SHOWN.code();
    }

    int status() {
        return visibility.code()
                | (hasEditDeleteConflict() ? EDIT_DELETE_CONFLICT : 0)
                | (waiting ? WAITING : 0)
                | (siblings().isEmpty() ? 0 : SIBLINGS);
    }

    /** Cells of columns that the table has not; all if it is not known. */
    public BitSet unknownCells(@Nullable SyncedTable synced) {
        BitSet cells = state.valueCells();
        if (synced != null) {
            synced.columns().forEach(column -> cells.clear(column.cell()));
        }
        return cells;
    }

    /**
     * Cells that the table cannot hold: those of unknown columns, and those whose value is not of the declared type. A deleted
     * row has none of the latter: it shows no value, so its cells wait for nothing.
     */
    public BitSet waitingCells(@Nullable SyncedTable synced) {
        BitSet waiting = unknownCells(synced);
        if (synced != null && visibility != Visibility.DELETED) {
            BitSet cells = state.valueCells();
            for (SyncedTable.Column column : synced.columns()) {
                boolean isTyped = column.type() != Object.class && cells.get(column.cell());
                if (isTyped && !column.takes(values().get(column.cell()))) {
                    waiting.set(column.cell());
                }
            }
        }
        return waiting;
    }
}
