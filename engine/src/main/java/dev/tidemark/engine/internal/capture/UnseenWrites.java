package dev.tidemark.engine.internal.capture;

import dev.tidemark.engine.changelog.CausalContext;
import dev.tidemark.engine.changelog.Change.Kind;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.internal.cells.RowState;
import dev.tidemark.engine.internal.cells.Sibling;
import dev.tidemark.engine.internal.cells.TrackedRow;
import dev.tidemark.engine.internal.cells.TrackedRow.Visibility;
import dev.tidemark.engine.internal.cells.Write;
import dev.tidemark.engine.internal.schema.NameDictionary;
import dev.tidemark.engine.internal.schema.SyncedTable;
import java.util.BitSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the writes of a row that the author of a new write has applied but has not seen. The causal context of the new
 * write leaves them out (docs/correctness.md#r5). Unseen writes are all writes of a hidden row; edits that lost against
 * a delete; overwritten values of waiting cells; and if the new write is a delete, writes that win no shown column.
 *
 * @param context the changes that the writer had applied
 */
record UnseenWrites(NameDictionary names, ReplicaId author, CausalContext context) {
    /** Returns the writes of the row that a write of this kind has not seen. */
    Set<Dot> in(TrackedRow row, SyncedTable table, Kind kind, BitSet written, Set<Integer> waitingCells) {
        Set<Dot> unseen = new TreeSet<>();
        Visibility before = row.visibilityBefore();
        boolean nothingShown = before == Visibility.HIDDEN || before == Visibility.COLLECTED;
        BitSet shown = new BitSet();
        shown.set(RowState.EXISTS);
        table.columns().forEach(column -> shown.set(column.cell(), !waitingCells.contains(column.cell())));
        for (Write write : row.state().writes()) {
            boolean openInTombstone = before == Visibility.DELETED && !write.isDelete() && !write.isSeen();
            boolean waiting = kind == Kind.DELETE && !write.isDelete() && write.winsNoneOf(shown);
            boolean overwritten = waitingCells.stream().anyMatch(cell -> written.get(cell) && write.wins(cell));
            if (nothingShown || openInTombstone || waiting || overwritten) {
                unseen.add(dot(write.replica(), write.sequence()));
            }
        }
        for (Sibling sibling : row.siblings()) {
            boolean waiting = kind == Kind.DELETE && sibling.cell() != Sibling.DELETE && !shown.get(sibling.cell());
            boolean openInTombstone = before == Visibility.DELETED && sibling.cell() != Sibling.DELETE;
            if (nothingShown || openInTombstone || waiting) {
                unseen.add(dot(sibling.replica(), sibling.sequence()));
            }
        }
        return applied(unseen);
    }

    /** Returns the siblings of values. A user who restores a deleted row has seen only the winning values. */
    Set<Dot> siblings(TrackedRow row) {
        Set<Dot> unseen = new TreeSet<>();
        for (Sibling sibling : row.siblings()) {
            if (sibling.cell() != Sibling.DELETE && sibling.cell() != RowState.EXISTS) {
                unseen.add(dot(sibling.replica(), sibling.sequence()));
            }
        }
        return applied(unseen);
    }

    /** Removes the changes that the context does not cover. */
    private Set<Dot> applied(Set<Dot> unseen) {
        unseen.removeIf(
                dot -> !dot.replica().equals(author) && !context.vector().covers(dot));
        return unseen;
    }

    private Dot dot(int replica, long sequence) {
        return new Dot(names.replicaId(replica), sequence);
    }
}
