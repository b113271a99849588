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
     * Stores settings and secrets at once, and has the background sync use them.
     *
     * @param secrets are wiped; kept until the program ends where this system has no safe place for them
     * @throws dev.tidemark.app.model.ProblemException if a value is not allowed or cannot be stored
     */
    Settings save(UnaryOperator<Settings> change, Map<Secret, char[]> secrets);

    /** Whether somebody has given it. */
    boolean isSet(Secret secret);

    /** Where it is kept, or would be. */
    SecretPlace place(Secret secret);

    /**
     * Opens the encrypted library in the storage of the settings, and has the background sync go on with it.
     *
     * @param secret its passphrase or a recovery code; wiped
     * @return false if there is no encrypted library there, so that nothing was opened, and one can be founded
     * @throws dev.tidemark.app.model.ProblemException if it opens nothing that was closed before
     * @throws dev.tidemark.engine.TidemarkException if it does not open the library, or the storage cannot be used
     */
    boolean unlock(char[] secret);

    /** Has the next sync found an encrypted library with this passphrase, which is wiped. */
    void createLibrary(char[] passphrase);

    /**
     * Opens a place that is not stored yet, for a test.
     *
     * @param draft with the keys and switches as they were typed
     * @param secretKey what was typed; empty for the one that is kept
     */
    RemoteStorage openForTest(StorageUrl url, Settings draft, String secretKey);

    /** Seals the keys of the encrypted library with another passphrase, which is wiped. */
    void changePassphrase(char[] passphrase);

    /** How the profile starts with the session; empty where nobody knows what to start. */
    default Optional<Autostart> autostart() {
        return Optional.empty();
    }

    /** Makes another recovery code. */
    RecoveryCode newRecoveryCode();

    /**
     * Makes a key that everything later is encrypted with, and seals all keys with this passphrase, which is wiped.
     *
     * @return the recovery code, which is another one now
     */
    RecoveryCode newKeyForLaterFiles(char[] passphrase);
}
