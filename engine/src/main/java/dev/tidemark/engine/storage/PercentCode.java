package dev.tidemark.engine.storage;

import dev.tidemark.engine.Problem;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Percent-encodes text as RFC 3986 does, in UTF-8. {@link java.net.URI} is too lax and too strict for addresses that users type: it
 * replaces what is not UTF-8, changes accents to another Unicode form, and refuses blanks.
 */
final class PercentCode {
    private static final char REPLACEMENT = '\uFFFD';

    private PercentCode() {}

    /**
     * Letters, digits and {@code - . _ ~} stay as they are.
     *
     * @param alsoPlain what else stays as it is
     */
    static String encode(String text, String alsoPlain) {
        String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
        for (char plain : alsoPlain.toCharArray()) {
            encoded = encoded.replace(String.format("%%%02X", (int) plain), String.valueOf(plain));
        }
        return encoded;
    }

    /** @throws StorageException if a percent sign is not followed by two hex digits, or they are not UTF-8 */
    static String decode(String text) {
        try {
            String decoded = URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
            // The decoder replaces what is not UTF-8; encoded again, that differs.
            if (decoded.indexOf(REPLACEMENT) < 0 || encode(decoded, "").equals(encode(text, "%"))) {
                return decoded;
            }
        } catch (IllegalArgumentException e) {
            throw new StorageException(e, Problem.STORAGE_URL_ENCODING, text);
        }
        throw new StorageException(Problem.STORAGE_URL_ENCODING, text);
    }
}
