package dev.tidemark.engine.internal.encryption;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/** Converts a typed passphrase to the bytes for scrypt. */
final class Passphrase {
    private Passphrase() {}

    /**
     * Returns the passphrase as UTF-8 in composed form (NFC), because keyboards may produce ä as one or two characters.
     * The caller wipes the bytes.
     */
    static byte[] bytes(char[] typed) {
        CharBuffer text = CharBuffer.wrap(typed);
        if (!Normalizer.isNormalized(text, Normalizer.Form.NFC)) {
            text = CharBuffer.wrap(
                    Normalizer.normalize(text, Normalizer.Form.NFC).toCharArray());
        }
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(text);
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        encoded.clear();
        encoded.put(new byte[encoded.limit()]);
        return bytes;
    }
}
