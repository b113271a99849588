package dev.tidemark.engine.internal.cells;

import java.nio.ByteBuffer;

/** Unsigned numbers in groups of seven bits, lowest first, as in Protocol Buffers. */
final class Varint {
    /** Bytes of the longest number. */
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
        for (int shift = 0; ; shift += 7) {
            byte next = in.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
