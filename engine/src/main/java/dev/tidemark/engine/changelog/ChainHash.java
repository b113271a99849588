package dev.tidemark.engine.changelog;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * A link of the hash chain over a replica's changes, which identifies all changes up to a sequence number by their
 * content. Two devices with the same hash for a number have the same changes up to that number. Immutable.
 *
 * @param high the first 8 bytes
 * @param low the last 8 bytes
 */
public record ChainHash(long high, long low) {
    /** The length of a hash in bytes. */
    public static final int BYTES = 16;

    /**
     * The hash with these bytes.
     *
     * @throws IllegalArgumentException if the number of bytes is not 16
     */
    public static ChainHash of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("A chain hash has 16 bytes, but got " + bytes.length);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new ChainHash(buffer.getLong(), buffer.getLong());
    }

    /**
     * Parses a text from {@link #toString}.
     *
     * @throws IllegalArgumentException if it is not 32 hex digits
     */
    public static ChainHash parse(String hex) {
        return of(HexFormat.of().parseHex(hex));
    }

    /** Returns the hash as 16 bytes. */
    public byte[] toBytes() {
        return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
    }

    /** Returns 32 lower-case hex digits, as in file names. */
    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(high) + hex.toHexDigits(low);
    }
}
