package dev.tidemark.engine.internal.encryption;

/**
 * What sealing and opening a key costs, as base-2 logarithms of scrypt's N. A recovery code is random and long, and needs
 * none.
 *
 * @param passphrase for a passphrase, each time that one is tried
 * @param recovery for a recovery code
 */
public record ScryptCost(int passphrase, int recovery) {
    /** As much as the age command takes: half a second and 256 MiB. */
    static final int PASSPHRASE_WORK = 18;

    /**
     * {@link #PASSPHRASE_WORK} for a passphrase, a millisecond for the code. Tests of programs set the property to seal for
     * less.
     */
    public static final ScryptCost DEFAULT =
            new ScryptCost(Integer.getInteger("tidemark.test.sealWork", PASSPHRASE_WORK), 10);

    /** For tests. */
    public static final ScryptCost MIN = new ScryptCost(1, 1);
}
