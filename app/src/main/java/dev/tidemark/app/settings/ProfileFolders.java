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
 * @param cache files that the app can create again
 * @param state notes about the database, outside the profile; see
 *     {@link dev.tidemark.engine.DatabaseOptions#withStateFolders}
 */
public record ProfileFolders(Path data, Path configuration, Path cache, Path logs, List<Path> state) {
    private static final String UNIX_NAME = "tidemark";
    private static final String NAME = "Tidemark";

    /** Matches the names of the files and folders that Tidemark creates in a profile. */
    private static final Pattern OWN_NAMES = Pattern.compile(
            "\\.?tidemark.*|(settings|window|views|updates|commands)\\..*|unsaved\\.txt|cache|logs|opened|backups|copy-.*");

    private static final Logger LOG = LoggerFactory.getLogger(ProfileFolders.class);

    /** The folders of a profile inside one folder, for {@code --profile}. */
    public static ProfileFolders below(Path folder) {
        Path root = folder.toAbsolutePath().normalize();
        return new ProfileFolders(
                root,
                root,
                root.resolve("cache"),
                root.resolve("logs"),
                standard().state());
    }

    /** The standard folders on this system. */
    public static ProfileFolders standard() {
        return standard(System.getProperty("os.name", ""), System.getenv(), home());
    }

    /** The home folder of the user, written {@code ~} in the docs. */
    public static Path home() {
        return home(System.getProperty("os.name", ""), System.getenv(), Path.of(System.getProperty("user.home", "")));
    }

    /**
     * The folder {@code ~} of a shell: {@code HOME}, otherwise the home of the account. On Windows, always the latter.
     */
    static Path home(String system, Map<String, String> environment, Path ofAccount) {
        return system.toLowerCase(Locale.ROOT).startsWith("windows")
                ? ofAccount
                : absoluteOr(environment.get("HOME"), ofAccount);
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
            Path local = absoluteOr(environment.get("LOCALAPPDATA"), home.resolve("AppData/Local"))
                    .resolve(NAME);
            Path roaming = absoluteOr(environment.get("APPDATA"), home.resolve("AppData/Roaming"))
                    .resolve(NAME);
            return new ProfileFolders(
                    local.resolve("Data"),
                    roaming,
                    local.resolve("Cache"),
                    local.resolve("Logs"),
                    List.of(local.resolve("State")));
        }
        Path state = absoluteOr(environment.get("XDG_STATE_HOME"), home.resolve(".local/state"))
                .resolve(UNIX_NAME);
        // The system empties the run folder at each start, which also reveals a restored home folder.
        Path devices = state.resolve("devices");
        Path run = absoluteOr(environment.get("XDG_RUNTIME_DIR"), devices);
        return new ProfileFolders(
                absoluteOr(environment.get("XDG_DATA_HOME"), home.resolve(".local/share"))
                        .resolve(UNIX_NAME),
                absoluteOr(environment.get("XDG_CONFIG_HOME"), home.resolve(".config"))
                        .resolve(UNIX_NAME),
                absoluteOr(environment.get("XDG_CACHE_HOME"), home.resolve(".cache"))
                        .resolve(UNIX_NAME),
                state.resolve("logs"),
                run.equals(devices) ? List.of(devices) : List.of(devices, run.resolve(UNIX_NAME)));
    }

    /** The XDG base directory specification tells programs to ignore relative paths. */
    private static Path absoluteOr(@Nullable String named, Path otherwise) {
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

    /** Whether a folder belongs to the profile, or is inside a folder that only the profile uses. */
    boolean holds(Path folder) {
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
     * Creates missing folders. Removes the access of other users, which another umask or program may have granted.
     *
     * @throws ProblemException if a folder cannot be created, or the data folder is on a network drive
     */
    public void create() {
        create(data);
        create(configuration);
        NetworkDrives.refuse(data);
        Stream.of(data, configuration, cache, logs).distinct().forEach(ProfileFolders::closeToOthers);
    }

    /**
     * Refuses to create an empty library if files of a deleted, moved or not yet restored database exist.
     *
     * @throws ProblemException if there are such files; names them
     */
    public void requireDatabaseIfThereWasOne() {
        String name = String.valueOf(database().getFileName());
        List<String> left = new ArrayList<>();
        try (DirectoryStream<Path> beside = Files.newDirectoryStream(data, name + "?*")) {
            beside.forEach(file -> left.add(String.valueOf(file.getFileName())));
        } catch (IOException | DirectoryIteratorException e) {
            throw new ProblemException(e, "profile.unreadable", data);
        }
        // Checked last, because another process that starts at the same moment may create the database first.
        if (!left.isEmpty() && Files.notExists(database())) {
            left.sort(null);
            throw new ProblemException("profile.databaseLost", database(), String.join(", ", left));
        }
    }

    /** Removes the access of other users to the profile's files, and to the folder if it contains nothing else. */
    private static void closeToOthers(Path folder) {
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
                PrivateFile.closeToOthers(each);
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
