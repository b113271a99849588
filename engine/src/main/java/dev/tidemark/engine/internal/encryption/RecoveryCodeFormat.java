package dev.tidemark.engine.internal.encryption;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The text of a recovery code, in groups of four: 26 random characters of Crockford's Base32, which has no I, L, O and
 * U, and two check characters that detect typing errors.
 */
public final class RecoveryCodeFormat {
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int RANDOM_CHARACTERS = 26;
    private static final int CHARACTERS = RANDOM_CHARACTERS + 2;
    private static final int GROUP = 4;
    private static final SecureRandom RANDOM = new SecureRandom();

    private RecoveryCodeFormat() {}

    /** Returns a new code. */
    public static char[] random() {
        char[] bare = new char[CHARACTERS];
        for (int i = 0; i < RANDOM_CHARACTERS; i++) {
            bare[i] = ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length()));
        }
        addCheck(bare);
        return grouped(bare);
    }

    /** Returns the printed form of a typed code; {@code null} if it is not a valid code. */
    public static char @Nullable [] normalize(char[] typed) {
        char[] bare = new char[CHARACTERS];
        char[] expected = new char[CHARACTERS];
        try {
            if (!takeCharacters(typed, bare)) {
                return null;
            }
            System.arraycopy(bare, 0, expected, 0, RANDOM_CHARACTERS);
            addCheck(expected);
            return Arrays.equals(bare, expected) ? grouped(bare) : null;
        } finally {
            Arrays.fill(bare, '\0');
            Arrays.fill(expected, '\0');
        }
    }

    private static boolean takeCharacters(char[] typed, char[] bare) {
        int count = 0;
        for (char character : typed) {
            if (character == '-' || Character.isWhitespace(character)) {
                continue;
            }
            char meant = canonicalCharacter(character);
            if (ALPHABET.indexOf(meant) < 0 || count == CHARACTERS) {
                return false;
            }
            bare[count++] = meant;
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

    private static void addCheck(char[] bare) {
        byte[] ascii = new byte[RANDOM_CHARACTERS];
        for (int i = 0; i < RANDOM_CHARACTERS; i++) {
            ascii[i] = (byte) bare[i];
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update("tidemark recovery code ".getBytes(StandardCharsets.US_ASCII));
            byte[] hash = digest.digest(ascii);
            bare[RANDOM_CHARACTERS] = ALPHABET.charAt(hash[0] & 31);
            bare[RANDOM_CHARACTERS + 1] = ALPHABET.charAt(hash[1] & 31);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        } finally {
            Arrays.fill(ascii, (byte) 0);
        }
    }

    private static char[] grouped(char[] bare) {
        char[] text = new char[bare.length + bare.length / GROUP - 1];
        for (int from = 0, to = 0; from < bare.length; from++) {
            if (from > 0 && from % GROUP == 0) {
                text[to++] = '-';
            }
            text[to++] = bare[from];
        }
        return text;
    }
}
