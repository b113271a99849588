package dev.tidemark.engine.encryption;

import dev.tidemark.engine.storage.RemoteStorage;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A device's access to an encrypted library: keys that it has stored, or a passphrase. The program implements this with
 * its store of secrets. Called on the thread that syncs; an exception ends the sync.
 *
 * <p>With encryption on, a sync uploads only encrypted files, and refuses a library that is not encrypted. In an empty
 * storage it creates an encrypted library, once there is a passphrase to seal the key with.
 */
public interface Encryption {
    /** The work factor of the age command, half a second and 256 MiB: the highest that devices accept. */
    int PASSPHRASE_WORK = 18;

    /**
     * Off, as the user has not decided: an encrypted library is refused with a problem that asks for its passphrase. A
     * device that has encryption pinned neither creates nor joins a plain library, as its keys may only be missing at
     * the moment.
     */
    Encryption NONE = off(false);

    /** Off by the user's decision, also on a device that has encryption pinned. An encrypted library is refused. */
    Encryption PLAIN = off(true);

    /** Whether the library is, or is to be, encrypted. */
    default boolean isOn() {
        return true;
    }

    /** Whether encryption is off by the user's decision, not only because the user has not decided. */
    default boolean isPlaintextRequested() {
        return false;
    }

    /** Returns the keys last passed to {@link #unlocked}; null if none are stored. The engine does not close them. */
    @Nullable
    LibraryKeys keys();

    /**
     * Returns the library's passphrase or one of its recovery codes; null if the user has not entered one. Called only
     * when keys are missing or do not open all files. Return a copy: the engine wipes the array after use.
     */
    char @Nullable [] secret();

    /**
     * Called before a library is created with this passphrase. An exception prevents that, and nothing is stored. Do
     * not retain the array.
     */
    default void libraryCreating(char[] passphrase) {}

    /**
     * Called when keys were unlocked, created or added: store them in place of the earlier ones. A device that creates
     * a library calls this before it uploads anything, so it never uses keys that it cannot store.
     */
    void unlocked(LibraryKeys keys);

    /**
     * Called after a library was created, with the code that opens it when the passphrase is forgotten. The code is
     * passed only once and stored nowhere: show it to the user.
     */
    void libraryCreated(RecoveryCode code);

    /**
     * Called in each sync that reached the library: this device has stored every key, and the storage has a sealed copy
     * of each. The engine needs {@link #secret} no more until other keys appear.
     *
     * @param isCodeWhole whether one recovery code opens all keys. If two devices created a library concurrently, each
     *     showed a code that opens one key only: then offer the user a new one (see
     *     {@link dev.tidemark.engine.remote.RemoteKeys#newRecoveryCode})
     */
    default void connected(boolean isCodeWhole) {}

    /**
     * The work factor of scrypt for key files that this device writes with a passphrase, as a base-2 logarithm. A lower factor
     * makes guessing the passphrase cheaper: only tests lower it.
     */
    default int passphraseWork() {
        return PASSPHRASE_WORK;
    }

    /**
     * Wraps a storage whose library has this encryption: pass the result to {@code RemoteLibrary},
     * {@code SyncService.Target} or {@link dev.tidemark.engine.remote.RemoteKeys}. A sync encrypts and decrypts; direct
     * calls of the wrapper see the stored objects. Other wrappers may be inside and outside.
     *
     * @param storage closed with the wrapper
     */
    default RemoteStorage wrap(RemoteStorage storage) {
        return new StorageWithEncryption(storage, this);
    }

    /** Returns the encryption that a storage was {@linkplain #wrap wrapped} with; {@link #NONE} if it was not. */
    static Encryption of(RemoteStorage storage) {
        return StorageWithEncryption.of(storage);
    }

    /** On, with keys that were unlocked before and no secret: files that they do not open stay unreadable. */
    static Encryption with(LibraryKeys keys) {
        return of(keys, () -> null, unlocked -> {}, code -> {});
    }

    /**
     * On, with a passphrase or recovery code, in memory only.
     *
     * @param secret returns a new copy each time, or null
     * @param libraryCreated receives the recovery code of a new library
     */
    static Encryption passphrase(Supplier<char @Nullable []> secret, Consumer<RecoveryCode> libraryCreated) {
        return of(null, secret, unlocked -> {}, libraryCreated);
    }

    /**
     * On, implemented by functions.
     *
     * @param first the initial keys; later the last unlocked ones replace them
     * @param secret see {@link #secret}
     * @param unlocked see {@link #unlocked}
     * @param libraryCreated see {@link #libraryCreated}
     */
    static Encryption of(
            @Nullable LibraryKeys first,
            Supplier<char @Nullable []> secret,
            Consumer<LibraryKeys> unlocked,
            Consumer<RecoveryCode> libraryCreated) {
        return new FunctionEncryption(first, secret, unlocked, libraryCreated);
    }

    private static Encryption off(boolean isPlainWanted) {
        return new Encryption() {
            @Override
            public boolean isOn() {
                return false;
            }

            @Override
            public boolean isPlaintextRequested() {
                return isPlainWanted;
            }

            @Override
            public @Nullable LibraryKeys keys() {
                return null;
            }

            @Override
            public char @Nullable [] secret() {
                return null;
            }

            @Override
            public void unlocked(LibraryKeys keys) {
                throw new IllegalStateException("Encryption is off");
            }

            @Override
            public void libraryCreated(RecoveryCode code) {
                throw new IllegalStateException("Encryption is off");
            }
        };
    }

    /** Overwrites a secret. */
    static void wipe(char @Nullable [] secret) {
        if (secret != null) {
            Arrays.fill(secret, '\0');
        }
    }
}
