package dev.tidemark.app.launcher;

import dev.tidemark.app.cli.Version;
import dev.tidemark.app.model.LibrarySchema;
import dev.tidemark.app.settings.ProfileFolders;
import dev.tidemark.app.settings.Settings;
import dev.tidemark.app.settings.SettingsFile;
import dev.tidemark.app.settings.SettingsKey;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.engine.sync.SyncService;
import dev.tidemark.engine.sync.SyncTarget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The parts of one profile, wired by hand. Each is made when it is first asked for, since most commands need few of
 * them. Thread-safe.
 */
public final class Composition implements AutoCloseable {
    private final ProfileFolders folders;
    private final SettingsFile settings;
    private @Nullable Database database;
    private @Nullable SyncService sync;
    private @Nullable SyncPlan plan;

    /** What the service was last told, so that it is not disturbed by other settings. */
    private record SyncPlan(Optional<Path> folder, Duration interval) {}

    private Composition(ProfileFolders folders) {
        this.folders = folders;
        settings = new SettingsFile(folders.settings());
    }

    /** The parts of the profile in these folders, which need not exist. */
    public static Composition of(ProfileFolders folders) {
        return new Composition(folders);
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
            String name = settings.read().deviceName();
            Database opened =
                    Database.open(folders.database(), LibrarySchema.SCHEMA, DatabaseOptions.DEFAULT.named(name));
            database = opened;
            rename(opened, name);
        }
        return database;
    }

    /** The background sync, started with the present settings when first asked for. */
    public synchronized SyncService sync() {
        if (sync == null) {
            sync = SyncService.start(database(), program());
            configure(sync, settings.read());
        }
        return sync;
    }

    /** What these settings say to sync with; empty if sync is off, or no folder is chosen. */
    public static Optional<SyncTarget> target(Settings settings) {
        return folder(settings).map(folder -> SyncTarget.folder(folder, settings.syncInterval()));
    }

    /**
     * Changes a setting, and what depends on it.
     *
     * @throws dev.tidemark.app.model.ProblemException if the value is not allowed or cannot be saved
     */
    public Settings set(SettingsKey key, String value) {
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
            rename(database(), changed.deviceName());
        }
        if (sync != null) {
            configure(sync, changed);
        }
    }

    private void configure(SyncService service, Settings changed) {
        SyncPlan wanted = new SyncPlan(folder(changed), changed.syncInterval());
        if (!wanted.equals(plan)) {
            plan = wanted;
            service.configure(target(changed).orElse(null));
        }
    }

    private static Optional<Path> folder(Settings settings) {
        return settings.syncTarget() == dev.tidemark.app.settings.SyncTarget.FOLDER
                ? settings.syncFolder()
                : Optional.empty();
    }

    private static void rename(Database opened, String name) {
        if (!name.equals(opened.replicaNames().get(opened.replica()))) {
            opened.rename(name);
        }
    }

    /** Closes what was opened. Closing twice does nothing. */
    @Override
    public synchronized void close() {
        if (sync != null) {
            sync.close();
        }
        if (database != null) {
            database.close();
        }
    }
}
