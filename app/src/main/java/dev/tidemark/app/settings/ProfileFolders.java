package dev.tidemark.app.settings;

import dev.tidemark.app.model.ProblemException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folders of a profile. Immutable.
 *
 * @param cache the folder for files that the app can create again
 * @param state folders outside the profile for notes about the database; see {@link
 *     dev.tidemark.engine.DatabaseOptions#withStateFolders}
 */
public record ProfileFolders(Path data, Path configuration, Path cache, Path logs, List<Path> state) {
    private static final String UNIX_NAME = "tidemark";
    private static final String NAME = "Tidemark";

    /** Matches the names of the files and folders that Tidemark creates in a profile. */
    private static final Pattern OWN_NAMES = Pattern.compile(
            "\\.?tidemark.*|(settings|window|views|updates|commands)\\..*|unsaved\\.txt|cache|logs|opened|backups|copy-.*");

    private static final Logger LOG = LoggerFactory.getLogger(ProfileFolders.class);

    /** Returns the folders of a profile that is inside one folder, for {@code --profile}. */
    public static ProfileFolders below(Path folder) {
        Path root = folder.toAbsolutePath().normalize();
        return new ProfileFolders(
                root,
                root,
                root.resolve("cache"),
                root.resolve("logs"),
                standard().state());
    }

    /** Returns the standard folders on this system. */
    public static ProfileFolders standard() {
        return standard(System.getProperty("os.name", ""), System.getenv(), home());
    }

    /** Returns the home folder of the user, which the docs call {@code ~}. */
    public static Path home() {
        return home(System.getProperty("os.name", ""), System.getenv(), Path.of(System.getProperty("user.home", "")));
    }

    /**
     * Returns the folder that a shell calls {@code ~}. This is the folder in {@code HOME}, or the home folder of the
     * account if {@code HOME} is not an absolute path. On Windows, it is always the home folder of the account.
     */
    static Path home(String system, Map<String, String> environment, Path ofAccount) {
        return system.toLowerCase(Locale.ROOT).startsWith("windows")
                ? ofAccount
                : absolutePathOr(environment.get("HOME"), ofAccount);
    }

    static ProfileFolders standard(String system, Map<String, String> environment, Path home) {
        String name = system.toLowerCase(Locale.ROOT);
        if (name.startsWith("mac")) {
            Path library = home.resolve("Library");
            Path support = library.resolve("Application Support").resolve(NAME);
            return new ProfileFolders(
                    support,
                    support,
                    library.resolve("Caches").resolve(NAME),
                    library.resolve("Logs").resolve(NAME),
                    List.of(library.resolve("Application Support").resolve(NAME + " State")));
        }
        if (name.startsWith("windows")) {
            Path local = absolutePathOr(environment.get("LOCALAPPDATA"), home.resolve("AppData/Local"))
                    .resolve(NAME);
            Path roaming = absolutePathOr(environment.get("APPDATA"), home.resolve("AppData/Roaming"))
                    .resolve(NAME);
            return new ProfileFolders(
                    local.resolve("Data"),
                    roaming,
                    local.resolve("Cache"),
                    local.resolve("Logs"),
                    List.of(local.resolve("State")));
        }
        Path state = absolutePathOr(environment.get("XDG_STATE_HOME"), home.resolve(".local/state"))
                .resolve(UNIX_NAME);
        // A note in XDG_RUNTIME_DIR, which is outside the home folder, also reveals that the home folder was restored.
        // The system empties this folder at each start.
        Path devices = state.resolve("devices");
        Path run = absolutePathOr(environment.get("XDG_RUNTIME_DIR"), devices);
        return new ProfileFolders(
                absolutePathOr(environment.get("XDG_DATA_HOME"), home.resolve(".local/share"))
                        .resolve(UNIX_NAME),
                absolutePathOr(environment.get("XDG_CONFIG_HOME"), home.resolve(".config"))
                        .resolve(UNIX_NAME),
                absolutePathOr(environment.get("XDG_CACHE_HOME"), home.resolve(".cache"))
                        .resolve(UNIX_NAME),
                state.resolve("logs"),
                run.equals(devices) ? List.of(devices) : List.of(devices, run.resolve(UNIX_NAME)));
    }

    /**
     * Returns a path from the environment, or {@code otherwise} if the path is not absolute. The XDG base directory
     * specification tells programs to ignore relative paths.
     */
    private static Path absolutePathOr(@Nullable String named, Path otherwise) {
        return named == null || named.isEmpty() || !Path.of(named).isAbsolute() ? otherwise : Path.of(named);
    }

    public Path database() {
        return data.resolve("tidemark.db");
    }

    /** The folder with the attachments that are on this device. */
    public Path blobs() {
        return data.resolve("tidemark.db.blobs");
    }

    public Path backups() {
        return data.resolve("backups");
    }

    public Path settings() {
        return configuration.resolve("settings.properties");
    }

    /** Returns whether a folder is the data or the configuration folder, or is inside another folder of the profile. */
    boolean contains(Path folder) {
        Path real = real(folder);
        return Stream.of(data, configuration).anyMatch(own -> real.equals(real(own)))
                || Stream.concat(Stream.of(cache, logs, blobs(), backups()), state.stream())
                        .anyMatch(own -> real.startsWith(real(own)));
    }

    private static Path real(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            // The folder does not exist yet.
            return folder.toAbsolutePath().normalize();
        }
    }

    /**
     * Creates the data folder and the configuration folder if they are missing. Removes the access of other users to
     * the profile, which another umask or program may have granted.
     *
     * @throws ProblemException if a folder cannot be created, or the data folder is on a network drive
     */
    public void create() {
        create(data);
        create(configuration);
        NetworkDrives.refuse(data);
        Stream.of(data, configuration, cache, logs).distinct().forEach(ProfileFolders::restrictToOwner);
    }

    /**
     * Prevents the creation of an empty library beside files of a database that was deleted, moved or not yet restored.
     *
     * @throws ProblemException if such files exist but the database does not; the message lists the files
     */
    public void requireDatabaseIfThereWasOne() {
        String name = String.valueOf(database().getFileName());
        List<String> left = new ArrayList<>();
        try (DirectoryStream<Path> beside = Files.newDirectoryStream(data, name + "?*")) {
            beside.forEach(file -> left.add(String.valueOf(file.getFileName())));
        } catch (IOException | DirectoryIteratorException e) {
            throw new ProblemException(e, "profile.unreadable", data);
        }
        // Checks for the database after listing the files, because another process may create both at the same moment.
        if (!left.isEmpty() && Files.notExists(database())) {
            left.sort(null);
            throw new ProblemException("profile.databaseLost", database(), String.join(", ", left));
        }
    }

    /**
     * Removes the access of other users to the profile's files in a folder, and to the folder if it contains no other
     * files.
     */
    private static void restrictToOwner(Path folder) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> listed = Files.newDirectoryStream(folder)) {
            listed.forEach(entries::add);
        } catch (IOException | DirectoryIteratorException e) {
            LOG.warn("The permissions of {} cannot be read", folder, e);
            return;
        }
        List<Path> paths = new ArrayList<>(entries);
        paths.removeIf(
                entry -> !OWN_NAMES.matcher(String.valueOf(entry.getFileName())).matches());
        if (paths.size() == entries.size()) {
            paths.addFirst(folder);
        }
        for (Path each : paths) {
            try {
                PrivateFile.restrictToOwner(each);
            } catch (NoSuchFileException e) {
                LOG.debug("{} was removed meanwhile", each, e);
            } catch (IOException | DirectoryIteratorException e) {
                LOG.warn("Other users may read {}: its mode cannot be changed", each, e);
            }
        }
    }

    static void create(Path folder) {
        try {
            PrivateFile.createFolders(folder);
        } catch (FileAlreadyExistsException e) {
            throw new ProblemException(e, "profile.file", folder);
        } catch (IOException e) {
            throw new ProblemException(e, "profile.create", folder);
        }
    }
}
