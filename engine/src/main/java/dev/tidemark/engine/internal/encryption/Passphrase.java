package dev.tidemark.engine.internal.encryption;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/** Turns what was typed into what scrypt takes. */
final class Passphrase {
    private Passphrase() {}

    /** Its characters in composed form (NFC), so that it does not matter which keyboard wrote an ä, in UTF-8. Wipe it. */
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
