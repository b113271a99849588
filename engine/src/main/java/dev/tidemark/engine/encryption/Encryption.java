package dev.tidemark.engine.encryption;

import dev.tidemark.engine.storage.RemoteStorage;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives a device access to an encrypted library, by stored keys or a passphrase. The program implements this interface
 * with its store of secrets. Called on the thread that syncs; an exception ends the sync.
 *
 * <p>With encryption on, a sync uploads only encrypted files, and refuses a library that is not encrypted. In an empty
 * storage it creates an encrypted library once the user has entered a passphrase.
 */
public interface Encryption {
    /** The work factor of the age command, and the highest that devices accept: half a second and 256 MiB. */
    int PASSPHRASE_WORK = 18;

    /**
     * Off, because the user has not decided. A sync refuses an encrypted library with a problem that asks for its
     * passphrase. A device that has encryption pinned neither creates nor joins a plain library: its keys may be
     * missing only temporarily.
     */
    Encryption NONE = off(false);

    /** Off by the user's decision, even on a device that has encryption pinned. A sync refuses an encrypted library. */
    Encryption PLAIN = off(true);

    /** Whether the library is encrypted, or is created encrypted. */
    default boolean isOn() {
        return true;
    }

    /** Whether encryption is off because the user decided so. */
    default boolean isPlaintextRequested() {
        return false;
    }

    /** Returns the keys last passed to {@link #unlocked}; null if none are stored. The engine does not close them. */
    @Nullable
    LibraryKeys keys();

    /**
     * Returns the library's passphrase or one of its recovery codes; null if the user has not entered one. The engine
     * calls it only if keys are missing or do not open all files. Return a copy: the engine wipes the array after use.
     */
    char @Nullable [] secret();

    /**
     * Called before a library is created with this passphrase. If this throws, no library is created and nothing is
     * stored. Do not retain the array.
     */
    default void libraryCreating(char[] passphrase) {}

    /**
     * Called when keys were unlocked, created or added. Store them in place of the earlier ones. A device that creates
     * a library calls this before it uploads anything, so it never uses keys that it cannot store.
     */
    void unlocked(LibraryKeys keys);

    /**
     * Called after a library was created, with the code that opens it when the passphrase is forgotten. The code is
     * passed only once and stored nowhere: show it to the user.
     */
    void libraryCreated(RecoveryCode code);

    /**
     * Called in each sync that reached the library. By then this device has stored every key, and the storage has a
     * sealed copy of each. The engine does not call {@link #secret} again until other keys appear.
     *
     * @param isCodeWhole whether one recovery code opens all keys. If two devices created a library concurrently, each
     *     showed a code that opens one key only: then offer the user a new one (see
     *     {@link dev.tidemark.engine.remote.RemoteKeys#newRecoveryCode})
     */
    default void connected(boolean isCodeWhole) {}

    /**
     * The work factor of scrypt for key files that this device writes with a passphrase, as a base-2 logarithm. Only
     * tests lower it, because a lower factor makes guessing the passphrase cheaper.
     */
    default int passphraseWork() {
        return PASSPHRASE_WORK;
    }

    /**
     * Wraps a storage whose library has this encryption. Pass the result to {@code RemoteLibrary},
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

    /** On, with keys that were unlocked before and no secret. Files that these keys do not open stay unreadable. */
    static Encryption with(LibraryKeys keys) {
        return of(keys, () -> null, unlocked -> {}, code -> {});
    }

    /**
     * On, with a passphrase or recovery code. Keys stay in memory only.
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
