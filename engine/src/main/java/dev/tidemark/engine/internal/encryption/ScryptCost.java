package dev.tidemark.engine.internal.encryption;

import dev.tidemark.engine.encryption.Encryption;

/**
 * Work factors of scrypt for new key files, as base-2 logarithms of N. A recovery code has 130 random bits and needs no
 * stretching.
 *
 * @param passphrase the work factor for key files with a passphrase
 * @param recovery the work factor for key files with a recovery code
 */
public record ScryptCost(int passphrase, int recovery) {
    /** The lowest work factors, for tests. */
    public static final ScryptCost MIN = new ScryptCost(1, 1);

    /**
     * @throws IllegalArgumentException if a factor is below 1, or higher than devices accept
     */
    public ScryptCost {
        int least = Math.min(passphrase, recovery);
        int most = Math.max(passphrase, recovery);
        if (least < 1 || most > ScryptStanza.MAX_WORK) {
            throw new IllegalArgumentException("scrypt's work factor is 1 to " + ScryptStanza.MAX_WORK);
        }
    }

    /**
     * Returns the work factors for new key files: the factor of the settings for a passphrase, and 10 for a recovery
     * code. Factor 10 takes a millisecond.
     */
    public static ScryptCost of(Encryption encryption) {
        return new ScryptCost(encryption.passphraseWork(), 10);
    }
}
