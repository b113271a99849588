package dev.tidemark.engine.internal.cells;

import dev.tidemark.engine.internal.sql.Values;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Joins the local state of a row with its state in a snapshot (docs/correctness.md#r4). The result is the same as if
 * the changes of both had been applied (proof: decision 24).
 *
 * <p>It is the join of causal stores with version vectors (Almeida et al., <i>Scalable and Accurate Causality Tracking
 * for Eventually Consistent Stores</i>, 2014): a write that both states contain stays; a write that one state contains
 * stays unless the other state covers it. For each cell the greatest HLC timestamp wins. One instance serves one
 * snapshot. Not thread-safe.
 *
 * @param contexts looks up contexts in the local changelog
 * @param localPast the changes that the local state covers
 * @param remotePast the changes that the snapshot covers
 */
public record StateJoin(
        CellStore store, CellMerge.Contexts contexts, CellMerge.CausalPast localPast, CellMerge.CausalPast remotePast) {
    /** The state of a row in one replica or snapshot. */
    public record Image(List<Write> writes, List<Sibling> siblings, Map<Integer, @Nullable Object> values) {
        /** The state of an unknown row. */
        public static final Image NONE = new Image(List.of(), List.of(), Map.of());

        /** Returns the write that wins a cell, or for {@link Sibling#DELETE} the latest delete. */
        private @Nullable Write winner(int register) {
            for (Write write : writes) {
                if (register == Sibling.DELETE ? write.delete : write.cells.get(register)) {
                    return write;
                }
            }
            return null;
        }

        private BitSet cells() {
            BitSet cells = new BitSet();
            writes.forEach(write -> cells.or(write.cells));
            siblings.stream()
                    .filter(sibling -> sibling.cell() != Sibling.DELETE)
                    .forEach(sibling -> cells.set(sibling.cell()));
            return cells;
        }

        /** Returns all writes of a register that no other write has seen. */
        private List<ConcurrentWrite> open(int register) {
            List<ConcurrentWrite> open = new ArrayList<>();
            Write holder = winner(register);
            if (holder != null && !holder.seen) {
                open.add(new ConcurrentWrite(holder, null, values.get(register)));
            }
            for (Sibling sibling : siblings) {
                if (sibling.cell() == register) {
                    Write write = new Write(
                            sibling.replica(),
                            sibling.sequence(),
                            sibling.hlcTime(),
                            sibling.clockOffset(),
                            register == Sibling.DELETE,
                            new BitSet());
                    open.add(new ConcurrentWrite(write, sibling, sibling.value()));
                }
            }
            return open;
        }

        private boolean isSeen(Write write) {
            return writes.stream().anyMatch(held -> held.seen && isSame(held, write));
        }
    }

    /** An unseen write of a register. {@code sibling} is set if the write is stored as a sibling. */
    private record ConcurrentWrite(
            Write write,
            @Nullable Sibling sibling,
            @Nullable Object value) {}

    /** Joins the snapshot's state of the row into the row. Returns how many conflicts this adds. */
    public int join(TrackedRow row, Image theirs) throws SQLException {
        Image ours =
                new Image(List.copyOf(row.state().writes()), List.copyOf(row.siblings()), new HashMap<>(row.values()));
        int before = row.isKnown() ? conflicts(row) : 0;
        Joined joined = new Joined(ours, theirs);
        joined.register(Sibling.DELETE);
        BitSet cells = ours.cells();
        cells.or(theirs.cells());
        for (int cell = cells.nextSetBit(0); cell >= 0; cell = cells.nextSetBit(cell + 1)) {
            joined.register(cell);
        }
        joined.storeIn(row);
        return Math.max(0, conflicts(row) - before);
    }

    private static int conflicts(TrackedRow row) {
        long cells = row.siblings().stream()
                .filter(sibling -> sibling.cell() > RowState.EXISTS
                        && row.state().winner(sibling.cell()) != null
                        && !Values.areIdentical(row.values().get(sibling.cell()), sibling.value()))
                .count();
        return (int) cells + (row.hasEditDeleteConflict() ? 1 : 0);
    }

    private static boolean isSame(Write one, Write other) {
        return one.replica == other.replica && one.sequence == other.sequence;
    }

    private static boolean covers(CellMerge.CausalPast past, Write write) {
        return past.covers(write.replica, write.sequence);
    }

    private final class Joined {
        private record Name(int replica, long sequence) {}

        private final Image ours;
        private final Image theirs;
        private final Map<Name, Write> writes = new LinkedHashMap<>();
        private final Map<Integer, @Nullable Object> values = new HashMap<>();
        private final List<Sibling> siblings = new ArrayList<>();

        Joined(Image ours, Image theirs) {
            this.ours = ours;
            this.theirs = theirs;
        }

        /** Joins the states of one cell, or of the deletes. */
        void register(int register) throws SQLException {
            List<ConcurrentWrite> open = new ArrayList<>();
            List<ConcurrentWrite> openTheirs = theirs.open(register);
            for (ConcurrentWrite each : ours.open(register)) {
                if (!covers(remotePast, each.write) || find(openTheirs, each.write) != null) {
                    open.add(each);
                }
            }
            for (ConcurrentWrite each : openTheirs) {
                ConcurrentWrite known = find(open, each.write);
                if (known == null && !covers(localPast, each.write)) {
                    open.add(each);
                }
            }
            ConcurrentWrite holder = winner(register, open);
            if (holder == null) {
                return;
            }
            setWinner(register, holder);
            for (ConcurrentWrite each : open) {
                if (!isSame(each.write, holder.write)) {
                    siblings.add(each.sibling != null ? each.sibling : sibling(register, each));
                }
            }
        }

        private @Nullable ConcurrentWrite find(List<ConcurrentWrite> open, Write write) {
            return open.stream()
                    .filter(each -> isSame(each.write, write))
                    .findFirst()
                    .orElse(null);
        }

        /**
         * Returns the write with the greatest timestamp among the open writes and the winners of both states. The
         * winner in one state does not count if the other state covers it and has no winner of its own.
         */
        private @Nullable ConcurrentWrite winner(int register, List<ConcurrentWrite> open) {
            Write mine = ours.winner(register);
            Write other = theirs.winner(register);
            ConcurrentWrite best = null;
            if (mine != null && (other != null || !covers(remotePast, mine))) {
                best = new ConcurrentWrite(mine, null, ours.values.get(register));
            }
            if (other != null
                    && (mine != null || !covers(localPast, other))
                    && (best == null || store.isNewer(other, best.write))) {
                best = new ConcurrentWrite(other, null, theirs.values.get(register));
            }
            for (ConcurrentWrite each : open) {
                if (best == null || store.isNewer(each.write, best.write)) {
                    best = each;
                }
            }
            return best;
        }

        private void setWinner(int register, ConcurrentWrite holder) {
            Write write = writes.computeIfAbsent(
                    new Name(holder.write.replica, holder.write.sequence), name -> copy(holder.write));
            if (register != Sibling.DELETE) {
                write.cells.set(register);
            }
            if (register > RowState.EXISTS) {
                values.put(register, holder.value);
            }
        }

        private Write copy(Write write) {
            Write copy = new Write(
                    write.replica, write.sequence, write.hlcTime, write.clockOffset, write.delete, new BitSet());
            copy.seen |= ours.isSeen(write) || theirs.isSeen(write);
            return copy;
        }

        private Sibling sibling(int register, ConcurrentWrite open) throws SQLException {
            byte[] context = contexts.packedContextOf(open.write.replica, open.write.sequence);
            return Sibling.of(register, open.write, context, register > RowState.EXISTS ? open.value : null);
        }

        /** Replaces the row's state, and moves changes that no longer win a cell to the index of superseded changes. */
        void storeIn(TrackedRow row) throws SQLException {
            for (Sibling sibling : ours.siblings) {
                if (!siblings.contains(sibling)) {
                    store.remove(row, sibling);
                }
            }
            for (Sibling sibling : siblings) {
                if (!ours.siblings.contains(sibling)) {
                    store.add(row, sibling);
                }
            }
            for (Write write : writes.values()) {
                boolean isNew = ours.writes.stream().noneMatch(held -> isSame(held, write));
                if (isNew && covers(localPast, write)) {
                    store.removeSuperseded(row, write);
                }
            }
            row.state().replace(writes.values());
            row.values().clear();
            row.values().putAll(values);
            for (Write write : ours.writes) {
                if (!writes.containsKey(new Name(write.replica, write.sequence))) {
                    store.addSuperseded(row, write);
                }
            }
        }
    }
}
