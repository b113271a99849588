package dev.tidemark.app.settings;

import dev.tidemark.app.model.ProblemException;
import dev.tidemark.engine.storage.StorageUrl;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads and changes the settings file. A change is atomic and excludes other processes. Thread-safe. */
public final class SettingsFile {
    /** Excludes other threads of this process, because a file lock excludes only other processes. */
    private static final Object CHANGING = new Object();

    private final Path file;
    private final @Nullable ProfileFolders profile;

    /** Opens settings in a file that need not exist. */
    public SettingsFile(Path file) {
        this.file = file;
        profile = null;
    }

    /** Opens the settings of a profile. Rejects changes that would use a folder of the profile as the storage. */
    public SettingsFile(ProfileFolders profile) {
        file = profile.settings();
        this.profile = profile;
    }

    /**
     * Reads the file.
     *
     * @throws ProblemException if the file cannot be read or has a value that is not allowed
     */
    public Settings read() {
        Settings settings = readUnchecked();
        requireAllowed(settings);
        return settings;
    }

    /**
     * Reads only the language, which the app needs before the other settings.
     *
     * @throws ProblemException if the file cannot be read or the language is not supported
     */
    public Language language() {
        return readUnchecked().get(Setting.LANGUAGE);
    }

    private Settings readUnchecked() {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (NoSuchFileException e) {
            return Settings.DEFAULT;
        } catch (IOException | IllegalArgumentException e) {
            throw new ProblemException(e, "settings.unreadable", file);
        }
        Map<String, String> stored = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> stored.put(name, properties.getProperty(name)));
        return new Settings(stored);
    }

    private void requireAllowed(Settings settings) {
        for (Setting<?> key : Setting.all()) {
            try {
                settings.text(key);
            } catch (ProblemException e) {
                throw new ProblemException(e, "settings.bad", file, String.valueOf(e.getMessage()));
            }
        }
    }

    /**
     * Changes one setting and returns all settings.
     *
     * @throws ProblemException if the value is not allowed, or the file cannot be read or written
     */
    public Settings set(Setting<?> key, String value) {
        return change(settings -> settings.with(key, value));
    }

    /**
     * Changes several settings at once and returns all settings. Throws the exceptions of {@code change}.
     *
     * @throws ProblemException if the file cannot be read or written, or the new storage is a folder of the profile
     */
    public Settings change(UnaryOperator<Settings> change) {
        synchronized (CHANGING) {
            return updateLocked(change);
        }
    }

    private Settings updateLocked(UnaryOperator<Settings> change) {
        ProfileFolders.create(folder());
        Path lockFile = file.resolveSibling(file.getFileName() + ".lock");
        try (FileChannel channel = PrivateFile.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            Settings before = read();
            Settings after = change.apply(before);
            requireElsewhere(before, after);
            if (lock.isValid() && !after.equals(before)) {
                PrivateFile.write(file, text(after));
            }
            return after;
        } catch (IOException e) {
            throw new ProblemException(e, "settings.unwritable", file);
        }
    }

    private void requireElsewhere(Settings before, Settings after) {
        if (profile != null
                && !after.syncUrl().equals(before.syncUrl())
                && after.syncUrl().orElse(null) instanceof StorageUrl.Folder chosen
                && profile.contains(chosen.path())) {
            throw new ProblemException("folder.profile", chosen.path());
        }
    }

    private static String text(Settings settings) throws IOException {
        Properties properties = new Properties();
        properties.putAll(settings.stored());
        StringWriter text = new StringWriter();
        properties.store(text, null);
        // Drops the comment, which contains the time, and sorts the lines, so that equal settings produce equal bytes.
        return text.toString()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .sorted()
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /**
     * Watches the file until the watcher is closed. Calls the listener within half a second of each change by any
     * process.
     *
     * @param executor calls {@code listener} and {@code onProblem}
     * @param onProblem receives the error if the changed file cannot be read
     */
    public SettingsWatcher watch(Executor executor, Consumer<Settings> listener, Consumer<ProblemException> onProblem) {
        return new SettingsWatcher(this, file, executor, listener, onProblem);
    }

    private Path folder() {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalStateException("A settings file needs a parent folder: " + file);
        }
        return parent;
    }
}
