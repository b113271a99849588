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
 * What is known of a row but was not shown to whoever writes it (docs/correctness.md#r5): all of a hidden row, edits
 * that lost against a delete, and for a delete also what only columns hold that this version does not know.
 *
 * @param author the writer
 * @param context what the writer had applied
 */
record UnseenWrites(NameDictionary names, ReplicaId author, CausalContext context) {
    /**
     * The changes of the row, as it was before, that this kind of write has not seen.
     *
     * @param written the cells that it writes
     * @param kept the cells that waited beside the row while it was shown
     */
    Set<Dot> in(TrackedRow row, SyncedTable table, Kind kind, BitSet written, Set<Integer> kept) {
        Set<Dot> unseen = new TreeSet<>();
        Visibility before = row.visibilityBefore();
        boolean nothingShown = before == Visibility.HIDDEN || before == Visibility.COLLECTED;
        BitSet shown = new BitSet();
        shown.set(RowState.EXISTS);
        table.columns().forEach(column -> shown.set(column.cell(), !kept.contains(column.cell())));
        for (Write write : row.state().writes()) {
            boolean openInTombstone = before == Visibility.DELETED && !write.isDelete() && !write.isSeen();
            boolean waiting = kind == Kind.DELETE && !write.isDelete() && write.holdsNothingOf(shown);
            boolean overwritten = kept.stream().anyMatch(cell -> written.get(cell) && write.holds(cell));
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

    /** What lost against another value within the row: whoever brings the row back sees what won only. */
    Set<Dot> besideWinners(TrackedRow row) {
        Set<Dot> unseen = new TreeSet<>();
        for (Sibling sibling : row.siblings()) {
            if (sibling.cell() != Sibling.DELETE && sibling.cell() != RowState.EXISTS) {
                unseen.add(dot(sibling.replica(), sibling.sequence()));
            }
        }
        return applied(unseen);
    }

    /** What is not applied is not covered anyway. */
    private Set<Dot> applied(Set<Dot> unseen) {
        unseen.removeIf(
                dot -> !dot.replica().equals(author) && !context.vector().covers(dot));
        return unseen;
    }

    private Dot dot(int replica, long sequence) {
        return new Dot(names.replicaId(replica), sequence);
    }
}
