package dev.tidemark.engine.encryption;

import dev.tidemark.engine.storage.RemoteStorage;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a device brings along to sync with an encrypted library: keys that it kept, or a passphrase. The program implements
 * this with the place where it keeps secrets. Called on the thread that syncs; what it throws ends the sync.
 *
 * <p>With encryption on, nothing is ever uploaded that is not encrypted, and a library that is not encrypted is refused.
 * An empty storage is founded as an encrypted library once there is a passphrase to seal its key with.
 */
public interface Encryption {
    /** The work factor of the age command, half a second and 256 MiB: the highest that devices accept. */
    int PASSPHRASE_WORK = 18;

    /**
     * Off, as long as nobody has said anything of it: an encrypted library is refused, with a problem that asks for its
     * passphrase. A device that encrypts elsewhere neither founds nor joins one that is not encrypted, since what opens it may
     * only be missing at this moment.
     */
    Encryption NONE = off(false);

    /** Off, because a person wants it so, also on a device that encrypts elsewhere. An encrypted library is refused. */
    Encryption PLAIN = off(true);

    /** Whether the library is, or is to be, encrypted. */
    default boolean isOn() {
        return true;
    }

    /** Whether it is off because a person wants it so, and not only because nothing is known of it. */
    default boolean isPlaintextRequested() {
        return false;
    }

    /** The keys that {@link #unlocked} was last given; null if none are kept. They are not closed by the engine. */
    @Nullable
    LibraryKeys keys();

    /**
     * The library's passphrase, or one of its recovery codes; null if nobody has said it. Asked only when the keys are
     * missing, or open not everything. The array is wiped after use: hand out a copy.
     */
    char @Nullable [] secret();

    /**
     * A library is about to be founded with this passphrase. What this throws refuses it, and nothing is stored then. The array
     * is not to be kept.
     */
    default void libraryCreating(char[] passphrase) {}

    /**
     * Keys were unlocked, made or came in addition: keep them where secrets are kept, in the place of those before. A
     * founding device is told before anything is stored, so that what it cannot keep it does not use.
     */
    void unlocked(LibraryKeys keys);

    /**
     * The library was founded: here is the code that opens it when the passphrase is forgotten. It is told only once, and
     * stored nowhere: show it to the person.
     */
    void libraryCreated(RecoveryCode code);

    /**
     * The library was reached: every key of it is kept here, and lies sealed in its storage. What {@link #secret} gives is
     * not needed any more, until other keys come. Told in each sync.
     *
     * @param isCodeWhole whether one recovery code opens all keys. Two devices that found a library at once each show a code,
     *     of which each opens one key only: then offer the person a new one (see {@link RemoteKeys#newRecoveryCode})
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
     * Wraps a storage whose library has this encryption: pass the result to {@code RemoteLibrary}, {@code SyncTarget} or {@link
     * RemoteKeys}. A sync encrypts and decrypts; whoever calls the wrapper directly sees the stored objects. Other wrappers may
     * go inside and outside.
     *
     * @param storage is closed with the wrapper
     */
    default RemoteStorage wrap(RemoteStorage storage) {
        return new StorageWithEncryption(storage, this);
    }

    /** Returns the encryption that a storage was {@linkplain #wrap wrapped} with; {@link #NONE} if it was not. */
    static Encryption of(RemoteStorage storage) {
        return StorageWithEncryption.of(storage);
    }

    /** On, with keys that were unlocked before, and nothing else: what they do not open stays closed. */
    static Encryption with(LibraryKeys keys) {
        return of(keys, () -> null, unlocked -> {}, code -> {});
    }

    /**
     * On, with a passphrase or recovery code, in memory only.
     *
     * @param secret gives a fresh copy each time, or null
     * @param libraryCreated is shown the recovery code of a library that was founded
     */
    static Encryption passphrase(Supplier<char @Nullable []> secret, Consumer<RecoveryCode> libraryCreated) {
        return of(null, secret, unlocked -> {}, libraryCreated);
    }

    /**
     * On, put together from functions.
     *
     * @param first the keys at first; later those that were last unlocked
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
