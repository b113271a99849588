package dev.tidemark.app.settings;

import dev.tidemark.app.model.ProblemException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The settings that there are. */
public enum SettingsKey {
    /** {@code off} or {@code folder}. */
    SYNC_TARGET("sync.target"),
    /** The folder, as an absolute path; another form of {@link #SYNC_URL}. */
    SYNC_FOLDER("sync.folder"),
    /** Where to sync through: {@code file:///…}. */
    SYNC_URL("sync.url"),
    /** Seconds between two syncs while nothing happens. */
    SYNC_INTERVAL("sync.interval"),
    /** What other devices call this one. */
    DEVICE_NAME("device.name"),
    /** {@code light}, {@code dark} or {@code system}. */
    THEME("theme");

    private final String text;

    SettingsKey(String text) {
        this.text = text;
    }

    /** The form for commands and in the file. */
    public String text() {
        return text;
    }

    /**
     * Reads that form.
     *
     * @throws ProblemException that names all keys, if there is no such key
     */
    public static SettingsKey parse(String text) {
        return Arrays.stream(values())
                .filter(key -> key.text.equals(text))
                .findFirst()
                .orElseThrow(() -> new ProblemException("settings.key", text, all()));
    }

    private static String all() {
        return Arrays.stream(values()).map(SettingsKey::text).collect(Collectors.joining(", "));
    }
}
