package dev.tidemark.app.context;

import dev.tidemark.app.autostart.Autostart;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.app.remote.RemoteConfig;
import dev.tidemark.app.remote.RemoteStorageFactory;
import dev.tidemark.app.secrets.MemorySecretStore;
import dev.tidemark.app.secrets.Secret;
import dev.tidemark.app.secrets.SecretLocation;
import dev.tidemark.app.secrets.Secrets;
import dev.tidemark.app.settings.Setting;
import dev.tidemark.app.settings.Settings;
import dev.tidemark.engine.encryption.Encryption;
import dev.tidemark.engine.encryption.LibraryKeys;
import dev.tidemark.engine.encryption.RecoveryCode;
import dev.tidemark.engine.remote.RemoteKeys;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.storage.StorageUrl;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * Reads and changes the sync settings of a profile for the window. Every method may block. Methods wipe the arrays with
 * secrets that they receive. Thread-safe.
 */
public final class SyncSetup {
    private final AppContext context;

    public SyncSetup(AppContext context) {
        this.context = context;
    }

    /**
     * Stores settings and secrets together, and applies them to the background sync.
     *
     * @param secrets secrets to store in the keychain; if that fails, they are kept in memory until the program exits
     * @throws ProblemException if a value is not allowed or cannot be stored
     */
    public Settings save(UnaryOperator<Settings> change, Map<Secret, char[]> secrets) {
        try {
            Settings changed = context.settings().change(change);
            secrets.forEach(context.secrets()::putOrKeepInMemory);
            if (!secrets.isEmpty()) {
                context.secretsChanged();
            }
            context.apply(changed);
            return changed;
        } finally {
            secrets.values().forEach(Encryption::wipe);
        }
    }

    public boolean isSet(Secret secret) {
        return context.secrets().isSet(secret);
    }

    /** Returns the location of the secret; if the secret is not set, the location where a new value would be stored. */
    public SecretLocation secretLocation(Secret secret) {
        return context.secrets().location(secret);
    }

    /**
     * Opens the encrypted library in the configured storage, and continues the background sync with its keys.
     *
     * @param secret the passphrase or a recovery code
     * @return {@code false} if the storage has no encrypted library, so that {@link #createLibrary} can create an
     *     encrypted library
     * @throws ProblemException if encryption is on and this device already has all keys that the secret unlocks
     * @throws dev.tidemark.engine.problem.TidemarkException if the secret is wrong, or the storage cannot be used
     */
    public boolean unlock(char[] secret) {
        try {
            try (RemoteStorage storage = context.requireRemote().open()) {
                RemoteKeys remote = RemoteKeys.in(storage);
                if (!remote.exist()) {
                    return false;
                }
                requireDifferentSecret(remote, secret);
            }
            enter(secret);
            return true;
        } finally {
            Encryption.wipe(secret);
        }
    }

    /** Throws an exception if sync already encrypts and the secret unlocks no new keys. */
    private void requireDifferentSecret(RemoteKeys remote, char[] secret) {
        boolean isOn = RemoteConfig.isEncrypted(context.settings().read(), context.secrets());
        LibraryKeys stored = context.encryption().keys();
        try (LibraryKeys opened = remote.unlock(secret)) {
            if (isOn && stored != null && stored.identities().containsAll(opened.identities())) {
                throw new ProblemException("remote.nothingNew");
            }
        }
    }

    /** Makes the next sync create an encrypted library with this passphrase. */
    public void createLibrary(char[] passphrase) {
        try {
            enter(passphrase);
        } finally {
            Encryption.wipe(passphrase);
        }
    }

    /** Turns encryption on and passes the secret to the sync, which stores the keys that the secret unlocks. */
    private void enter(char[] secret) {
        Settings changed = context.settings().change(current -> current.with(Setting.SYNC_ENCRYPTION, "age"));
        context.secrets().enter(Secret.PASSPHRASE, secret);
        context.secretsChanged();
        context.apply(changed);
    }

    /**
     * Opens a storage to test the connection before the settings are saved.
     *
     * @param draft the settings with the access key and the options that the user entered
     * @param secretKey the secret key that the user entered; empty to use the stored secret key
     */
    public RemoteStorage openForTest(StorageUrl url, Settings draft, String secretKey) {
        if (secretKey.isEmpty()) {
            return RemoteStorageFactory.openForTest(url, draft, context.secrets());
        }
        MemorySecretStore typed = new MemorySecretStore();
        typed.put(Secret.S3_SECRET_KEY, secretKey.toCharArray());
        return RemoteStorageFactory.openForTest(url, draft, new Secrets(typed, Map.of()));
    }

    /** Encrypts the keys of the library with a new passphrase. */
    public void changePassphrase(char[] passphrase) {
        try {
            this.<Boolean>withKeys((remote, keys) -> {
                remote.changePassphrase(keys, passphrase);
                return true;
            });
        } finally {
            Encryption.wipe(passphrase);
        }
    }

    public RecoveryCode newRecoveryCode() {
        return notifySync(withKeys(RemoteKeys::newRecoveryCode));
    }

    /** Creates a key for later files, encrypts all keys with this passphrase, and returns the new recovery code. */
    public RecoveryCode rotateKey(char[] passphrase) {
        try {
            return notifySync(
                    withKeys((remote, keys) -> remote.rotateKey(keys, passphrase, context.encryption()::unlocked)));
        } finally {
            Encryption.wipe(passphrase);
        }
    }

    /** Makes the next sync read the new keys and check whether one recovery code opens all files. */
    private RecoveryCode notifySync(RecoveryCode code) {
        context.secretsChanged();
        context.apply(context.settings().read());
        return code;
    }

    /** Returns the autostart of the profile; empty if the app is not installed. */
    public Optional<Autostart> autostart() {
        return Autostart.ofSystem(context.folders());
    }

    private <T> T withKeys(BiFunction<RemoteKeys, LibraryKeys, T> work) {
        LibraryKeys keys = context.encryption().keys();
        if (keys == null) {
            throw new ProblemException("remote.locked");
        }
        try (RemoteStorage storage = context.requireRemote().open()) {
            return work.apply(RemoteKeys.in(storage), keys);
        }
    }
}
