package dev.tidemark.app.preferences;

import dev.tidemark.app.secrets.PassphrasePolicy;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;

/** Estimates how long a passphrase resists an offline attack on the encrypted key. */
enum PassphraseStrength {
    NONE(0),
    /** An attacker finds the passphrase within hours. */
    WEAK(0.33),
    /** An attacker with a large budget finds the passphrase. */
    FAIR(0.67),
    /** No attacker finds the passphrase. */
    STRONG(1);

    private final double share;

    PassphraseStrength(double share) {
        this.share = share;
    }

    /** The share of the strength bar that is filled, from 0 to 1. */
    double share() {
        return share;
    }

    private static final double FAIR_BITS = 40;
    private static final double STRONG_BITS = 60;

    /** The entropy in bits of a word from a dictionary of about 2,000 words. */
    private static final double BITS_A_WORD = 11;

    /**
     * Returns the strength by an estimate of the entropy. The estimate ignores characters that equal or continue the
     * previous character, as in "aaa" or "abc", and characters that repeat often. A whole word counts no more than a
     * word of a dictionary.
     */
    static PassphraseStrength of(String passphrase) {
        if (passphrase.isEmpty()) {
            return NONE;
        }
        double bits = Math.min(characterEntropy(passphrase), wordEntropy(passphrase));
        if (passphrase.length() < PassphrasePolicy.SHORTEST || bits < FAIR_BITS) {
            return WEAK;
        }
        return bits < STRONG_BITS ? FAIR : STRONG;
    }

    private static double characterEntropy(String text) {
        int[] characters = text.codePoints().toArray();
        long telling = IntStream.range(0, characters.length)
                .filter(index -> index == 0 || Math.abs(characters[index] - characters[index - 1]) > 1)
                .count();
        long distinct = Arrays.stream(characters).distinct().count();
        double pool = 0;
        pool += any(characters, 'a', 'z') ? 26 : 0;
        pool += any(characters, 'A', 'Z') ? 26 : 0;
        pool += any(characters, '0', '9') ? 10 : 0;
        boolean others = Arrays.stream(characters)
                .anyMatch(character -> character > 0x7f || !Character.isLetterOrDigit(character));
        pool += others ? 33 : 0;
        return Math.min(telling, distinct * 2) * Math.log(Math.max(2, pool)) / Math.log(2);
    }

    private static boolean any(int[] characters, int first, int last) {
        return Arrays.stream(characters).anyMatch(character -> character >= first && character <= last);
    }

    /**
     * Returns the entropy in bits under the assumption that all parts are dictionary words; {@link Double#MAX_VALUE} if
     * a part has characters other than letters or is too long for a word.
     */
    private static double wordEntropy(String text) {
        String[] words = text.strip().toLowerCase(Locale.ROOT).split("[\\s\\-_.,]+");
        boolean plain = Arrays.stream(words)
                .allMatch(word -> word.codePoints().allMatch(Character::isLetter) && word.length() < 12);
        if (!plain) {
            return Double.MAX_VALUE;
        }
        return Arrays.stream(words).distinct().count() * BITS_A_WORD
                + (words.length == 1 ? words[0].length() * 2.0 : 0);
    }
}
