package dev.tidemark.app.context;

import dev.tidemark.app.attachment.OpenedFileCache;
import dev.tidemark.app.backup.Backups;
import dev.tidemark.app.diagnostics.Diagnostics;
import dev.tidemark.app.diagnostics.Version;
import dev.tidemark.app.model.Erasure;
import dev.tidemark.app.model.LibrarySchema;
import dev.tidemark.app.model.MergedTexts;
import dev.tidemark.app.model.PurgeStatus;
import dev.tidemark.app.remote.RemoteConfig;
import dev.tidemark.app.remote.StoredEncryption;
import dev.tidemark.app.secrets.Secret;
import dev.tidemark.app.secrets.Secrets;
import dev.tidemark.app.secrets.SystemKeychain;
import dev.tidemark.app.settings.EncryptionMode;
import dev.tidemark.app.settings.ProfileFolders;
import dev.tidemark.app.settings.Setting;
import dev.tidemark.app.settings.Settings;
import dev.tidemark.app.settings.SettingsFile;
import dev.tidemark.app.settings.TextMerging;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.engine.blob.BlobId;
import dev.tidemark.engine.encryption.Encryption;
import dev.tidemark.engine.encryption.RecoveryCode;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.remote.SyncService;
import dev.tidemark.engine.storage.RemoteStorage;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Creates and connects the objects of one profile. Opens the database and starts the sync on first use, because many
 * commands do not need them. Thread-safe.
 */
public final class AppContext implements AutoCloseable {
    /** The longest wait for the last sync when the program exits. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final ProfileFolders folders;
    private final SettingsFile settings;
    private final InstantSource clock;
    private @Nullable Database database;
    private @Nullable SyncService sync;
    private Backups.@Nullable Restored restored;

    /**
     * Guards only {@link #syncConfiguration}. The sync thread also changes this field, and must not wait for {@link
     * #close}.
     */
    private final Object configurationLock = new Object();

    private @Nullable SyncConfiguration syncConfiguration;
    private long secretChanges;
    private final Secrets secrets;
    private final OpenedFileCache openedCopies;
    private final StoredEncryption encryption;

    /** The configuration that the sync service got last. The service restarts only if this configuration changes. */
    private record SyncConfiguration(
            Optional<String> connection, Optional<EncryptionMode> encryption, long secretChanges) {
        SyncConfiguration encryptedUnlessSet() {
            return encryption.isPresent()
                    ? this
                    : new SyncConfiguration(connection, Optional.of(EncryptionMode.AGE), secretChanges);
        }
    }

    private AppContext(ProfileFolders folders, Secrets secrets, int passphraseWork, InstantSource clock) {
        this.folders = folders;
        this.secrets = secrets;
        this.clock = clock;
        settings = new SettingsFile(folders);
        openedCopies = new OpenedFileCache(folders.cache().resolve("opened"));
        Consumer<RecoveryCode> unshown = code -> {
            throw new IllegalStateException("No listener is set for the recovery code");
        };
        encryption = new StoredEncryption(secrets, this::keepEncrypting, unshown, passphraseWork);
    }

    /** Creates the context of a profile. The folders of the profile need not exist. */
    public static AppContext of(ProfileFolders folders) {
        return of(folders, new Secrets(SystemKeychain.of(folders.data(), System.getenv()), System.getenv()));
    }

    public static AppContext of(ProfileFolders folders, Secrets secrets) {
        return of(folders, secrets, Encryption.PASSPHRASE_WORK);
    }

    /** @param passphraseWork see {@link Encryption#passphraseWork}; tests use a lower value */
    public static AppContext of(ProfileFolders folders, Secrets secrets, int passphraseWork) {
        return new AppContext(folders, secrets, passphraseWork, InstantSource.system());
    }

    /** Creates the context of a profile with another clock, for tests. */
    public static AppContext of(ProfileFolders folders, Secrets secrets, InstantSource clock) {
        return new AppContext(folders, secrets, Encryption.PASSPHRASE_WORK, clock);
    }

    /** Returns the clock of the program, its database and its sync. */
    public InstantSource clock() {
        return clock;
    }

    /** Returns the current time in the time zone of the user. */
    public ZonedDateTime now() {
        return clock.instant().atZone(ZoneId.systemDefault());
    }

    /**
     * Records in the settings that the library is encrypted, so that sync encrypts even if this device loses the keys.
     */
    private void keepEncrypting() {
        if (settings.read().get(Setting.SYNC_ENCRYPTION).isEmpty()) {
            synchronized (configurationLock) {
                // The running sync already encrypts, so the new setting must not restart the sync.
                syncConfiguration = syncConfiguration == null ? null : syncConfiguration.encryptedUnlessSet();
            }
            settings.change(Settings::encryptedUnlessSet);
        }
    }

    public static String program() {
        return "Tidemark " + Version.text();
    }

    public ProfileFolders folders() {
        return folders;
    }

    /** Restores the backup that the user chose for this start, if there is one. Call before {@link #database}. */
    public synchronized void restorePlannedBackup() {
        restored = new Backups(folders, clock).restorePlanned().orElse(null);
    }

    /** Returns what {@link #restorePlannedBackup} did, once; empty if no restore was planned. */
    public synchronized Optional<Backups.Restored> takeRestored() {
        Optional<Backups.Restored> result = Optional.ofNullable(restored);
        restored = null;
        return result;
    }

    public SettingsFile settings() {
        return settings;
    }

    /**
     * Returns the open database of the profile. The first call opens the database, or creates it if there is none.
     *
     * @throws dev.tidemark.app.model.ProblemException if the folder of the profile cannot be used
     * @throws dev.tidemark.engine.Database.OpenException if the database cannot be opened
     */
    public synchronized Database database() {
        if (database == null) {
            folders.create();
            folders.requireDatabaseIfThereWasOne();
            String name = settings.read().get(Setting.DEVICE_NAME);
            Database opened = Database.open(
                    folders.database(),
                    LibrarySchema.SCHEMA,
                    DatabaseOptions.DEFAULT
                            .with(clock)
                            .named(name)
                            .withStateFolders(folders.state())
                            .copyingBeforeMigrations());
            database = opened;
            rename(opened, name);
            MergedTexts.setOn(opened, settings.read().get(Setting.TEXT_MERGE) == TextMerging.ON);
        }
        return database;
    }

    /** Returns the diagnostics of this profile. Does not open the database. */
    public synchronized Diagnostics diagnostics() {
        return new Diagnostics(
                program(), folders, settings::read, database, sync == null ? null : sync.status(), clock);
    }

    /** Returns the sync service. The first call starts the service with the current settings. */
    public synchronized SyncService sync() {
        if (sync == null) {
            sync = SyncService.start(database(), program(), clock);
            configure(sync, settings.read());
        }
        return sync;
    }

    public OpenedFileCache openedCopies() {
        return openedCopies;
    }

    /** Returns a task that erases the traces of purged items from this device. */
    public Erasure erasure() {
        return new Erasure(database(), openedCopies::deleteUnless);
    }

    /** Returns the number of permanently deleted items that may still exist, and the devices that still have them. */
    public PurgeStatus purges() {
        return PurgeStatus.of(
                database(), SyncService.History.of(database(), settings.read().syncLocation()));
    }

    public Secrets secrets() {
        return secrets;
    }

    /** Returns the stored keys of the encrypted library. */
    public StoredEncryption encryption() {
        return encryption;
    }

    /** Returns the storage in these settings; empty if sync is off or no storage is set. */
    public Optional<RemoteConfig> remote(Settings current) {
        return RemoteConfig.of(current, secrets, encryption);
    }

    /**
     * Returns the storage in the current settings.
     *
     * @throws dev.tidemark.app.model.ProblemException if sync is off or no storage is set; the message names the
     *     setting to change
     */
    public RemoteConfig requireRemote() {
        return RemoteConfig.require(settings.read(), secrets, encryption);
    }

    /**
     * Downloads a blob from the storage.
     *
     * @param progress receives the number of downloaded bytes; throws an exception to cancel the download
     * @throws dev.tidemark.app.model.ProblemException if sync is off or no storage is set; the message names the
     *     setting to change
     * @throws dev.tidemark.engine.problem.TidemarkException if the download fails
     */
    public void fetch(BlobId id, LongConsumer progress) {
        RemoteConfig remote = requireRemote();
        try (RemoteStorage storage = remote.open()) {
            RemoteLibrary.open(database(), storage, program(), clock).downloadBlob(id, progress);
        }
    }

    /**
     * Stores a secret for the background sync. Setting a passphrase turns encryption on. Removing the passphrase also
     * removes the keys that it unlocked.
     *
     * @param value the secret, which this method wipes; {@code null} removes the secret
     * @throws dev.tidemark.app.model.ProblemException if the system has no keychain, or the keychain fails
     */
    public void setSecret(Secret secret, char @Nullable [] value) {
        if (value == null) {
            secrets.remove(secret);
            if (secret == Secret.PASSPHRASE) {
                secrets.remove(Secret.LIBRARY_KEYS);
            }
        } else {
            try {
                secrets.put(secret, value);
            } finally {
                Arrays.fill(value, '\0');
            }
            if (secret == Secret.PASSPHRASE) {
                settings.set(Setting.SYNC_ENCRYPTION, "age");
            }
        }
        secretsChanged();
        apply(settings.read());
    }

    /** Makes the next {@link #apply} reconnect the background sync. */
    synchronized void secretsChanged() {
        encryption.secretsChanged();
        secretChanges++;
    }

    /**
     * Changes a setting and applies it.
     *
     * @throws dev.tidemark.app.model.ProblemException if the value is not allowed or cannot be saved
     */
    public synchronized Settings set(Setting<?> key, String value) {
        Settings changed = settings.set(key, value);
        apply(changed);
        return changed;
    }

    /**
     * Applies the settings in the file to the database and the sync. When the file changes, an open window calls this
     * method. It does not pass the settings from {@link SettingsFile#watch} to {@link #apply}, because {@link #set} may
     * have applied newer settings since the watcher read the file.
     *
     * @throws dev.tidemark.app.model.ProblemException if the file cannot be read, or a value is not allowed
     */
    public synchronized Settings applyStored() {
        Settings stored = settings.read();
        apply(stored);
        return stored;
    }

    /** Applies settings to the database and the sync. */
    public synchronized void apply(Settings changed) {
        if (database != null || Files.exists(folders.database())) {
            rename(database(), changed.get(Setting.DEVICE_NAME));
            MergedTexts.setOn(database(), changed.get(Setting.TEXT_MERGE) == TextMerging.ON);
        }
        if (sync != null) {
            configure(sync, changed);
        }
    }

    /** Configures the service without reading secrets, because the window waits for this method. */
    private void configure(SyncService service, Settings changed) {
        Optional<RemoteConfig> remote = remote(changed);
        SyncConfiguration wanted = new SyncConfiguration(
                remote.map(RemoteConfig::connection), changed.get(Setting.SYNC_ENCRYPTION), secretChanges);
        synchronized (configurationLock) {
            if (!wanted.equals(syncConfiguration)) {
                syncConfiguration = wanted;
                service.configure(remote.map(RemoteConfig::target).orElse(null));
            }
        }
    }

    private static void rename(Database opened, String name) {
        if (!name.equals(opened.replicaNames().get(opened.replica()))) {
            opened.setDeviceName(name);
        }
    }

    /**
     * Pushes the last changes, which takes at most five seconds. Then closes the database. Closing twice has no effect.
     */
    @Override
    public synchronized void close() {
        if (sync != null) {
            sync.finish(CLOSE_TIMEOUT);
        }
        if (database != null) {
            database.close();
        }
    }
}
