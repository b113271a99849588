package dev.tidemark.engine.internal.cells;

import dev.tidemark.engine.internal.codec.FormatException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The winning write of each cell of a row, and the latest delete. Each cell is a last-writer-wins register. Mutable,
 * not thread-safe.
 *
 * <p>Cell 0 marks the row's existence. Packed form: count of writes; then for each write a byte of flags, replica
 * number and sequence number (varints), HLC clock value (8 bytes), clock offset (zigzag varint, if flagged) and, unless
 * the write is a delete, its cells as a bit set (length as varint, little-endian bytes). See decision 3.
 */
public final class RowState {
    /** The cell that marks the row's existence. An insert writes it. */
    public static final int EXISTS = 0;

    private static final int DELETE = 1;
    private static final int SEEN = 2;
    private static final int CLOCK_OFFSET = 4;

    private final List<Write> writes = new ArrayList<>(2);

    public @Nullable Write winner(int cell) {
        // Uses an index instead of an iterator, because this runs for each cell of each row and most rows have one
        // write.
        for (int index = 0; index < writes.size(); index++) {
            Write write = writes.get(index);
            if (write.cells.get(cell)) {
                return write;
            }
        }
        return null;
    }

    public @Nullable Write delete() {
        for (int index = 0; index < writes.size(); index++) {
            Write write = writes.get(index);
            if (write.delete) {
                return write;
            }
        }
        return null;
    }

    /** Returns all writes that win a cell, and the latest delete. */
    public List<Write> writes() {
        return java.util.Collections.unmodifiableList(writes);
    }

    /** Returns the cells that have a write, including {@link #EXISTS}. */
    public BitSet cells() {
        BitSet cells = new BitSet();
        writes.forEach(write -> cells.or(write.cells));
        return cells;
    }

    /** Returns the cells that have a write, without {@link #EXISTS}. */
    public BitSet valueCells() {
        BitSet cells = cells();
        cells.clear(EXISTS);
        return cells;
    }

    void add(Write write) {
        writes.add(write);
    }

    void replace(Collection<Write> others) {
        writes.clear();
        writes.addAll(others);
    }

    /** Removes all writes but the delete. */
    void removeCells() {
        writes.removeIf(write -> !write.delete);
    }

    /** Removes the writes that no longer win a cell, and returns them. */
    List<Write> removeEmpty() {
        List<Write> empty = new ArrayList<>();
        writes.removeIf(write -> !write.delete && write.cells.isEmpty() && empty.add(write));
        return empty;
    }

    void remove(Write write) {
        writes.remove(write);
    }

    /** Gives a write another dot. Returns {@code false} if the state does not contain the write. */
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

    public byte[] pack() {
        return packed(writes);
    }

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

    /** @throws FormatException if the bytes are not a packed state */
    public static RowState unpack(byte[] packed) {
        try {
            return unpack(ByteBuffer.wrap(packed));
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new FormatException("the state of a row cannot be read", e);
        }
    }

    private static RowState unpack(ByteBuffer in) {
        RowState state = new RowState();
        for (long count = Varint.read(in); count > 0; count--) {
            int flags = in.get();
            int replica = (int) Varint.read(in);
            long sequence = Varint.read(in);
            long time = in.getLong();
            long zigzag = (flags & CLOCK_OFFSET) != 0 ? Varint.read(in) : 0;
            BitSet cells = new BitSet();
            if ((flags & DELETE) == 0) {
                long length = Varint.read(in);
                if (length < 0 || length > in.remaining()) {
                    throw new FormatException("the state of a row cannot be read");
                }
                byte[] bits = new byte[(int) length];
                in.get(bits);
                cells = BitSet.valueOf(bits);
            }
            long clockOffset = (zigzag >>> 1) ^ -(zigzag & 1);
            Write write = new Write(replica, sequence, time, clockOffset, (flags & DELETE) != 0, cells);
            write.seen = (flags & SEEN) != 0;
            state.writes.add(write);
        }
        return state;
    }

    /** Unsigned numbers in groups of seven bits, lowest first, as in Protocol Buffers. */
    private static final class Varint {
        /** The length of the longest number in bytes. */
        static final int MAX_BYTES = 10;

        private Varint() {}

        static void write(ByteBuffer out, long value) {
            long rest = value;
            while ((rest & ~0x7fL) != 0) {
                out.put((byte) (rest | 0x80));
                rest >>>= 7;
            }
            out.put((byte) rest);
        }

        static long read(ByteBuffer in) {
            long value = 0;
            for (int shift = 0; shift < 7 * MAX_BYTES; shift += 7) {
                byte next = in.get();
                value |= (long) (next & 0x7f) << shift;
                if (next >= 0) {
                    return value;
                }
            }
            throw new FormatException("the state of a row cannot be read");
        }
    }
}
