package dev.tidemark.engine.encryption;

import dev.tidemark.engine.internal.encryption.AgeLibrary;
import dev.tidemark.engine.internal.encryption.KeyFiles;
import dev.tidemark.engine.internal.encryption.ScryptCost;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.sync.SyncException;
import java.util.function.Consumer;

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
        return new RemoteKeys(KeyFiles.in(storage, ScryptCost.of(Encryption.of(storage))));
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
     * @throws SyncException if the passphrase has the form of a recovery code, which would never be tried as a passphrase; or if
     *     another key lies there, which would keep the passphrase that it has
     */
    public void changePassphrase(LibraryKeys keys, char[] passphrase) {
        files.changePassphrase(keys, passphrase);
    }

    /**
     * Makes another recovery code; the one before opens nothing any more.
     *
     * @throws SyncException if another key lies there, which the code would not open
     */
    public RecoveryCode newRecoveryCode(LibraryKeys keys) {
        return files.newRecoveryCode(keys);
    }

    /**
     * Makes a new key, which whoever has it encrypts with from now on, and seals all keys with another passphrase and another
     * recovery code. For after a device was lost. What lies there stays readable with the old keys. Other devices read nothing that
     * is encrypted with the new key, and go on writing with the old one, until they are given the passphrase.
     *
     * @param passphrase a new one, if the old one may be known
     * @param kept is given the keys before and the new one, before anything is stored: keep them in the place of those
     *     before. If this fails afterwards, the new key is used only if it lies there sealed, and a new recovery code may
     *     be missing
     * @return the new recovery code, which opens all of them; those before open nothing any more
     * @throws IllegalArgumentException if the passphrase is empty
     * @throws SyncException if the passphrase has the form of a recovery code; or as {@link #changePassphrase} does
     */
    public RecoveryCode rotateKey(LibraryKeys keys, char[] passphrase, Consumer<LibraryKeys> kept) {
        return files.rotateKey(keys, passphrase, kept);
    }
}
