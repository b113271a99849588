package dev.tidemark.engine.internal.segment;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Computes the hash in the names of small files and inside library files. It is the first half of the content's
 * SHA-256.
 */
public final class ContentHash {
    private static final int BYTES = 16;

    private ContentHash() {}

    /** Returns the first 16 bytes of the content's SHA-256 in hex. */
    public static String of(byte[] content) {
        return of(content, content.length);
    }

    /** Like {@link #of(byte[])}, for the first {@code length} bytes. */
    public static String of(byte[] content, int length) {
        MessageDigest digest = sha256();
        digest.update(content, 0, length);
        return HexFormat.of().formatHex(Arrays.copyOf(digest.digest(), BYTES));
    }

    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
