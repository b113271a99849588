package dev.tidemark.engine.remote;

import dev.tidemark.engine.encryption.Encryption;
import dev.tidemark.engine.encryption.LibraryKeys;
import dev.tidemark.engine.encryption.RecoveryCode;
import dev.tidemark.engine.internal.encryption.AgeLibrary;
import dev.tidemark.engine.internal.encryption.KeyFiles;
import dev.tidemark.engine.internal.encryption.ScryptCost;
import dev.tidemark.engine.problem.SyncException;
import dev.tidemark.engine.storage.RemoteStorage;
import java.util.function.Consumer;

/**
 * Manages the keys of an encrypted library in its storage, encrypted with the passphrase and with the recovery code. No
 * other file changes or is uploaded again, and devices that have the keys continue to sync.
 *
 * <p>Thread-safe. Every method makes requests to the storage. Encrypting and decrypting keys takes a second or so,
 * which makes guessing a passphrase expensive. The caller wipes the arguments.
 */
public final class RemoteKeys {
    private final KeyFiles files;

    private RemoteKeys(KeyFiles files) {
        this.files = files;
    }

    /**
     * Returns the keys in this storage.
     *
     * @param storage stays open; the caller closes it
     * @throws SyncException if a library that encryption needs is not on the class path
     */
    public static RemoteKeys in(RemoteStorage storage) {
        AgeLibrary.require();
        return new RemoteKeys(KeyFiles.in(storage, ScryptCost.of(Encryption.of(storage))));
    }

    /** Whether the storage has keys, so that its library is encrypted. */
    public boolean exist() {
        return files.exist();
    }

    /**
     * Unlocks all keys that a passphrase or recovery code opens.
     *
     * @throws SyncException if the secret opens no key, or the storage has none; the problem distinguishes the two
     */
    public LibraryKeys unlock(char[] secret) {
        return files.unlock(secret);
    }

    /**
     * Encrypts the keys with another passphrase. Removes the old key files after reading back and opening the new ones.
     * If this fails in between, both passphrases open the library; call it again to repair that. This does not revoke
     * access to data that was readable with the old passphrase.
     *
     * @throws IllegalArgumentException if the passphrase is empty
     * @throws SyncException if the passphrase has the form of a recovery code, which is never tried as a passphrase; or
     *     if the storage has a key not in {@code keys}, which would retain its old passphrase
     */
    public void changePassphrase(LibraryKeys keys, char[] passphrase) {
        files.changePassphrase(keys, passphrase);
    }

    /**
     * Creates a new recovery code. The old one then opens nothing.
     *
     * @throws SyncException if the storage has a key not in {@code keys}, which the code would not open
     */
    public RecoveryCode newRecoveryCode(LibraryKeys keys) {
        return files.newRecoveryCode(keys);
    }

    /**
     * Creates a new key, and encrypts all keys with another passphrase and another recovery code, for use after a
     * device was lost. Devices that have the new key encrypt with it from now on. Existing files stay readable with the
     * old keys. Until other devices get the passphrase, they cannot read files encrypted with the new key, and encrypt
     * with the old one.
     *
     * @param passphrase a new one, if the old one may be known
     * @param kept receives the old keys and the new one before anything is uploaded: store them in place of the old
     *     ones. If this method fails afterwards, the new key is used only if the storage has it encrypted, and a new
     *     recovery code may be missing
     * @return the new recovery code, which opens all keys; older codes then open nothing
     * @throws IllegalArgumentException if the passphrase is empty
     * @throws SyncException if the passphrase has the form of a recovery code; or as {@link #changePassphrase} does
     */
    public RecoveryCode rotateKey(LibraryKeys keys, char[] passphrase, Consumer<LibraryKeys> kept) {
        return files.rotateKey(keys, passphrase, kept);
    }
}
