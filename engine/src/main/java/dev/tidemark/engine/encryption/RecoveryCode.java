package dev.tidemark.engine.encryption;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Opens an encrypted library when its passphrase is forgotten. It has 28 letters and digits in groups of four, to be
 * printed or written down. The engine stores it nowhere. Thread-safe; immutable until closed.
 *
 * <p>26 of the characters are random (130 bits), and two detect typing errors. The alphabet is Crockford's Base32,
 * which has no I, L, O or U.
 */
public final class RecoveryCode implements AutoCloseable {
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int RANDOM_CHARACTERS = 26;
    private static final int CHARACTERS = RANDOM_CHARACTERS + 2;
    private static final int GROUP = 4;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final char[] text;

    private RecoveryCode(char[] text) {
        this.text = text;
    }

    /**
     * Returns the code that a user typed, with or without hyphens and blanks, in upper or lower case. The array is
     * copied.
     */
    public static RecoveryCode parse(char[] typed) {
        char[] text = normalize(typed);
        if (text == null) {
            throw new IllegalArgumentException("This is not a recovery code");
        }
        return new RecoveryCode(text);
    }

    /** Returns whether the text has the form of a recovery code and its check characters are right. */
    public static boolean isRecoveryCode(char[] typed) {
        char[] text = normalize(typed);
        Encryption.wipe(text);
        return text != null;
    }

    /** Returns a new random code. */
    public static RecoveryCode random() {
        char[] symbols = new char[CHARACTERS];
        for (int i = 0; i < RANDOM_CHARACTERS; i++) {
            symbols[i] = ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length()));
        }
        addCheck(symbols);
        return new RecoveryCode(grouped(symbols));
    }

    /** Returns the code in the form that users see: {@code 7KQF-…}. Wipe the array after use. */
    public char[] toCharArray() {
        return text.clone();
    }

    /** Wipes the code. */
    @Override
    public void close() {
        Arrays.fill(text, '\0');
    }

    /** Does not show the code. */
    @Override
    public String toString() {
        return "RecoveryCode[]";
    }

    /** Returns a typed code in the form that users see; {@code null} if it is not a valid code. */
    private static char @Nullable [] normalize(char[] typed) {
        char[] symbols = new char[CHARACTERS];
        char[] expected = new char[CHARACTERS];
        try {
            if (!takeCharacters(typed, symbols)) {
                return null;
            }
            System.arraycopy(symbols, 0, expected, 0, RANDOM_CHARACTERS);
            addCheck(expected);
            return Arrays.equals(symbols, expected) ? grouped(symbols) : null;
        } finally {
            Arrays.fill(symbols, '\0');
            Arrays.fill(expected, '\0');
        }
    }

    private static boolean takeCharacters(char[] typed, char[] symbols) {
        int count = 0;
        for (char character : typed) {
            if (character == '-' || Character.isWhitespace(character)) {
                continue;
            }
            char meant = canonicalCharacter(character);
            if (ALPHABET.indexOf(meant) < 0 || count == CHARACTERS) {
                return false;
            }
            symbols[count++] = meant;
        }
        return count == CHARACTERS;
    }

    private static char canonicalCharacter(char typed) {
        char capital = typed >= 'a' && typed <= 'z' ? (char) (typed - 'a' + 'A') : typed;
        return switch (capital) {
            case 'I', 'L' -> '1';
            case 'O' -> '0';
            default -> capital;
        };
    }

    private static void addCheck(char[] symbols) {
        byte[] ascii = new byte[RANDOM_CHARACTERS];
        for (int i = 0; i < RANDOM_CHARACTERS; i++) {
            ascii[i] = (byte) symbols[i];
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update("tidemark recovery code ".getBytes(StandardCharsets.US_ASCII));
            byte[] hash = digest.digest(ascii);
            symbols[RANDOM_CHARACTERS] = ALPHABET.charAt(hash[0] & 31);
            symbols[RANDOM_CHARACTERS + 1] = ALPHABET.charAt(hash[1] & 31);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        } finally {
            Arrays.fill(ascii, (byte) 0);
        }
    }

    private static char[] grouped(char[] symbols) {
        char[] text = new char[symbols.length + symbols.length / GROUP - 1];
        for (int from = 0, to = 0; from < symbols.length; from++) {
            if (from > 0 && from % GROUP == 0) {
                text[to++] = '-';
            }
            text[to++] = symbols[from];
        }
        return text;
    }
}
