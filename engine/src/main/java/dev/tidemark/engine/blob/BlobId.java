package dev.tidemark.engine.blob;

import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The id of a blob: the SHA-256 of its content. Equal contents have the same id on all devices. Immutable and
 * thread-safe.
 *
 * @param hex the 64 hex digits, in lower case
 */
public record BlobId(String hex) implements Comparable<BlobId> {
    /** The length of {@link #bytes}. */
    public static final int BYTES = 32;

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    /**
     * @throws IllegalArgumentException if the text is not 64 hex digits in lower case
     */
    public BlobId {
        if (!HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException("A blob's id has 64 hex digits, but found '" + hex + "'");
        }
    }

    /**
     * Returns the id in the value of a column.
     *
     * @throws IllegalArgumentException if the array does not have 32 bytes
     */
    public static BlobId of(byte[] bytes) {
        return new BlobId(HexFormat.of().formatHex(bytes));
    }

    /** Returns whether a value has the form that blob ids have in columns, which is 32 bytes. */
    public static boolean isBlobId(@org.jspecify.annotations.Nullable Object value) {
        return value instanceof byte[] bytes && bytes.length == BYTES;
    }

    /** Returns the 32 bytes to store in a column that refers to the blob. */
    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    @Override
    public int compareTo(BlobId other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
