package dev.tidemark.engine.storage;

import dev.tidemark.engine.Problem;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Characters as {@code %20} and back, as RFC 3986 has it, in UTF-8. A plus sign is a plus sign. */
final class PercentCode {
    private static final String UNRESERVED = "-._~";

    private PercentCode() {}

    /**
     * Letters, digits and {@code - . _ ~} stay as they are.
     *
     * @param alsoPlain what else stays as it is
     */
    static String encode(String text, String alsoPlain) {
        StringBuilder encoded = new StringBuilder();
        for (byte part : text.getBytes(StandardCharsets.UTF_8)) {
            char letter = (char) (part & 0xFF);
            boolean plain = letter < 0x80
                    && (Character.isLetterOrDigit(letter)
                            || UNRESERVED.indexOf(letter) >= 0
                            || alsoPlain.indexOf(letter) >= 0);
            if (plain) {
                encoded.append(letter);
            } else {
                encoded.append(String.format("%%%02X", part & 0xFF));
            }
        }
        return encoded.toString();
    }

    /** @throws StorageException if a percent sign is not followed by two hex digits, or they are not UTF-8 */
    static String decode(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int position = 0;
        while (position < text.length()) {
            int letter = text.codePointAt(position);
            if (letter == '%') {
                bytes.write(hexByte(text, position + 1));
                position += 3;
            } else {
                bytes.writeBytes(Character.toString(letter).getBytes(StandardCharsets.UTF_8));
                position += Character.charCount(letter);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new StorageException(e, Problem.STORAGE_URL_ENCODING, text);
        }
    }

    private static int hexByte(String text, int position) {
        int high = position < text.length() ? Character.digit(text.charAt(position), 16) : -1;
        int low = position + 1 < text.length() ? Character.digit(text.charAt(position + 1), 16) : -1;
        if (high < 0 || low < 0) {
            throw new StorageException(Problem.STORAGE_URL_ENCODING, text);
        }
        return high * 16 + low;
    }
}
