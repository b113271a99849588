package dev.tidemark.app.launcher;

import dev.tidemark.app.model.LibrarySchema;
import dev.tidemark.app.settings.ProfileFolders;
import dev.tidemark.app.settings.Settings;
import dev.tidemark.app.settings.SettingsFile;
import dev.tidemark.app.settings.SettingsKey;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.DatabaseOptions;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;

/**
 * The parts of one profile, wired by hand. Each is made when it is first asked for, since most commands need few of
 * them. Thread-safe.
 */
public final class Composition implements AutoCloseable {
    private final ProfileFolders folders;
    private final SettingsFile settings;
    private @Nullable Database database;

    private Composition(ProfileFolders folders) {
        this.folders = folders;
        settings = new SettingsFile(folders.settings());
    }

    /** The parts of the profile in these folders, which need not exist. */
    public static Composition of(ProfileFolders folders) {
        return new Composition(folders);
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

    /** Brings the open parts in line with settings that were changed, here or by another process. */
    public synchronized void apply(Settings changed) {
        boolean named = database != null || Files.exists(folders.database());
        if (named) {
            rename(database(), changed.deviceName());
        }
    }

    private static void rename(Database opened, String name) {
        if (!name.equals(opened.replicaNames().get(opened.replica()))) {
            opened.rename(name);
        }
    }

    /** Closes what was opened. Closing twice does nothing. */
    @Override
    public synchronized void close() {
        if (database != null) {
            database.close();
        }
    }
}
