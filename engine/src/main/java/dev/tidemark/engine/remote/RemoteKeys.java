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
 * Manages the keys of an encrypted library. The storage has them encrypted with the passphrase and with the recovery
 * code. A new passphrase or code changes no other file, and devices that have the keys continue to sync.
 *
 * <p>Thread-safe. Every method makes requests to the storage. Encrypting or decrypting keys takes about a second, which
 * makes guessing a passphrase expensive. The caller wipes the arrays that it passes.
 */
public final class RemoteKeys {
    private final KeyFiles files;

    private RemoteKeys(KeyFiles files) {
        this.files = files;
    }

    /**
     * Returns the keys in this storage.
     *
     * @param storage the storage, which the caller closes
     * @throws SyncException if a library that encryption needs is not on the class path
     */
    public static RemoteKeys in(RemoteStorage storage) {
        AgeLibrary.require();
        return new RemoteKeys(KeyFiles.in(storage, ScryptCost.of(Encryption.of(storage))));
    }

    /** Returns whether the storage has keys, and its library is thus encrypted. */
    public boolean exist() {
        return files.exist();
    }

    /**
     * Unlocks all keys that a passphrase or recovery code opens.
     *
     * @throws SyncException if the secret opens no key, or if the storage has no keys. The problem distinguishes the
     *     two cases.
     */
    public LibraryKeys unlock(char[] secret) {
        return files.unlock(secret);
    }

    /**
     * Encrypts the keys with another passphrase. It removes the old key files after it has read back and opened the new
     * ones. If it fails in between, both passphrases open the library. Then call it again. This does not revoke access,
     * because anyone who knew the old passphrase may still have the keys.
     *
     * @throws IllegalArgumentException if the passphrase is empty
     * @throws SyncException if the passphrase has the form of a recovery code, which is never tried as a passphrase, or
     *     if the storage has a key that is not in {@code keys}. That key would retain its old passphrase.
     */
    public void changePassphrase(LibraryKeys keys, char[] passphrase) {
        files.changePassphrase(keys, passphrase);
    }

    /**
     * Creates a new recovery code. The old code then opens nothing.
     *
     * @throws SyncException if the storage has a key that is not in {@code keys}. The code would not open that key.
     */
    public RecoveryCode newRecoveryCode(LibraryKeys keys) {
        return files.newRecoveryCode(keys);
    }

    /**
     * Creates a new key, and encrypts all keys with another passphrase and another recovery code. Use it after a device
     * was lost. Devices that have the new key encrypt files with it from then on. Existing files stay readable with the
     * old keys. Other devices need the new passphrase. Until they get it, they cannot read files encrypted with the new
     * key, and encrypt files with the old key.
     *
     * @param passphrase the passphrase for all keys, a new one if the old one may be known
     * @param kept receives the old keys and the new one before anything is uploaded. It must store them in place of the
     *     old ones. If this method fails afterwards, the new key is used only if the storage has an encrypted copy, and
     *     a new recovery code may be missing.
     * @return the new recovery code, which opens all keys. Older codes then open nothing.
     * @throws IllegalArgumentException if the passphrase is empty
     * @throws SyncException in the same cases as {@link #changePassphrase}
     */
    public RecoveryCode rotateKey(LibraryKeys keys, char[] passphrase, Consumer<LibraryKeys> kept) {
        return files.rotateKey(keys, passphrase, kept);
    }
}
