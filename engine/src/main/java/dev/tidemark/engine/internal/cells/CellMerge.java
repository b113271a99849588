package dev.tidemark.engine.internal.cells;

import dev.tidemark.engine.internal.sql.Values;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes one write into a row's cell state: the greatest stamp wins each cell, and what nobody has seen stays beside it.
 *
 * <p>The set of open siblings is that of dotted version vector sets (Almeida et al., <i>Scalable and Accurate Causality
 * Tracking for Eventually Consistent Stores</i>, 2014), with the contexts kept per write. It relies on causal delivery: a
 * write that arrives has not been seen by any write that is here. The outcome is the same for any such order.
 *
 * <p>What a migration wrote (docs/correctness.md#r11) only ever holds cells that no person has written: it is never a
 * sibling, and ends no conflict.
 */
public final class CellMerge {
    /** Whether the writer of the write in question had seen a change. */
    @FunctionalInterface
    public interface CausalPast {
        boolean covers(int replica, long sequence);
    }

    /** Finds the context of an earlier change. */
    @FunctionalInterface
    public interface Contexts {
        byte @Nullable [] packedContextOf(int replica, long sequence) throws SQLException;
    }

    private final CellStore store;
    private final Contexts contexts;

    public CellMerge(CellStore store, Contexts contexts) {
        this.store = store;
        this.contexts = contexts;
    }

    /** The same, but whatever this does comes before an earlier change is looked up. */
    public CellMerge runningBeforeLookup(SqlAction action) {
        return new CellMerge(store, (replica, sequence) -> {
            action.run();
            return contexts.packedContextOf(replica, sequence);
        });
    }

    /** What has to be done before. */
    @FunctionalInterface
    public interface SqlAction {
        void run() throws SQLException;
    }

    /**
     * Takes the write in; the row is not stored yet.
     *
     * @param values what it wrote, by cell
     * @return how many conflicts it opened
     */
    public int apply(TrackedRow row, Write write, Map<Integer, @Nullable Object> values, CausalPast writersView)
            throws SQLException {
        // A migration decides nothing: what stood against each other before it still does.
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
                    && !Values.same(row.values().get(cell), values.get(cell));
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
