package dev.tidemark.engine.internal.encryption;

import dev.tidemark.engine.encryption.Encryption;

/**
 * Work factors of scrypt for new key files, as base-2 logarithms of N. A recovery code has 130 random bits and needs no
 * stretching.
 *
 * @param passphrase for key files with a passphrase
 * @param recovery for key files with a recovery code
 */
public record ScryptCost(int passphrase, int recovery) {
    /** For tests. */
    public static final ScryptCost MIN = new ScryptCost(1, 1);

    /** @throws IllegalArgumentException if a factor is below 1, or above the highest that devices accept */
    public ScryptCost {
        int least = Math.min(passphrase, recovery);
        int most = Math.max(passphrase, recovery);
        if (least < 1 || most > ScryptStanza.MAX_WORK) {
            throw new IllegalArgumentException("scrypt's work factor is 1 to " + ScryptStanza.MAX_WORK);
        }
    }

    /** The work factor of the settings; 10 for a recovery code, which takes a millisecond. */
    public static ScryptCost of(Encryption encryption) {
        return new ScryptCost(encryption.passphraseWork(), 10);
    }
}
