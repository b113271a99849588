package dev.tidemark.engine.internal.codec;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Writes numbers as planes: the first byte of each number, then the second byte of each number, and so on. Similar
 * bytes are next to each other, which compresses better than numbers of varying length. {@code docs/file-format.md} has
 * the format. Not thread-safe.
 */
public final class NumberWriter {
    /** Added to the width if each stored number is the difference from the number before. */
    static final int DIFFERENCES = 0x10;

    private long[] values = new long[16];
    private int count;

    public void add(long value) {
        if (count == values.length) {
            values = Arrays.copyOf(values, 2 * count);
        }
        values[count++] = value;
    }

    byte[] toBytes() {
        if (count == 0) {
            return new byte[0];
        }
        long[] plain = new long[count];
        long[] differences = new long[count];
        long plainBytes = 0;
        long differenceBytes = 0;
        for (int index = 0; index < count; index++) {
            plain[index] = zigzag(values[index]);
            if (index > 0) {
                differences[index] = zigzag(values[index] - values[index - 1]);
                plainBytes += bytes(plain[index]);
                differenceBytes += bytes(differences[index]);
            }
        }
        return differenceBytes < plainBytes ? bytePlanes(differences, DIFFERENCES) : bytePlanes(plain, 0);
    }

    private byte[] bytePlanes(long[] numbers, int flag) {
        long all = 0;
        for (long number : numbers) {
            all |= number;
        }
        int width = Math.max(1, bytes(all));
        ByteBuffer out = ByteBuffer.allocate(
                Math.addExact(1 + (flag == 0 ? 0 : Long.BYTES), Math.multiplyExact(width, numbers.length)));
        out.put((byte) (width | flag));
        if (flag != 0) {
            out.putLong(values[0]);
        }
        byte[] bytes = out.array();
        int at = out.position();
        for (int shift = 8 * (width - 1); shift >= 0; shift -= 8) {
            for (long number : numbers) {
                bytes[at++] = (byte) (number >>> shift);
            }
        }
        return bytes;
    }

    /** Moves the sign to the lowest bit, so that negative numbers near zero also take few bytes. */
    private static long zigzag(long number) {
        return number << 1 ^ number >> 63;
    }

    private static int bytes(long number) {
        return (Long.SIZE + 7 - Long.numberOfLeadingZeros(number)) / 8;
    }
}
