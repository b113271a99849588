package dev.tidemark.engine.internal.cells;

import dev.tidemark.engine.internal.sql.Values;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Merges one write into the cell state of a row. For each cell, the write with the greatest HLC timestamp wins, and
 * concurrent writes become siblings.
 *
 * <p>The siblings form a dotted version vector set (Almeida et al., <i>Scalable and Accurate Causality Tracking for
 * Eventually Consistent Stores</i>, 2014), with one context per write. The algorithm relies on causal delivery: no
 * existing write has seen the arriving write (decision 4). Every causal order of delivery gives the same result.
 *
 * <p>A migration's write (docs/correctness.md#r11) only fills cells that no user has written. It never becomes a
 * sibling and ends no conflict.
 */
public record CellMerge(CellStore store, Contexts contexts) {
    /** The causal past of a writer or replica: the changes that it had seen. */
    @FunctionalInterface
    public interface CausalPast {
        boolean covers(int replica, long sequence);
    }

    /** Looks up the context of an earlier change in the changelog. */
    @FunctionalInterface
    public interface Contexts {
        byte @Nullable [] packedContextOf(int replica, long sequence) throws SQLException;
    }

    /** Returns a merge that runs the action before each lookup of an earlier change. */
    public CellMerge runningBeforeLookup(SqlAction action) {
        return new CellMerge(store, (replica, sequence) -> {
            action.run();
            return contexts.packedContextOf(replica, sequence);
        });
    }

    @FunctionalInterface
    public interface SqlAction {
        void run() throws SQLException;
    }

    /**
     * Merges the write into the row. The caller stores the row.
     *
     * @param values the written values, by cell
     * @param writersView the changes that the writer had seen
     * @return how many conflicts the write opened
     */
    public int apply(TrackedRow row, Write write, Map<Integer, @Nullable Object> values, CausalPast writersView)
            throws SQLException {
        // A migration's write counts as having seen nothing, so that siblings stay open.
        CausalPast seen = write.isFromMigration() ? (replica, sequence) -> false : writersView;
        boolean contestedBefore = row.isKnown() && row.hasEditDeleteConflict();
        removeSeenSiblings(row, write, seen);
        int opened;
        if (write.isDelete()) {
            applyDelete(row, write, seen);
            opened = 0;
        } else {
            opened = applyCells(row, write, values, seen);
        }
        return opened + (!contestedBefore && row.hasEditDeleteConflict() ? 1 : 0);
    }

    private void removeSeenSiblings(TrackedRow row, Write write, CausalPast seen) throws SQLException {
        for (Sibling sibling : List.copyOf(row.siblings())) {
            boolean sameRegister =
                    write.isDelete() || sibling.cell() == Sibling.DELETE || write.cells.get(sibling.cell());
            if (sameRegister && seen.covers(sibling.replica(), sibling.sequence())) {
                store.remove(row, sibling);
            }
        }
    }

    private void applyDelete(TrackedRow row, Write write, CausalPast seen) throws SQLException {
        for (Write held : row.state().writes()) {
            if (!held.isDelete() && covers(seen, held)) {
                held.seen = true;
            }
        }
        Write earlier = row.state().delete();
        if (earlier == null) {
            row.state().add(write);
        } else if (store.isNewer(write, earlier)) {
            if (!earlier.seen && !covers(seen, earlier)) {
                store.add(row, sibling(Sibling.DELETE, earlier, null));
            }
            row.state().remove(earlier);
            row.state().add(write);
            store.addSuperseded(row, earlier);
        } else {
            if (!write.seen) {
                store.add(row, sibling(Sibling.DELETE, write, null));
            }
            store.addSuperseded(row, write);
        }
    }

    private int applyCells(TrackedRow row, Write write, Map<Integer, @Nullable Object> values, CausalPast seen)
            throws SQLException {
        Write delete = row.state().delete();
        if (delete != null && covers(seen, delete)) {
            delete.seen = true;
        }
        BitSet written = (BitSet) write.cells.clone();
        int opened = 0;
        for (int cell = written.nextSetBit(0); cell >= 0; cell = written.nextSetBit(cell + 1)) {
            Write holder = row.state().winner(cell);
            boolean differs = holder != null
                    && cell != RowState.EXISTS
                    && !Values.areIdentical(row.values().get(cell), values.get(cell));
            if (holder != null && !store.isNewer(write, holder)) {
                if (!write.seen) {
                    store.add(row, sibling(cell, write, values.get(cell)));
                    opened += differs ? 1 : 0;
                }
                write.cells.clear(cell);
                continue;
            }
            if (holder != null) {
                if (!holder.seen && !covers(seen, holder)) {
                    store.add(row, sibling(cell, holder, row.values().get(cell)));
                    opened += differs ? 1 : 0;
                }
                holder.cells.clear(cell);
            }
            if (cell != RowState.EXISTS) {
                row.values().put(cell, values.get(cell));
            }
        }
        if (write.cells.isEmpty()) {
            store.addSuperseded(row, write);
        } else {
            row.state().add(write);
        }
        for (Write past : row.state().removeEmpty()) {
            store.addSuperseded(row, past);
        }
        return opened;
    }

    private Sibling sibling(int cell, Write write, @Nullable Object value) throws SQLException {
        return Sibling.of(cell, write, contexts.packedContextOf(write.replica, write.sequence), value);
    }

    private static boolean covers(CausalPast seen, Write write) {
        return seen.covers(write.replica, write.sequence);
    }
}
