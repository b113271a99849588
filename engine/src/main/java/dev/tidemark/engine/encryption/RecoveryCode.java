package dev.tidemark.engine.encryption;

import dev.tidemark.engine.internal.encryption.RecoveryCodeFormat;
import java.util.Arrays;

/**
 * What opens an encrypted library when its passphrase is forgotten: 28 letters and digits in groups of four, 130 bits of
 * them random, to be printed or written down. It is stored nowhere. Thread-safe; immutable until closed.
 */
public final class RecoveryCode implements AutoCloseable {
    private final char[] text;

    private RecoveryCode(char[] text) {
        this.text = text;
    }

    /** A code from its text, typed with or without hyphens and blanks, in capitals or not. The array is copied. */
    public static RecoveryCode parse(char[] typed) {
        char[] text = RecoveryCodeFormat.normalize(typed);
        if (text == null) {
            throw new IllegalArgumentException("This is not a recovery code");
        }
        return new RecoveryCode(text);
    }

    /** Whether somebody who typed this meant a recovery code: it has the form, and its last two characters fit. */
    public static boolean isRecoveryCode(char[] typed) {
        char[] text = RecoveryCodeFormat.normalize(typed);
        Encryption.wipe(text);
        return text != null;
    }

    /** A new one. */
    public static RecoveryCode random() {
        return new RecoveryCode(RecoveryCodeFormat.random());
    }

    /** As it is shown and printed: {@code 7KQF-…}. Wipe the array after use. */
    public char[] toCharArray() {
        return text.clone();
    }

    /** Wipes it. */
    @Override
    public void close() {
        Arrays.fill(text, '\0');
    }

    /** Not the code. */
    @Override
    public String toString() {
        return "RecoveryCode[]";
    }
}
