package dev.tidemark.app.settings;

import dev.tidemark.app.model.ProblemException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where one profile keeps its files. Immutable.
 *
 * @param data the database
 * @param configuration the settings
 * @param cache what can be made again
 * @param logs the log files
 */
public record ProfileFolders(Path data, Path configuration, Path cache, Path logs) {
    private static final String UNIX_NAME = "tidemark";
    private static final String NAME = "Tidemark";

    /** Everything below one folder, as {@code --profile} asks for. */
    public static ProfileFolders below(Path folder) {
        Path root = folder.toAbsolutePath().normalize();
        return new ProfileFolders(root, root, root.resolve("cache"), root.resolve("logs"));
    }

    /** The places that this system has for such files. */
    public static ProfileFolders standard() {
        return standard(
                System.getProperty("os.name", ""), System.getenv(), Path.of(System.getProperty("user.home", "")));
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
                    library.resolve("Logs").resolve(NAME));
        }
        if (name.startsWith("windows")) {
            Path local = place(environment.get("LOCALAPPDATA"), home.resolve("AppData/Local"))
                    .resolve(NAME);
            Path roaming = place(environment.get("APPDATA"), home.resolve("AppData/Roaming"))
                    .resolve(NAME);
            return new ProfileFolders(local.resolve("Data"), roaming, local.resolve("Cache"), local.resolve("Logs"));
        }
        return new ProfileFolders(
                place(environment.get("XDG_DATA_HOME"), home.resolve(".local/share"))
                        .resolve(UNIX_NAME),
                place(environment.get("XDG_CONFIG_HOME"), home.resolve(".config"))
                        .resolve(UNIX_NAME),
                place(environment.get("XDG_CACHE_HOME"), home.resolve(".cache")).resolve(UNIX_NAME),
                place(environment.get("XDG_STATE_HOME"), home.resolve(".local/state"))
                        .resolve(UNIX_NAME)
                        .resolve("logs"));
    }

    /** The XDG base directory specification wants relative paths to be ignored. */
    private static Path place(@Nullable String named, Path otherwise) {
        return named == null || named.isEmpty() || !Path.of(named).isAbsolute() ? otherwise : Path.of(named);
    }

    /** The database's file. */
    public Path database() {
        return data.resolve("tidemark.db");
    }

    /** The settings' file. */
    public Path settings() {
        return configuration.resolve("settings.properties");
    }

    /**
     * Makes the folders that are missing.
     *
     * @throws ProblemException if one cannot be made, or if the data would lie on a network drive
     */
    public void create() {
        create(data);
        create(configuration);
        NetworkDrives.refuse(data);
    }

    static void create(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (FileAlreadyExistsException e) {
            throw new ProblemException(e, "profile.file", folder);
        } catch (IOException e) {
            throw new ProblemException(e, "profile.create", folder);
        }
    }
}
