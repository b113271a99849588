package dev.tidemark.engine.internal.encryption;

/**
 * Work factors of scrypt, as base-2 logarithms of N. A recovery code has 130 random bits and needs no stretching.
 *
 * @param passphrase for key files with a passphrase
 * @param recovery for key files with a recovery code
 */
public record ScryptCost(int passphrase, int recovery) {
    /** The work factor of the age command: half a second and 256 MiB. */
    static final int PASSPHRASE_WORK = 18;

    /**
     * {@link #PASSPHRASE_WORK} for a passphrase, a millisecond for a recovery code. Tests that start the program set the
     * property to a lower factor.
     */
    public static final ScryptCost DEFAULT =
            new ScryptCost(Integer.getInteger("tidemark.test.sealWork", PASSPHRASE_WORK), 10);

    /** For tests. */
    public static final ScryptCost MIN = new ScryptCost(1, 1);
}
