package dev.tidemark.engine.internal.cells;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which write each cell of a row holds, and the latest delete: a last-writer-wins register for each cell. Mutable, not
 * thread-safe.
 *
 * <p>Cell 0 is the row's existence. Packed as: count; then for each write a byte of flags, replica, sequence (both as
 * varints), time (8 bytes), lag (zigzag varint, if flagged) and, unless it is a delete, the cells as a bit set (length as
 * varint, little-endian bytes).
 */
public final class RowState {
    /** The cell that says that the row exists. */
    public static final int EXISTS = 0;

    private static final int DELETE = 1;
    private static final int SEEN = 2;
    private static final int CLOCK_OFFSET = 4;

    private final List<Write> writes = new ArrayList<>(2);

    /** The write that a cell holds; {@code null} if none is known. */
    public @Nullable Write winner(int cell) {
        // By number: asked for each cell of each row, and nearly always there is one write.
        for (int index = 0; index < writes.size(); index++) {
            Write write = writes.get(index);
            if (write.cells.get(cell)) {
                return write;
            }
        }
        return null;
    }

    /** The latest delete; {@code null} if there was none. */
    public @Nullable Write delete() {
        for (int index = 0; index < writes.size(); index++) {
            Write write = writes.get(index);
            if (write.delete) {
                return write;
            }
        }
        return null;
    }

    /** All writes that some cell holds, and the latest delete. */
    public List<Write> writes() {
        return java.util.Collections.unmodifiableList(writes);
    }

    /** The cells that hold something, existence included. */
    public BitSet cells() {
        BitSet cells = new BitSet();
        writes.forEach(write -> cells.or(write.cells));
        return cells;
    }

    /** The cells that hold a value, existence left out. */
    public BitSet valueCells() {
        BitSet cells = cells();
        cells.clear(EXISTS);
        return cells;
    }

    /** Adds a write that holds nothing yet. */
    void add(Write write) {
        writes.add(write);
    }

    /** Has it consist of these writes. */
    void replace(Collection<Write> others) {
        writes.clear();
        writes.addAll(others);
    }

    /** Removes writes that hold nothing any more, and returns them. */
    List<Write> removeEmpty() {
        List<Write> empty = new ArrayList<>();
        writes.removeIf(write -> !write.delete && write.cells.isEmpty() && empty.add(write));
        return empty;
    }

    void remove(Write write) {
        writes.remove(write);
    }

    /** Gives a write another dot; false if no cell holds what it wrote. */
    boolean renumber(int replica, long sequence, int toReplica, long toSequence) {
        for (int index = 0; index < writes.size(); index++) {
            Write write = writes.get(index);
            if (write.replica == replica && write.sequence == sequence) {
                Write same =
                        new Write(toReplica, toSequence, write.hlcTime, write.clockOffset, write.delete, write.cells);
                same.seen = write.seen;
                writes.set(index, same);
                return true;
            }
        }
        return false;
    }

    /** The packed form. */
    public byte[] pack() {
        return packed(writes);
    }

    /** The packed form of the state that consists of these writes. */
    static byte[] packed(List<Write> writes) {
        int most = Varint.MAX_BYTES;
        for (Write write : writes) {
            most += mostBytes(write);
        }
        ByteBuffer out = ByteBuffer.allocate(most);
        Varint.write(out, writes.size());
        for (Write write : writes) {
            out.put((byte) ((write.delete ? DELETE : 0)
                    | (write.seen ? SEEN : 0)
                    | (write.clockOffset != 0 ? CLOCK_OFFSET : 0)));
            Varint.write(out, write.replica);
            Varint.write(out, write.sequence);
            out.putLong(write.hlcTime);
            if (write.clockOffset != 0) {
                Varint.write(out, (write.clockOffset << 1) ^ (write.clockOffset >> 63));
            }
            if (!write.delete) {
                byte[] bits = write.cells.toByteArray();
                Varint.write(out, bits.length);
                out.put(bits);
            }
        }
        return java.util.Arrays.copyOf(out.array(), out.position());
    }

    private static int mostBytes(Write write) {
        return 1 + Long.BYTES + 4 * Varint.MAX_BYTES + write.cells.size() / Byte.SIZE;
    }

    /** Reads the packed form. */
    public static RowState unpack(byte[] packed) {
        ByteBuffer in = ByteBuffer.wrap(packed);
        RowState state = new RowState();
        for (long count = Varint.read(in); count > 0; count--) {
            int flags = in.get();
            int replica = (int) Varint.read(in);
            long sequence = Varint.read(in);
            long time = in.getLong();
            long zigzag = (flags & CLOCK_OFFSET) != 0 ? Varint.read(in) : 0;
            BitSet cells = new BitSet();
            if ((flags & DELETE) == 0) {
                byte[] bits = new byte[(int) Varint.read(in)];
                in.get(bits);
                cells = BitSet.valueOf(bits);
            }
            long lag = (zigzag >>> 1) ^ -(zigzag & 1);
            Write write = new Write(replica, sequence, time, lag, (flags & DELETE) != 0, cells);
            write.seen = (flags & SEEN) != 0;
            state.writes.add(write);
        }
        return state;
    }
}
