package dev.tidemark.app.context;

import dev.tidemark.app.attachment.OpenedFileCache;
import dev.tidemark.app.diagnostics.Diagnostics;
import dev.tidemark.app.diagnostics.Version;
import dev.tidemark.app.model.Erasure;
import dev.tidemark.app.model.LibrarySchema;
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
import dev.tidemark.engine.Database;
import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.engine.blob.BlobId;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.storage.StorageUrl;
import dev.tidemark.engine.sync.RemoteLibrary;
import dev.tidemark.engine.sync.SyncHistory;
import dev.tidemark.engine.sync.SyncService;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The parts of one profile, wired by hand. Each is made when it is first asked for, since most commands need few of
 * them. Thread-safe.
 */
public final class AppContext implements AutoCloseable {
    /** Nobody waits longer for a program to end. */
    private static final Duration FINISH = Duration.ofSeconds(5);

    private final ProfileFolders folders;
    private final SettingsFile settings;
    private @Nullable Database database;
    private @Nullable SyncService sync;

    /** Guards the plan alone: the thread that syncs changes it too, and must not wait for whoever closes. */
    private final Object planning = new Object();

    private @Nullable SyncConfiguration syncConfiguration;
    private long secretChanges;
    private final Secrets secrets;
    private final OpenedFileCache openedCopies;
    private final StoredEncryption encryption;

    /** What the service was last told, so that it is not disturbed by other settings. */
    private record SyncConfiguration(
            Optional<String> connection, Optional<EncryptionMode> encryption, long secretChanges) {
        SyncConfiguration encryptedUnlessSet() {
            return encryption.isPresent()
                    ? this
                    : new SyncConfiguration(connection, Optional.of(EncryptionMode.AGE), secretChanges);
        }
    }

    private AppContext(ProfileFolders folders, Secrets secrets) {
        this.folders = folders;
        this.secrets = secrets;
        settings = new SettingsFile(folders);
        openedCopies = new OpenedFileCache(folders.cache().resolve("opened"));
        encryption = new StoredEncryption(secrets, this::keepEncrypting, code -> {
            throw new IllegalStateException("Nobody shows the recovery code");
        });
    }

    /** The parts of the profile in these folders, which need not exist. */
    public static AppContext of(ProfileFolders folders) {
        return of(folders, new Secrets(SystemKeychain.of(folders.data(), System.getenv()), System.getenv()));
    }

    /** The parts of the profile in these folders, with its secrets kept elsewhere. */
    public static AppContext of(ProfileFolders folders, Secrets secrets) {
        return new AppContext(folders, secrets);
    }

    /** Whoever encrypts goes on doing so, also when what opens the library cannot be found one day. */
    private void keepEncrypting() {
        if (settings.read().get(Setting.SYNC_ENCRYPTION).isEmpty()) {
            synchronized (planning) {
                // The sync that this is for encrypts already, and must not be ended by it.
                syncConfiguration = syncConfiguration == null ? null : syncConfiguration.encryptedUnlessSet();
            }
            settings.change(Settings::encryptedUnlessSet);
        }
    }

    /** What other devices are told that this one runs. */
    public static String program() {
        return "Tidemark " + Version.text();
    }

    /** Where the profile's files lie. */
    public ProfileFolders folders() {
        return folders;
    }

    /** The profile's settings. */
    public SettingsFile settings() {
        return settings;
    }

    /**
     * The profile's database, made if there is none.
     *
     * @throws dev.tidemark.app.model.ProblemException if the profile's folder cannot be used
     * @throws dev.tidemark.engine.DatabaseOpenException if the database cannot be opened
     */
    public synchronized Database database() {
        if (database == null) {
            folders.create();
            folders.requireDatabaseIfThereWasOne();
            String name = settings.read().get(Setting.DEVICE_NAME);
            Database opened =
                    Database.open(folders.database(), LibrarySchema.SCHEMA, DatabaseOptions.DEFAULT.named(name));
            database = opened;
            rename(opened, name);
        }
        return database;
    }

    /** What those who look into a trouble need to know of this profile; opens nothing. */
    public synchronized Diagnostics diagnostics() {
        return new Diagnostics(program(), folders, settings::read, database, sync == null ? null : sync.status());
    }

    /** The background sync, started with the present settings when first asked for. */
    public synchronized SyncService sync() {
        if (sync == null) {
            sync = SyncService.start(database(), program());
            configure(sync, settings.read());
        }
        return sync;
    }

    /** The copies of attachments that were opened. */
    public OpenedFileCache openedCopies() {
        return openedCopies;
    }

    /** What removes from this device what is left of items that were deleted for good. */
    public Erasure erasure() {
        return new Erasure(database(), openedCopies::deleteUnless);
    }

    /** Which devices still show items that were deleted for good. */
    public PurgeStatus purges() {
        String location = settings.read().syncUrl().map(StorageUrl::location).orElse("");
        return PurgeStatus.of(database(), SyncHistory.of(database(), location));
    }

    /** The profile's secrets. */
    public Secrets secrets() {
        return secrets;
    }

    /** What opens an encrypted library of this profile. */
    public StoredEncryption encryption() {
        return encryption;
    }

    /** What these settings say to sync with; empty if sync is off, or no place is chosen. */
    public Optional<RemoteConfig> remote(Settings present) {
        return RemoteConfig.of(present, secrets, encryption);
    }

    /**
     * What the present settings say to sync with.
     *
     * @throws dev.tidemark.app.model.ProblemException that says what to set, if sync is off or no place is chosen
     */
    public RemoteConfig requireRemote() {
        return RemoteConfig.require(settings.read(), secrets, encryption);
    }

    /**
     * Brings a file here that is on other devices.
     *
     * @param progress told how many bytes are here; ends it by throwing
     * @throws dev.tidemark.app.model.ProblemException that says what to set, if sync is off
     * @throws dev.tidemark.engine.TidemarkException if it cannot be had
     */
    public void fetch(BlobId id, LongConsumer progress) {
        RemoteConfig remote = requireRemote();
        try (RemoteStorage storage = remote.open()) {
            RemoteLibrary.open(database(), storage, program(), InstantSource.system(), remote.encryption())
                    .downloadBlob(id, progress);
        }
    }

    /**
     * Keeps a secret, and has the background sync use it. A passphrase turns encryption on; with it, the
     * keys that it has unlocked are forgotten.
     *
     * @param value is wiped; {@code null} forgets it
     * @throws dev.tidemark.app.model.ProblemException if there is no safe place for it
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

    /** The next {@link #apply} has the background sync connect anew. */
    synchronized void secretsChanged() {
        encryption.secretsChanged();
        secretChanges++;
    }

    /**
     * Changes a setting, and what depends on it.
     *
     * @throws dev.tidemark.app.model.ProblemException if the value is not allowed or cannot be saved
     */
    public Settings set(Setting<?> key, String value) {
        Settings changed = settings.set(key, value);
        apply(changed);
        return changed;
    }

    /**
     * Brings the open parts in line with settings that were changed, here or by another process. An open window calls
     * this from {@link SettingsFile#watch}.
     */
    public synchronized void apply(Settings changed) {
        if (database != null || Files.exists(folders.database())) {
            rename(database(), changed.get(Setting.DEVICE_NAME));
        }
        if (sync != null) {
            configure(sync, changed);
        }
    }

    /** Asks for no secrets: the window waits for this. */
    private void configure(SyncService service, Settings changed) {
        Optional<RemoteConfig> remote = remote(changed);
        SyncConfiguration wanted =
                new SyncConfiguration(
                        remote.map(RemoteConfig::connection), changed.get(Setting.SYNC_ENCRYPTION), secretChanges);
        synchronized (planning) {
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

    /** Publishes what was changed last, for a few seconds at most, and closes what was opened. Closing twice does nothing. */
    @Override
    public synchronized void close() {
        if (sync != null) {
            sync.finish(FINISH);
        }
        if (database != null) {
            database.close();
        }
    }
}
