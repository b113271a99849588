package dev.tidemark.app.preferences;

import dev.tidemark.app.autostart.Autostart;
import dev.tidemark.app.secrets.Secret;
import dev.tidemark.app.secrets.SecretPlace;
import dev.tidemark.app.settings.Settings;
import dev.tidemark.engine.encryption.RecoveryCode;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.storage.StorageUrl;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The profile operations of the settings window. Thread-safe. Every method may block. */
public interface SyncSetup {
    /**
     * Stores settings and secrets together, and applies them to the background sync.
     *
     * @param secrets wiped by this method; without a keychain, they stay in memory until the program ends
     * @throws dev.tidemark.app.model.ProblemException if a value is not allowed or cannot be stored
     */
    Settings save(UnaryOperator<Settings> change, Map<Secret, char[]> secrets);

    boolean isSet(Secret secret);

    /** The storage of the secret, or the one that would store it. */
    SecretPlace place(Secret secret);

    /**
     * Opens the encrypted library in the configured storage, and continues the background sync with its keys.
     *
     * @param secret the passphrase or a recovery code; wiped by this method
     * @return false if the storage has no encrypted library, so that {@link #createLibrary} can create one
     * @throws dev.tidemark.app.model.ProblemException if the secret gives this device no new keys
     * @throws dev.tidemark.engine.TidemarkException if the secret is wrong, or the storage cannot be used
     */
    boolean unlock(char[] secret);

    /** Makes the next sync create an encrypted library with this passphrase, which this method wipes. */
    void createLibrary(char[] passphrase);

    /**
     * Opens an unsaved storage for a connection test.
     *
     * @param draft the settings with the typed keys and switches
     * @param secretKey the typed secret key; empty to use the stored one
     */
    RemoteStorage openForTest(StorageUrl url, Settings draft, String secretKey);

    /** Encrypts the keys of the library with a new passphrase, which this method wipes. */
    void changePassphrase(char[] passphrase);

    /** The autostart of the profile; empty if the app is not installed. */
    default Optional<Autostart> autostart() {
        return Optional.empty();
    }

    RecoveryCode newRecoveryCode();

    /**
     * Creates a key for later files and encrypts all keys with this passphrase, which this method wipes.
     *
     * @return the new recovery code
     */
    RecoveryCode newKeyForLaterFiles(char[] passphrase);
}
