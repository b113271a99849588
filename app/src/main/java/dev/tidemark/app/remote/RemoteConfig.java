package dev.tidemark.app.remote;

import dev.tidemark.app.model.ProblemException;
import dev.tidemark.app.secrets.Secret;
import dev.tidemark.app.secrets.Secrets;
import dev.tidemark.app.settings.EncryptionMode;
import dev.tidemark.app.settings.Setting;
import dev.tidemark.app.settings.Settings;
import dev.tidemark.app.settings.SyncTarget;
import dev.tidemark.engine.encryption.Encryption;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.remote.SyncService;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.storage.StorageUrl;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The storage configuration of a settings snapshot. Immutable, but reads the current secrets.
 *
 * @param storedEncryption the encryption that is used if encryption is on
 */
public record RemoteConfig(StorageUrl url, Settings settings, Secrets secrets, Encryption storedEncryption) {
    /** Returns the configuration in these settings; empty if sync is off or no storage is set. */
    public static Optional<RemoteConfig> of(Settings settings, Secrets secrets, Encryption storedEncryption) {
        return settings.get(Setting.SYNC_TARGET) == SyncTarget.OFF
                ? Optional.empty()
                : settings.syncUrl().map(url -> new RemoteConfig(url, settings, secrets, storedEncryption));
    }

    /**
     * Returns the configuration in these settings.
     *
     * @throws ProblemException if sync is off or no storage is set; the message names the setting to change
     */
    public static RemoteConfig require(Settings settings, Secrets secrets, Encryption storedEncryption) {
        return of(settings, secrets, storedEncryption)
                .orElseThrow(() -> new ProblemException(
                        settings.get(Setting.SYNC_TARGET) == SyncTarget.OFF ? "sync.off" : "sync.noPlace"));
    }

    /** Returns whether sync encrypts. If the setting is not set, sync encrypts if a key or passphrase exists. */
    public static boolean isEncrypted(Settings settings, Secrets secrets) {
        return settings.get(Setting.SYNC_ENCRYPTION)
                .map(mode -> mode == EncryptionMode.AGE)
                .orElseGet(() -> secrets.isSet(Secret.PASSPHRASE) || secrets.isSet(Secret.LIBRARY_KEYS));
    }

    /** Returns a warning if others on the network can read the traffic; otherwise empty. */
    public static Optional<StorageException> transportWarning(StorageUrl url, boolean isEncrypted) {
        return url instanceof StorageUrl.Bucket bucket && bucket.isPlainHttp() && !isEncrypted
                ? Optional.of(new StorageException(Problem.STORAGE_PLAIN_HTTP, url.location()))
                : Optional.empty();
    }

    public Optional<StorageException> transportWarning() {
        return transportWarning(url, isEncrypted(settings, secrets));
    }

    /**
     * Returns the encryption that sync uses. {@code PLAIN} means that the user turned encryption off. {@code NONE}
     * means that encryption is not set and no secret exists.
     */
    private Encryption encryption() {
        if (isEncrypted(settings, secrets)) {
            return storedEncryption;
        }
        return settings.get(Setting.SYNC_ENCRYPTION).isPresent() ? Encryption.PLAIN : Encryption.NONE;
    }

    /**
     * Opens the storage and wraps it in the encryption. Reads secrets on the calling thread.
     *
     * @throws dev.tidemark.engine.problem.StorageException if the storage cannot be used
     */
    public RemoteStorage open() {
        return encryption().wrap(RemoteStorageFactory.open(url, settings, secrets));
    }

    /**
     * Returns a text with all values whose change requires a new connection, except secrets and encryption. Callers
     * compare the text to detect changes.
     */
    public String connection() {
        return String.join(
                "\n",
                url.text(),
                settings.get(Setting.SYNC_S3_ACCESS_KEY),
                settings.text(Setting.SYNC_S3_PATH_STYLE),
                settings.text(Setting.SYNC_S3_COMPATIBILITY),
                settings.text(Setting.SYNC_INTERVAL));
    }

    /** Returns this configuration for the background service, which reads secrets on its own thread. */
    public SyncService.Target target() {
        Supplier<RemoteStorage> opener = this::open;
        return new SyncService.Target(url.location(), opener, settings.get(Setting.SYNC_INTERVAL));
    }
}
