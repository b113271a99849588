package dev.tidemark.engine.encryption;

import dev.tidemark.engine.internal.encryption.AgeLibrary;
import dev.tidemark.engine.internal.encryption.KeyFiles;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.sync.SyncException;

/**
 * What a person does about the keys of an encrypted library: they lie in its storage, sealed with the passphrase and with
 * the recovery code. Nothing else there changes, nothing is uploaded again; devices that have the keys go on syncing.
 *
 * <p>Thread-safe. Every method asks the storage, and takes a second or so on purpose: that is what guessing a passphrase
 * costs. Arguments are not wiped: their owner does that.
 */
public final class RemoteKeys {
    private final KeyFiles files;

    private RemoteKeys(KeyFiles files) {
        this.files = files;
    }

    /**
     * The keys in this storage.
     *
     * @param storage stays open; the caller closes it
     * @throws SyncException if a library that encryption needs is not on the class path
     */
    public static RemoteKeys in(RemoteStorage storage) {
        AgeLibrary.require();
        return new RemoteKeys(KeyFiles.in(storage));
    }

    /** Whether there are keys, so that the library is encrypted. */
    public boolean exist() {
        return files.exist();
    }

    /**
     * Unlocks all keys that a passphrase or recovery code opens.
     *
     * @throws SyncException if it opens none, or there are none; the problem says which
     */
    public LibraryKeys unlock(char[] secret) {
        return files.unlock(secret);
    }

    /**
     * Seals the keys with another passphrase. Those before are removed once the new ones were read back and opened; if this
     * fails in between, both passphrases open the library, and doing it again mends that. It does not take back what
     * somebody who knew the old passphrase could read before.
     *
     * @throws IllegalArgumentException if the passphrase is empty
     * @throws SyncException if the passphrase has the form of a recovery code, which would never be tried as a passphrase
     */
    public void changePassphrase(LibraryKeys keys, char[] passphrase) {
        files.changePassphrase(keys, passphrase);
    }

    /** Makes another recovery code; the one before opens nothing any more. */
    public RecoveryCode newRecoveryCode(LibraryKeys keys) {
        return files.newRecoveryCode(keys);
    }

    /**
     * Makes a new key, which everything written later is encrypted with; what is there stays readable with the old ones. For
     * after a device was lost. Other devices ask for the passphrase before they can read what is written from now on.
     *
     * @param passphrase the one that all keys are sealed with from now on: a new one, if the old one may be known
     * @throws IllegalArgumentException if the passphrase is empty
     * @throws SyncException if the passphrase has the form of a recovery code
     */
    public RenewedKeys newKeyForLaterFiles(LibraryKeys keys, char[] passphrase) {
        return files.newKeyForLaterFiles(keys, passphrase);
    }
}
