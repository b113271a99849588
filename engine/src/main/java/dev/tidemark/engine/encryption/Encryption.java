package dev.tidemark.engine.encryption;

import dev.tidemark.engine.storage.RemoteStorage;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives a device access to an encrypted library, by stored keys or a passphrase. The program implements this interface
 * with its store of secrets. The engine calls it on the thread that syncs. An exception ends the sync.
 *
 * <p>With encryption on, a sync uploads only encrypted files, and refuses a library that is not encrypted. In an empty
 * storage it creates an encrypted library once the user has entered a passphrase.
 */
public interface Encryption {
    /**
     * The work factor of scrypt that the age command uses, and the highest that devices accept. It costs half a second
     * and 256 MiB of memory.
     */
    int PASSPHRASE_WORK = 18;

    /**
     * Encryption is off because the user has not decided about it. A sync refuses an encrypted library with a problem
     * that asks for its passphrase. A device that has encryption pinned neither creates nor joins a plain library,
     * because its keys may be missing only temporarily.
     */
    Encryption NONE = off(false);

    /**
     * Encryption is off by the user's decision, even on a device that has encryption pinned. A sync refuses an
     * encrypted library.
     */
    Encryption PLAIN = off(true);

    /** Returns whether the library is encrypted, or will be encrypted when it is created. */
    default boolean isOn() {
        return true;
    }

    /** Returns whether encryption is off because the user decided so. */
    default boolean isPlaintextRequested() {
        return false;
    }

    /** Returns the keys last passed to {@link #unlocked}; null if none are stored. The engine does not close them. */
    @Nullable
    LibraryKeys keys();

    /**
     * Returns the library's passphrase or one of its recovery codes; null if the user has not entered one. The engine
     * calls it only if keys are missing or do not open all files. The implementation must return a copy, because the
     * engine wipes the array after use.
     */
    char @Nullable [] secret();

    /**
     * Called before a library is created with this passphrase. If this method throws, no library is created and nothing
     * is stored. Do not retain the array.
     */
    default void libraryCreating(char[] passphrase) {}

    /**
     * Called when keys were unlocked, created or added. The implementation must store them in place of the earlier
     * ones. A device that creates a library calls this before it uploads anything, so it never uses keys that it cannot
     * store.
     */
    void unlocked(LibraryKeys keys);

    /**
     * Called after a library was created. Show the code to the user, because the engine passes it only once and stores
     * it nowhere.
     */
    void libraryCreated(RecoveryCode code);

    /**
     * Called in each sync that reached the library. By then this device has stored every key, and the storage has an
     * encrypted copy of each. The engine does not call {@link #secret} again until other keys appear.
     *
     * @param isCodeWhole whether one recovery code opens all keys. It is false if two devices created a library
     *     concurrently, because each showed a code that opens only its own key. Then offer the user a new code (see
     *     {@link dev.tidemark.engine.remote.RemoteKeys#newRecoveryCode}).
     */
    default void connected(boolean isCodeWhole) {}

    /**
     * Returns the work factor of scrypt, as a base-2 logarithm, for key files that this device encrypts with a
     * passphrase. Only tests lower it, because a lower factor makes guessing the passphrase cheaper.
     */
    default int passphraseWork() {
        return PASSPHRASE_WORK;
    }

    /**
     * Wraps a storage whose library has this encryption. Pass the result to {@code RemoteLibrary},
     * {@code SyncService.Target} or {@link dev.tidemark.engine.remote.RemoteKeys}. A sync encrypts and decrypts files.
     * Direct calls of the wrapper read and write the stored objects unchanged. The storage may have further wrappers,
     * inside or outside this one.
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

    /**
     * Returns an encryption that has keys unlocked before, but no passphrase or recovery code. Files that these keys do
     * not open stay unreadable.
     */
    static Encryption with(LibraryKeys keys) {
        return of(keys, () -> null, unlocked -> {}, code -> {});
    }

    /**
     * Returns an encryption with a passphrase or recovery code. It holds the keys in memory only.
     *
     * @param secret returns a new copy each time, or null if the user has not entered one
     * @param libraryCreated receives the recovery code of a new library
     */
    static Encryption passphrase(Supplier<char @Nullable []> secret, Consumer<RecoveryCode> libraryCreated) {
        return of(null, secret, unlocked -> {}, libraryCreated);
    }

    /**
     * Returns an encryption that functions implement.
     *
     * @param first the initial keys, until other keys are unlocked
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

    /** Overwrites a secret with zeros. Does nothing if it is {@code null}. */
    static void wipe(char @Nullable [] secret) {
        if (secret != null) {
            Arrays.fill(secret, '\0');
        }
    }
}
