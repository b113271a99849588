package dev.tidemark.app.context;

import dev.tidemark.app.attachment.OpenedFileCache;
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

/** Creates and connects the objects of one profile, each on first use, because most commands need few. Thread-safe. */
public final class AppContext implements AutoCloseable {
    /** The longest wait for the last sync when the program ends. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final ProfileFolders folders;
    private final SettingsFile settings;
    private final InstantSource clock;
    private @Nullable Database database;
    private @Nullable SyncService sync;

    /** Guards only {@link #syncConfiguration}: the sync thread also changes it and must not wait for {@link #close}. */
    private final Object configurationLock = new Object();

    private @Nullable SyncConfiguration syncConfiguration;
    private long secretChanges;
    private final Secrets secrets;
    private final OpenedFileCache openedCopies;
    private final StoredEncryption encryption;

    /** The configuration last passed to the sync service; a change of other settings does not restart the service. */
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

    /** Creates the context of a profile. Its folders need not exist. */
    public static AppContext of(ProfileFolders folders) {
        return of(folders, new Secrets(SystemKeychain.of(folders.data(), System.getenv()), System.getenv()));
    }

    public static AppContext of(ProfileFolders folders, Secrets secrets) {
        return of(folders, secrets, Encryption.PASSPHRASE_WORK);
    }

    /** @param passphraseWork see {@link Encryption#passphraseWork}; tests lower it */
    public static AppContext of(ProfileFolders folders, Secrets secrets, int passphraseWork) {
        return new AppContext(folders, secrets, passphraseWork, InstantSource.system());
    }

    /** Creates the context of a profile with another clock, for tests. */
    public static AppContext of(ProfileFolders folders, Secrets secrets, InstantSource clock) {
        return new AppContext(folders, secrets, Encryption.PASSPHRASE_WORK, clock);
    }

    /** The clock of the program, its database and its sync. */
    public InstantSource clock() {
        return clock;
    }

    /** The current time in the time zone of the user. */
    public ZonedDateTime now() {
        return clock.instant().atZone(ZoneId.systemDefault());
    }

    /**
     * Records in the settings that the library is encrypted. So the profile stays encrypted even if its keys are lost.
     */
    private void keepEncrypting() {
        if (settings.read().get(Setting.SYNC_ENCRYPTION).isEmpty()) {
            synchronized (configurationLock) {
                // The running sync encrypts already and must not restart.
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

    public SettingsFile settings() {
        return settings;
    }

    /**
     * Opens the database of the profile; creates it if there is none.
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

    /** The diagnostics of this profile. Opens nothing. */
    public synchronized Diagnostics diagnostics() {
        return new Diagnostics(
                program(), folders, settings::read, database, sync == null ? null : sync.status(), clock);
    }

    /** The sync service, which starts with the current settings on first use. */
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

    /** Erases the traces of purged items from this device. */
    public Erasure erasure() {
        return new Erasure(database(), openedCopies::deleteUnless);
    }

    /** Finds the devices that still have purged items. */
    public PurgeStatus purges() {
        return PurgeStatus.of(
                database(), SyncService.History.of(database(), settings.read().syncLocation()));
    }

    public Secrets secrets() {
        return secrets;
    }

    /** The keys of the encrypted library. */
    public StoredEncryption encryption() {
        return encryption;
    }

    /** The storage in these settings; empty if sync is off or no storage is set. */
    public Optional<RemoteConfig> remote(Settings current) {
        return RemoteConfig.of(current, secrets, encryption);
    }

    /**
     * The storage in the current settings.
     *
     * @throws dev.tidemark.app.model.ProblemException if sync is off or no storage is set; names the setting to change
     */
    public RemoteConfig requireRemote() {
        return RemoteConfig.require(settings.read(), secrets, encryption);
    }

    /**
     * Downloads a blob from the storage.
     *
     * @param progress receives the number of downloaded bytes; cancels the download by throwing
     * @throws dev.tidemark.app.model.ProblemException if sync is off; names the setting to change
     * @throws dev.tidemark.engine.problem.TidemarkException if the download fails
     */
    public void fetch(BlobId id, LongConsumer progress) {
        RemoteConfig remote = requireRemote();
        try (RemoteStorage storage = remote.open()) {
            RemoteLibrary.open(database(), storage, program(), clock).downloadBlob(id, progress);
        }
    }

    /**
     * Stores a secret for the background sync. A passphrase turns encryption on. Removing it also removes the keys that
     * it unlocked.
     *
     * @param value {@code null} removes the secret; the method wipes the array
     * @throws dev.tidemark.app.model.ProblemException if the system has no safe place for the secret
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
     * Applies the settings in the file to the database and the sync. An open window calls this from
     * {@link SettingsFile#watch} instead of passing the settings that the watcher read, because {@link #set} may have
     * applied newer ones since.
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

    /** Pushes the last changes, waiting a few seconds at most, then closes everything. Closing twice has no effect. */
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
