package dev.tidemark.engine.storage;

import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Percent-encodes text in UTF-8, as in RFC 3986. {@link java.net.URI} does not suit addresses that users type. It
 * replaces bytes that are not UTF-8, changes accents to another Unicode form, and refuses blanks.
 */
final class PercentCode {
    private static final char REPLACEMENT = '\uFFFD';

    private PercentCode() {}

    /**
     * Encodes all characters except letters, digits and {@code - . _ ~}.
     *
     * @param alsoPlain further characters that are not encoded
     */
    static String encode(String text, String alsoPlain) {
        String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
        for (int index = 0; index < alsoPlain.length(); index++) {
            char plain = alsoPlain.charAt(index);
            encoded = encoded.replace(String.format("%%%02X", (int) plain), String.valueOf(plain));
        }
        return encoded;
    }

    /**
     * @throws StorageException if a percent sign is not followed by two hex digits, or if the decoded bytes are not
     *     UTF-8
     */
    static String decode(String text) {
        try {
            String decoded = URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
            // The decoder replaces bytes that are not UTF-8. Encoding the result again then gives another text.
            if (decoded.indexOf(REPLACEMENT) < 0 || encode(decoded, "").equals(encode(text, "%"))) {
                return decoded;
            }
        } catch (IllegalArgumentException e) {
            throw new StorageException(e, Problem.STORAGE_URL_ENCODING, text);
        }
        throw new StorageException(Problem.STORAGE_URL_ENCODING, text);
    }
}
