package dev.tidemark.engine.internal.encryption;

/**
 * What sealing and opening a key costs, as base-2 logarithms of scrypt's N. A recovery code is random and long, and needs
 * none.
 *
 * @param passphrase for a passphrase, each time that one is tried
 * @param recovery for a recovery code
 */
public record SealCost(int passphrase, int recovery) {
    /** As much as the age command takes: half a second and 256 MiB; for the code a millisecond. */
    public static final SealCost DEFAULT = new SealCost(18, 10);

    /** For tests. */
    public static final SealCost LEAST = new SealCost(1, 1);
}
